package io.hsmrest.simulator.crypto;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import org.bouncycastle.crypto.CryptoException;
import org.jspecify.annotations.Nullable;

/** Checks signatures (contract 2.2.3). Thread-safe. */
public final class Verification {
  private final SignatureSchemes schemes;

  /** Expects what {@link Signing} with the same settings makes. */
  public Verification(SignatureSettings settings) {
    this.schemes = new SignatureSchemes(settings, new SecureRandom());
  }

  /**
   * Whether {@code signature} is one of {@code key} over {@code payload}. EC and DSA signatures may
   * be DER or r and s in a row; EdDSA ones in any encoding of {@link SignatureSettings.EdEncoding}.
   *
   * @param key a key pair or a lone public key
   * @param context for ML-DSA and SLH-DSA; null is empty
   * @throws ServiceRefusal 613 for a secret key, 607 for an algorithm that does not fit the key
   */
  public boolean verify(
      KeyMaterial key,
      SignatureAlgorithm algorithm,
      Bytes payload,
      Bytes signature,
      @Nullable Bytes context) {
    if (key.isSymmetric()) {
      throw new ServiceRefusal(
          Reason.INVALID_KEY_TYPE,
          "Public key can not be loaded as the referenced key is not an asymmetric key.");
    }
    if (!algorithm.fits(key)) {
      throw new ServiceRefusal(Reason.ALGORITHM_NOT_SUPPORTED_BY_KEY, "Error verifying signature");
    }
    try {
      return schemes
          .of(algorithm.scheme())
          .verify(key, new SignatureScheme.Check(algorithm, payload, signature, context));
    } catch (IOException | GeneralSecurityException | CryptoException | RuntimeException e) {
      return false;
    }
  }
}
