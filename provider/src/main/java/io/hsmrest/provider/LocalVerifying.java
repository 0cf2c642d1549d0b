package io.hsmrest.provider;

import io.hsmrest.keystore.PqcParameterSet;
import java.io.ByteArrayOutputStream;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.SignatureException;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import org.jspecify.annotations.Nullable;

/**
 * Verifies what the JDK cannot: ECDSA on other curves, post-quantum schemes it does not have, and
 * {@code NONEwithRSA}, which carries data over after a signature that cannot be decrypted.
 */
final class LocalVerifying implements SignatureMode {

  /** The check once all input is there. */
  @FunctionalInterface
  private interface Check {
    boolean verifies(byte[] input, byte[] signature);
  }

  private final Check check;
  private final @Nullable MessageDigest digest;
  private final int limit;
  private final ByteArrayOutputStream whole = new ByteArrayOutputStream();
  private boolean tooLong;

  private LocalVerifying(Check check, @Nullable Hash hash, int limit) {
    this.check = check;
    this.digest = hash == null ? null : JdkEngines.digest(hash);
    this.limit = limit;
  }

  static LocalVerifying rawRsa(RSAPublicKey key) {
    return new LocalVerifying(
        (raw, signature) -> PublicKeyCheck.verifies(KeyFamily.RSA, null, key, raw, signature),
        null,
        (key.getModulus().bitLength() + 7) / 8);
  }

  static LocalVerifying ecdsa(SignatureAlgorithm algorithm, ECPublicKey key)
      throws InvalidKeyException {
    EcCheck check = EcCheck.of(key);
    return new LocalVerifying(
        algorithm.isP1363() ? check::verifiesP1363 : check::verifiesDer,
        algorithm.hash(),
        MessageInput.LONGEST_DIGEST);
  }

  static LocalVerifying postQuantum(SignatureAlgorithm algorithm, PublicKey key)
      throws InvalidKeyException {
    PqcParameterSet set =
        PqcParameterSet.of(key)
            .filter(algorithm::isFor)
            .orElseThrow(
                () ->
                    new InvalidKeyException(
                        algorithm.jcaName()
                            + " is not verified with this "
                            + key.getAlgorithm()
                            + " key"));
    return new LocalVerifying(
        (message, signature) -> PqcCheck.verifies(set, key, message, signature),
        null,
        Integer.MAX_VALUE);
  }

  @Override
  public void update(byte[] bytes, int offset, int count) {
    if (digest != null) {
      digest.update(bytes, offset, count);
    } else if (count > limit - whole.size()) {
      tooLong = true;
    } else {
      whole.write(bytes, offset, count);
    }
  }

  @Override
  public boolean verify(byte[] signature) throws SignatureException {
    byte[] input = digest != null ? digest.digest() : whole.toByteArray();
    boolean refused = tooLong;
    whole.reset();
    tooLong = false;
    if (refused) {
      throw new SignatureException("what was hashed already has " + limit + " bytes at most");
    }
    try {
      return check.verifies(input, signature);
    } catch (RuntimeException e) {
      throw new SignatureException("the signature cannot be read: " + e.getMessage(), e);
    }
  }
}
