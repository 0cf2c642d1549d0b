package io.hsmrest.keystore;

import java.security.interfaces.ECKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECParameterSpec;

/** A key on a Weierstrass curve. */
final class EcPrivateHandle extends RemotePrivateKey implements ECKey {
  private static final long serialVersionUID = 1L;

  private final transient ECPublicKey publicKey;

  EcPrivateHandle(KeyFacts facts, ECPublicKey publicKey, HsmSession session) {
    super(facts, session);
    this.publicKey = publicKey;
  }

  @Override
  public ECParameterSpec getParams() {
    return publicKey.getParams();
  }

  @Override
  String type() {
    return "EC, " + getParams().getOrder().bitLength() + " bits";
  }
}
