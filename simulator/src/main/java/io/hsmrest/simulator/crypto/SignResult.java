package io.hsmrest.simulator.crypto;

import org.jspecify.annotations.Nullable;

/**
 * A signature.
 *
 * @param signature as {@link SignInput#type} asks
 * @param publicNonce the x coordinate of R, for BIP-340 only
 * @param successor the key with its state moved on, for LMS and XMSS only: store it before the
 *     signature leaves
 */
public record SignResult(
    Bytes signature, @Nullable Bytes publicNonce, @Nullable KeyMaterial successor) {}
