package io.hsmrest.simulator.state;

import io.hsmrest.simulator.crypto.Bytes;

/**
 * The key pair that was made for an approver of the configuration.
 *
 * @param privateKey PKCS#8 DER
 * @param publicKey SPKI DER
 */
public record StoredSigner(String name, Bytes privateKey, Bytes publicKey) {}
