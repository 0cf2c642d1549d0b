package io.hsmrest.keystore;

import java.math.BigInteger;
import java.security.interfaces.RSAKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import org.jspecify.annotations.Nullable;

/** An RSA key; JSSE reads the modulus and does no TLS with a key whose size it cannot see. */
final class RsaPrivateHandle extends RemotePrivateKey implements RSAKey {
  private static final long serialVersionUID = 1L;

  private final transient RSAPublicKey publicKey;

  RsaPrivateHandle(KeyFacts facts, RSAPublicKey publicKey, HsmSession session) {
    super(facts, session);
    this.publicKey = publicKey;
  }

  @Override
  public BigInteger getModulus() {
    return publicKey.getModulus();
  }

  @Override
  public @Nullable AlgorithmParameterSpec getParams() {
    return publicKey.getParams();
  }

  @Override
  String type() {
    return getAlgorithm() + ", " + getModulus().bitLength() + " bits";
  }
}
