package io.hsmrest.provider;

import io.hsmrest.keystore.HsmPrivateKey;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.spec.PSSParameterSpec;
import org.jspecify.annotations.Nullable;

/** Whether a key of the HSM can sign so; asks the service nothing. */
final class HandleCheck {
  private HandleCheck() {}

  /**
   * Refuses a key that does not go with the algorithm, or with its parameters.
   *
   * @param parameters null where there are none, or none yet
   */
  static void check(
      SignatureAlgorithm algorithm, HsmPrivateKey key, @Nullable PSSParameterSpec parameters)
      throws InvalidKeyException {
    if (!algorithm.accepts(key)) {
      throw new InvalidKeyException(
          algorithm.jcaName() + " signs with " + algorithm.keyName() + " keys, and this is " + key);
    }
    try {
      // They may have been set for verification, which can do more than the HSM.
      if (parameters != null) {
        PssParameters.checkForHsm(parameters, key);
      }
    } catch (InvalidAlgorithmParameterException e) {
      throw new InvalidKeyException(e.getMessage(), e);
    }
  }
}
