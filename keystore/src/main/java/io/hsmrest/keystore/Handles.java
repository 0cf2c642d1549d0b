package io.hsmrest.keystore;

import io.hsmrest.client.HsmProtocolException;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;

/** Makes the handle that fits a public key. */
final class Handles {
  private Handles() {}

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
    throw new HsmProtocolException(
        "key '"
            + facts.label()
            + "' is a "
            + publicKey.getAlgorithm()
            + " key; RSA, EC and Ed25519 keys can be used",
        null);
  }
}
