package io.hsmrest.provider;

import io.hsmrest.client.HsmException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidParameterException;
import java.security.KeyPair;
import java.security.KeyPairGeneratorSpi;
import java.security.ProviderException;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * Generates key pairs in the HSM. Refuses, in {@code initialize} and in {@code generateKeyPair},
 * unless the key's name is known; the JDK then goes on to its own generators. Not thread-safe, as
 * JCA has it.
 */
final class HsmKeyPairGeneratorSpi extends KeyPairGeneratorSpi {
  private static final String NO_NAME =
      "no key is generated in the HSM without a name: initialise the generator with"
          + " HsmKeyGenParameterSpec, use keytool -genkeypair -providername HsmRest with this"
          + " provider's key store, or set keygen.label (used once)";

  private final KeyPairAlgorithm algorithm;
  private final NewKeySource newKeys;
  private KeyPairAlgorithm.@Nullable Shape shape;
  private @Nullable HsmKeyGenParameterSpec parameters;

  HsmKeyPairGeneratorSpi(KeyPairAlgorithm algorithm, NewKeySource newKeys) {
    this.algorithm = algorithm;
    this.newKeys = newKeys;
  }

  @Override
  public void initialize(int keySizeBits, @Nullable SecureRandom random) {
    if (!isNamed()) {
      throw new InvalidParameterException(NO_NAME);
    }
    shape = algorithm.ofBits(keySizeBits);
    parameters = null;
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
      parameters = ours;
      shape = null;
      return;
    }
    if (!isNamed()) {
      throw new InvalidAlgorithmParameterException(NO_NAME);
    }
    shape = algorithm.ofParameters(given);
    parameters = null;
  }

  @Override
  public KeyPair generateKeyPair() {
    try {
      return parameters != null
          ? newKeys.generate(parameters)
          : newKeys
              .generate(shape == null ? algorithm.ofDefault() : shape)
              .orElseThrow(() -> new ProviderException(NO_NAME));
    } catch (HsmException e) {
      throw new ProviderException(e.getMessage(), e);
    }
  }

  private boolean isNamed() {
    try {
      return newKeys.isNamed();
    } catch (HsmException e) {
      throw new InvalidParameterException(e.getMessage());
    }
  }
}
