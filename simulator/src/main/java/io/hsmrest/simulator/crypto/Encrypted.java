package io.hsmrest.simulator.crypto;

import org.jspecify.annotations.Nullable;

/**
 * The answer of an encryption (contract 2.5).
 *
 * @param encryptedPayload ciphertext, with the tag behind it where there is one
 * @param withoutMac ciphertext alone, where there is a tag
 * @param initializationVector where the cipher has one
 * @param mac the tag, where there is one
 */
public record Encrypted(
    Bytes encryptedPayload,
    @Nullable Bytes withoutMac,
    @Nullable Bytes initializationVector,
    @Nullable Bytes mac) {}
