package io.hsmrest.provider;

import io.hsmrest.keystore.PqcParameterSet;
import java.security.PublicKey;
import org.bouncycastle.pqc.crypto.mldsa.MLDSAParameters;
import org.bouncycastle.pqc.crypto.mldsa.MLDSAPublicKeyParameters;
import org.bouncycastle.pqc.crypto.mldsa.MLDSASigner;
import org.bouncycastle.pqc.crypto.slhdsa.SLHDSAParameters;
import org.bouncycastle.pqc.crypto.slhdsa.SLHDSAPublicKeyParameters;
import org.bouncycastle.pqc.crypto.slhdsa.SLHDSASigner;

/**
 * Verifies ML-DSA and SLH-DSA signatures, pure and without context, where the JDK has no engine for
 * them. Public values only.
 */
final class PqcCheck {
  private PqcCheck() {}

  static boolean verifies(PqcParameterSet set, PublicKey key, byte[] message, byte[] signature) {
    byte[] bare = set.bareKey(key);
    if (set.isMlDsa()) {
      MLDSASigner signer = new MLDSASigner();
      signer.init(false, new MLDSAPublicKeyParameters(mlDsa(set), bare));
      signer.update(message, 0, message.length);
      return signer.verifySignature(signature);
    }
    SLHDSASigner signer = new SLHDSASigner();
    signer.init(false, new SLHDSAPublicKeyParameters(slhDsa(set), bare));
    return signer.verifySignature(message, signature);
  }

  static MLDSAParameters mlDsa(PqcParameterSet set) {
    return switch (set) {
      case ML_DSA_44 -> MLDSAParameters.ml_dsa_44;
      case ML_DSA_65 -> MLDSAParameters.ml_dsa_65;
      case ML_DSA_87 -> MLDSAParameters.ml_dsa_87;
      default -> throw new IllegalArgumentException(set + " is none of ML-DSA's");
    };
  }

  static SLHDSAParameters slhDsa(PqcParameterSet set) {
    return switch (set) {
      case SLH_DSA_SHA2_128S -> SLHDSAParameters.sha2_128s;
      case SLH_DSA_SHA2_128F -> SLHDSAParameters.sha2_128f;
      case SLH_DSA_SHA2_192S -> SLHDSAParameters.sha2_192s;
      case SLH_DSA_SHA2_192F -> SLHDSAParameters.sha2_192f;
      case SLH_DSA_SHA2_256S -> SLHDSAParameters.sha2_256s;
      case SLH_DSA_SHA2_256F -> SLHDSAParameters.sha2_256f;
      case SLH_DSA_SHAKE_128S -> SLHDSAParameters.shake_128s;
      case SLH_DSA_SHAKE_128F -> SLHDSAParameters.shake_128f;
      case SLH_DSA_SHAKE_192S -> SLHDSAParameters.shake_192s;
      case SLH_DSA_SHAKE_192F -> SLHDSAParameters.shake_192f;
      case SLH_DSA_SHAKE_256S -> SLHDSAParameters.shake_256s;
      case SLH_DSA_SHAKE_256F -> SLHDSAParameters.shake_256f;
      default -> throw new IllegalArgumentException(set + " is none of SLH-DSA's");
    };
  }
}
