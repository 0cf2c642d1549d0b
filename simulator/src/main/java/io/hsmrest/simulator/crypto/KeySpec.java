package io.hsmrest.simulator.crypto;

import org.jspecify.annotations.Nullable;

/**
 * What a key to be created shall be (contract 2.1.1): the four fields as the client sent them.
 *
 * @param algorithm name of contract 3.1, or null when the OID says it
 * @param algorithmOid OID of contract 3.1, or null when the name says it
 * @param curveOid curve of contract 3.2, for EC and ED
 * @param keySize bits; for RSA, DSA and symmetric keys
 */
public record KeySpec(
    @Nullable String algorithm,
    @Nullable String algorithmOid,
    @Nullable String curveOid,
    @Nullable Integer keySize) {

  /** RSA of that many bits. */
  public static KeySpec rsa(int bits) {
    return new KeySpec("RSA", null, null, bits);
  }

  /** EC on that curve. */
  public static KeySpec ec(String curveOid) {
    return new KeySpec("EC", null, curveOid, null);
  }

  /** Anything that its name alone defines, such as {@code ED} or {@code ML-DSA-44}. */
  public static KeySpec named(String algorithm) {
    return new KeySpec(algorithm, null, null, null);
  }

  /** A key of that algorithm and size in bits. */
  public static KeySpec sized(String algorithm, int bits) {
    return new KeySpec(algorithm, null, null, bits);
  }
}
