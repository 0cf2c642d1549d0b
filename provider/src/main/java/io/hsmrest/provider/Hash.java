package io.hsmrest.provider;

import java.util.Optional;

/**
 * A hash function under the names that the JDK, the service and X.509 have for it.
 *
 * <p>No SHA-1: JSSE falls back to it where a provider offers it.
 */
enum Hash {
  SHA224("SHA-224", "SHA224", 28, "2.16.840.1.101.3.4.2.4"),
  SHA256("SHA-256", "SHA256", 32, "2.16.840.1.101.3.4.2.1"),
  SHA384("SHA-384", "SHA384", 48, "2.16.840.1.101.3.4.2.2"),
  SHA512("SHA-512", "SHA512", 64, "2.16.840.1.101.3.4.2.3"),
  SHA3_224("SHA3-224", "SHA3224", 28, "2.16.840.1.101.3.4.2.7"),
  SHA3_256("SHA3-256", "SHA3256", 32, "2.16.840.1.101.3.4.2.8"),
  SHA3_384("SHA3-384", "SHA3384", 48, "2.16.840.1.101.3.4.2.9"),
  SHA3_512("SHA3-512", "SHA3512", 64, "2.16.840.1.101.3.4.2.10");

  private final String jdkName;
  private final String serviceName;
  private final int length;
  private final String oid;

  Hash(String jdkName, String serviceName, int length, String oid) {
    this.jdkName = jdkName;
    this.serviceName = serviceName;
    this.length = length;
    this.oid = oid;
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

  /** The OID that a DigestInfo carries. */
  String oid() {
    return oid;
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

  static Optional<Hash> ofOid(String oid) {
    for (Hash hash : values()) {
      if (hash.oid.equals(oid)) {
        return Optional.of(hash);
      }
    }
    return Optional.empty();
  }
}
