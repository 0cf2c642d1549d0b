package io.hsmrest.client;

import io.hsmrest.client.model.Octets;
import org.jspecify.annotations.Nullable;

/** An approver's key: who it is, and its signature. */
public interface ApproverIdentity {
  /** SubjectPublicKeyInfo, DER. */
  Octets publicKey();

  /** X.509 DER, null for an approver without one. */
  @Nullable Octets certificate();

  /** The service's name of the digest that goes with the key, such as {@code SHA-256}. */
  String digestAlgorithm();

  /**
   * Signs with the private key: RSA PKCS#1 v1.5, ECDSA in DER, DSA or Ed25519 (contract 2.6.3).
   *
   * @throws HsmException when the key cannot do it
   */
  Octets sign(Octets content) throws HsmException;
}
