package io.hsmrest.provider;

import java.util.Arrays;
import java.util.Optional;

/**
 * A hash function under the names that the JDK, the service and X.509 have for it.
 *
 * <p>No SHA-1: JSSE falls back to it where a provider offers it.
 */
enum Hash {
  SHA224("SHA-224", "SHA224", 28, 4),
  SHA256("SHA-256", "SHA256", 32, 1),
  SHA384("SHA-384", "SHA384", 48, 2),
  SHA512("SHA-512", "SHA512", 64, 3),
  SHA3_224("SHA3-224", "SHA3224", 28, 7),
  SHA3_256("SHA3-256", "SHA3256", 32, 8),
  SHA3_384("SHA3-384", "SHA3384", 48, 9),
  SHA3_512("SHA3-512", "SHA3512", 64, 10);

  private final String jdkName;
  private final String serviceName;
  private final int length;
  private final int lastArc;

  Hash(String jdkName, String serviceName, int length, int lastArc) {
    this.jdkName = jdkName;
    this.serviceName = serviceName;
    this.length = length;
    this.lastArc = lastArc;
  }

  /** The standard name of the message digest. */
  String jdkName() {
    return jdkName;
  }

  /** The part of the service's algorithm names that stands for it (contract 3.4). */
  String serviceName() {
    return serviceName;
  }

  /** Length of a digest in bytes. */
  int length() {
    return length;
  }

  /** DER of the DigestInfo that PKCS#1 v1.5 pads (RFC 8017 9.2, note 1). */
  byte[] digestInfo(byte[] digest) {
    byte[] head = {
      0x30,
      (byte) (0x11 + length),
      0x30,
      0x0D,
      0x06,
      0x09,
      0x60,
      (byte) 0x86,
      0x48,
      0x01,
      0x65,
      0x03,
      0x04,
      0x02,
      (byte) lastArc,
      0x05,
      0x00,
      0x04,
      (byte) length
    };
    byte[] info = Arrays.copyOf(head, head.length + digest.length);
    System.arraycopy(digest, 0, info, head.length, digest.length);
    return info;
  }

  /** The hash of this JDK name; {@code SHA256} is taken for {@code SHA-256} as JCA does. */
  static Optional<Hash> ofJdkName(String name) {
    for (Hash hash : values()) {
      if (hash.jdkName.equalsIgnoreCase(name) || hash.serviceName.equalsIgnoreCase(name)) {
        return Optional.of(hash);
      }
    }
    return Optional.empty();
  }

  /** The hash whose complete DigestInfo this is. */
  static Optional<Hash> ofDigestInfo(byte[] info) {
    for (Hash hash : values()) {
      if (info.length > hash.length && Arrays.equals(info, hash.digestInfo(hash.digestIn(info)))) {
        return Optional.of(hash);
      }
    }
    return Optional.empty();
  }

  /** The digest in a DigestInfo of this hash. */
  byte[] digestIn(byte[] info) {
    return Arrays.copyOfRange(info, info.length - length, info.length);
  }

  /** Whether the service hashes with it in RSA signatures: with SHA-2 alone (contract 3.4). */
  boolean isForRsa() {
    return !jdkName.startsWith("SHA3");
  }
}
