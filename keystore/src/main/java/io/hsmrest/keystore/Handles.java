package io.hsmrest.keystore;

import io.hsmrest.client.HsmProtocolException;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Optional;

/** Makes the handle that fits a public key. */
final class Handles {
  private Handles() {}

  /** Whether there is a handle for keys of this type. */
  static boolean areMadeFor(PublicKey publicKey) {
    return publicKey instanceof RSAPublicKey
        || publicKey instanceof ECPublicKey
        || publicKey instanceof EdECPublicKey
        || PqcParameterSet.of(publicKey).isPresent();
  }

  static HsmPrivateKey of(KeyFacts facts, HsmSession session) throws HsmProtocolException {
    PublicKey publicKey = facts.publicKey();
    if (publicKey instanceof RSAPublicKey rsa) {
      return new RsaPrivateHandle(facts, rsa, session);
    }
    if (publicKey instanceof ECPublicKey ec) {
      return new EcPrivateHandle(facts, ec, session);
    }
    if (publicKey instanceof EdECPublicKey ed) {
      return new EdPrivateHandle(facts, ed, session);
    }
    Optional<PqcParameterSet> set = PqcParameterSet.of(publicKey);
    if (set.isPresent()) {
      return new PqcPrivateHandle(facts, set.get(), session);
    }
    throw new HsmProtocolException(
        "key '"
            + facts.label()
            + "' is a "
            + publicKey.getAlgorithm()
            + " key; RSA, EC, Ed25519, ML-DSA and SLH-DSA keys can be used",
        null);
  }
}
