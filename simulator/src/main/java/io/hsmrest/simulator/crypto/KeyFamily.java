package io.hsmrest.simulator.crypto;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Kinds of keys that behave alike. */
enum KeyFamily {
  RSA,
  EC,
  ED,
  DSA,
  AES,
  CHACHA20,
  CAMELLIA,
  TDEA,
  HMAC,
  ML_DSA,
  SLH_DSA,
  ML_KEM,
  LMS,
  XMSS,
  /** Known to the service, not to this simulator. */
  MISSING;

  private static final Map<String, KeyFamily> PLAIN_NAMES =
      Map.ofEntries(
          Map.entry("RSA", RSA),
          Map.entry("EC", EC),
          Map.entry("ED", ED),
          Map.entry("DSA", DSA),
          Map.entry("AES", AES),
          Map.entry("ChaCha20", CHACHA20),
          Map.entry("Camellia", CAMELLIA),
          Map.entry("TDEA", TDEA),
          Map.entry("HMACSHA256", HMAC),
          Map.entry("LMS", LMS),
          Map.entry("XMSS-SHA256_10_256", XMSS),
          Map.entry("XMSS-SHAKE256_10_256", MISSING),
          Map.entry("BLS", MISSING),
          Map.entry("ISS", MISSING));

  private static final Map<String, String> NAMES_BY_OID =
      Map.of(
          "1.2.840.113549.1.1.1", "RSA",
          "1.2.840.10045.2.1", "EC",
          "1.2.840.10040.4.1", "DSA",
          "1.3.101.112", "ED",
          "1.3.6.1.4.1.44668.5.3.1.1", "BLS",
          "1.0.18033.3.2.1", "AES",
          "1.0.18033.3.2.2", "Camellia",
          "1.2.840.113549.1.9.16.3.18", "ChaCha20",
          "1.0.18033.3.1.1", "TDEA");

  /** The family of a name of contract 3.1; null when it is none. */
  static @Nullable KeyFamily byName(String algorithm) {
    if (PqcParameters.mlDsa(algorithm) != null) {
      return ML_DSA;
    }
    if (PqcParameters.slhDsa(algorithm) != null) {
      return SLH_DSA;
    }
    if (PqcParameters.mlKem(algorithm) != null) {
      return ML_KEM;
    }
    return PLAIN_NAMES.get(algorithm);
  }

  /** The name of contract 3.1 that an OID stands for. */
  static @Nullable String nameOf(String oid) {
    return NAMES_BY_OID.get(oid);
  }

  boolean isSymmetric() {
    return switch (this) {
      case AES, CHACHA20, CAMELLIA, TDEA, HMAC -> true;
      default -> false;
    };
  }

  /** OID of a symmetric family; those of key pairs stand in their encoding. */
  String oid() {
    return switch (this) {
      case AES -> "1.0.18033.3.2.1";
      case CAMELLIA -> "1.0.18033.3.2.2";
      case CHACHA20 -> "1.2.840.113549.1.9.16.3.18";
      case TDEA -> "1.0.18033.3.1.1";
      case HMAC -> "1.2.840.113549.2.9";
      default -> throw new IllegalStateException(this + " is not symmetric");
    };
  }
}
