package io.hsmrest.keystore;

import java.security.PublicKey;
import java.security.interfaces.ECKey;

/** The service's signature algorithm for certificates, by the signing key (contract 3.8). */
final class CertificateSignature {
  private CertificateSignature() {}

  static String forKey(PublicKey key) {
    if (key instanceof ECKey ec) {
      int bits = ec.getParams().getOrder().bitLength();
      return bits <= 256
          ? "SHA256_WITH_ECDSA"
          : bits <= 384 ? "SHA384_WITH_ECDSA" : "SHA512_WITH_ECDSA";
    }
    return key.getAlgorithm().startsWith("Ed") ? "EDDSA" : "SHA256_WITH_RSA";
  }
}
