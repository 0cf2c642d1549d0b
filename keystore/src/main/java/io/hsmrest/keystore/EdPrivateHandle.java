package io.hsmrest.keystore;

import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.NamedParameterSpec;
import java.util.Optional;

/**
 * An Ed25519 key. It is an {@code EdECPrivateKey} without bytes, as that interface allows, because
 * jarsigner takes no lesser one.
 */
final class EdPrivateHandle extends RemotePrivateKey implements EdECPrivateKey {
  private static final long serialVersionUID = 1L;

  private final transient EdECPublicKey publicKey;

  EdPrivateHandle(KeyFacts facts, EdECPublicKey publicKey, HsmSession session) {
    super(facts, session);
    this.publicKey = publicKey;
  }

  @Override
  public NamedParameterSpec getParams() {
    return publicKey.getParams();
  }

  @Override
  public Optional<byte[]> getBytes() {
    return Optional.empty();
  }

  @Override
  String type() {
    return getParams().getName();
  }
}
