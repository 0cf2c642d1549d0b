package io.hsmrest.simulator.crypto;

import org.jspecify.annotations.Nullable;

/**
 * What is to be signed and how (contract 2.2.1).
 *
 * @param algorithm signature algorithm
 * @param payload decoded payload; contract 3.5 says what it must be
 * @param type null is {@link SignatureType#DER}
 * @param context for ML-DSA and SLH-DSA, up to 255 bytes
 * @param auxiliaryRandomData for BIP-340, 32 bytes
 * @param taprootTweakData for BIP-340, 32 bytes that are added to the private key
 * @param merkleRootData for BIP-340, 32 bytes from which the tweak of BIP-341 is computed
 */
public record SignInput(
    SignatureAlgorithm algorithm,
    Bytes payload,
    @Nullable SignatureType type,
    @Nullable Bytes context,
    @Nullable Bytes auxiliaryRandomData,
    @Nullable Bytes taprootTweakData,
    @Nullable Bytes merkleRootData) {

  /** The common case, without options. */
  public static SignInput of(SignatureAlgorithm algorithm, Bytes payload) {
    return new SignInput(algorithm, payload, null, null, null, null, null);
  }

  /** The same with another encoding. */
  public SignInput as(@Nullable SignatureType newType) {
    return new SignInput(
        algorithm,
        payload,
        newType,
        context,
        auxiliaryRandomData,
        taprootTweakData,
        merkleRootData);
  }

  /** The same with a context. */
  public SignInput withContext(@Nullable Bytes newContext) {
    return new SignInput(
        algorithm,
        payload,
        type,
        newContext,
        auxiliaryRandomData,
        taprootTweakData,
        merkleRootData);
  }
}
