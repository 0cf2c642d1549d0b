package io.hsmrest.provider;

import io.hsmrest.client.HsmException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidParameterException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyPairGeneratorSpi;
import java.security.ProviderException;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Generates key pairs in the HSM. Refuses, in {@code initialize} and in {@code generateKeyPair},
 * unless the key's name is known; the JDK then goes on to other providers' generators, and where it
 * cannot, this does. Not thread-safe, as JCA has it.
 */
final class HsmKeyPairGeneratorSpi extends KeyPairGeneratorSpi {
  private static final String NO_NAME =
      "no key is generated in the HSM without a name: initialise the generator with"
          + " HsmKeyGenParameterSpec, use keytool -genkeypair -providername HsmRest with this"
          + " provider's key store, or set keygen.label (used once); for a software key name another"
          + " provider";

  private final KeyPairAlgorithm algorithm;
  private final NewKeySource newKeys;
  private final Supplier<Optional<KeyPairGenerator>> others;
  private KeyPairAlgorithm.@Nullable Shape shape;
  private @Nullable HsmKeyGenParameterSpec parameters;
  private @Nullable KeyPairGenerator other;

  /**
   * A generator.
   *
   * @param others the generator whose work it does where no key of the HSM is meant; empty where
   *     the JDK goes on by itself, or where the caller has asked for this provider
   */
  HsmKeyPairGeneratorSpi(
      KeyPairAlgorithm algorithm,
      NewKeySource newKeys,
      Supplier<Optional<KeyPairGenerator>> others) {
    this.algorithm = algorithm;
    this.newKeys = newKeys;
    this.others = others;
  }

  @Override
  public void initialize(int keySizeBits, @Nullable SecureRandom random) {
    if (isNamed()) {
      use(algorithm.ofBits(keySizeBits), null, null);
      return;
    }
    KeyPairGenerator generator =
        others.get().orElseThrow(() -> new InvalidParameterException(NO_NAME));
    generator.initialize(keySizeBits, random);
    use(null, null, generator);
  }

  private void use(
      KeyPairAlgorithm.@Nullable Shape newShape,
      @Nullable HsmKeyGenParameterSpec newParameters,
      @Nullable KeyPairGenerator newOther) {
    shape = newShape;
    parameters = newParameters;
    other = newOther;
  }

  @Override
  public void initialize(AlgorithmParameterSpec given, @Nullable SecureRandom random)
      throws InvalidAlgorithmParameterException {
    if (given instanceof HsmKeyGenParameterSpec ours) {
      String service = ours.key().algorithm();
      if (!algorithm.makes(service)) {
        throw new InvalidAlgorithmParameterException(
            "parameters of a "
                + service
                + " key given to the generator of "
                + algorithm.jcaName()
                + " keys");
      }
      use(null, ours, null);
      return;
    }
    if (isNamed()) {
      use(algorithm.ofParameters(given), null, null);
      return;
    }
    KeyPairGenerator generator =
        others.get().orElseThrow(() -> new InvalidAlgorithmParameterException(NO_NAME));
    generator.initialize(given, random);
    use(null, null, generator);
  }

  @Override
  public KeyPair generateKeyPair() {
    if (other != null) {
      return other.generateKeyPair();
    }
    try {
      if (parameters != null) {
        return newKeys.generate(parameters);
      }
      return shape != null
          ? newKeys.generate(shape).orElseThrow(() -> new ProviderException(NO_NAME))
          : newKeys.generate(algorithm.ofDefault()).orElseGet(this::generateElsewhere);
    } catch (HsmException e) {
      throw new ProviderException(e.getMessage(), e);
    }
  }

  private KeyPair generateElsewhere() {
    return others.get().orElseThrow(() -> new ProviderException(NO_NAME)).generateKeyPair();
  }

  private boolean isNamed() {
    try {
      return newKeys.isNamed();
    } catch (HsmException e) {
      throw new InvalidParameterException(e.getMessage());
    }
  }
}
