package io.hsmrest.provider;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The curves on which EC keys are generated, with the service's OID and JCA's names. */
enum Curve {
  P256("1.2.840.10045.3.1.7", 256, "secp256r1", "P-256", "NIST P-256", "prime256v1"),
  P384("1.3.132.0.34", 384, "secp384r1", "P-384", "NIST P-384"),
  P521("1.3.132.0.35", 521, "secp521r1", "P-521", "NIST P-521"),
  P224("1.3.132.0.33", 224, "secp224r1", "P-224", "NIST P-224"),
  SECP256K1("1.3.132.0.10", 0, "secp256k1"),
  BRAINPOOL_P256R1("1.3.36.3.3.2.8.1.1.7", 0, "brainpoolP256r1"),
  BRAINPOOL_P320R1("1.3.36.3.3.2.8.1.1.9", 0, "brainpoolP320r1"),
  BRAINPOOL_P384R1("1.3.36.3.3.2.8.1.1.11", 0, "brainpoolP384r1"),
  BRAINPOOL_P512R1("1.3.36.3.3.2.8.1.1.13", 0, "brainpoolP512r1");

  private final String oid;
  private final int defaultForBits;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> names;

  Curve(String oid, int defaultForBits, String... names) {
    this.oid = oid;
    this.defaultForBits = defaultForBits;
    this.names = List.of(names);
  }

  /** The service's {@code curveOid} (contract 3.2). */
  String oid() {
    return oid;
  }

  /** The first of its names. */
  String jcaName() {
    return names.get(0);
  }

  /** By name or OID, in any case. */
  static Optional<Curve> ofName(String name) {
    String sought = name.toLowerCase(Locale.ROOT);
    for (Curve curve : values()) {
      if (curve.oid.equals(sought)
          || curve.names.stream().anyMatch(n -> n.toLowerCase(Locale.ROOT).equals(sought))) {
        return Optional.of(curve);
      }
    }
    return Optional.empty();
  }

  /** The curve that a plain size stands for, as with the JDK's generator. */
  static Optional<Curve> ofBits(int bits) {
    for (Curve curve : values()) {
      if (bits > 0 && curve.defaultForBits == bits) {
        return Optional.of(curve);
      }
    }
    return Optional.empty();
  }
}
