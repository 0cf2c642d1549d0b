package io.hsmrest.provider;

import io.hsmrest.keystore.HsmPrivateKey;
import io.hsmrest.keystore.PqcParameterSet;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;

/** How long the signatures of a key can get. */
final class SignatureLength {
  private SignatureLength() {}

  /** In bytes, in the encoding of the JCA name. */
  static int longest(SignatureAlgorithm algorithm, HsmPrivateKey key) {
    return switch (algorithm.family()) {
      case RSA, RSA_PSS -> (((RSAKey) key).getModulus().bitLength() + 7) / 8;
      case ECDSA -> ecdsa(algorithm, ((ECKey) key).getParams().getOrder().bitLength());
      case EDDSA -> SignatureEncoding.ED25519_LENGTH;
      case ML_DSA, SLH_DSA -> PqcParameterSet.of(key.publicKey()).orElseThrow().signatureLength();
    };
  }

  private static int ecdsa(SignatureAlgorithm algorithm, int orderBits) {
    if (algorithm.isP1363()) {
      return 2 * ((orderBits + 7) / 8);
    }
    // Tag, length, and a zero byte where the highest bit is one.
    int content = 2 * (2 + orderBits / 8 + 1);
    return content + (content < 128 ? 2 : 3);
  }
}
