package io.hsmrest.simulator.crypto;

import java.util.Map;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;

/**
 * The service's curves (contract 3.2). Four OIDs of its table name another curve in the standards
 * than in the table; both readings are taken, the table's where the two collide.
 */
final class Curves {
  static final String SECP256K1 = "1.3.132.0.10";

  /** What the service's table says to the OIDs that the standards give to other curves. */
  private static final Map<String, String> AS_PUBLISHED =
      Map.of(
          "1.2.840.10045.3.1.1", "1.2.840.10045.3.1.4",
          "1.2.840.10045.3.1.2", "1.2.840.10045.3.1.5",
          "1.2.840.10045.3.1.3", "1.2.840.10045.3.1.6",
          "1.3.36.3.3.2.8.1.1.1", "1.3.36.3.3.2.8.1.1.5");

  private static final Set<String> STANDARD =
      Set.of(
          "1.3.132.0.32",
          "1.3.132.0.33",
          SECP256K1,
          "1.2.840.10045.3.1.7",
          "1.3.132.0.34",
          "1.3.132.0.35",
          "1.2.840.10045.3.1.4",
          "1.2.840.10045.3.1.5",
          "1.2.840.10045.3.1.6",
          "1.3.36.3.3.2.8.1.1.5",
          "1.3.36.3.3.2.8.1.1.7",
          "1.3.36.3.3.2.8.1.1.9",
          "1.3.36.3.3.2.8.1.1.11",
          "1.3.36.3.3.2.8.1.1.13",
          "1.2.250.1.223.101.256.1");

  private Curves() {}

  /** The domain of a curve as a client names it; 600 when the service has no such curve. */
  static ECNamedDomainParameters requested(String curveOid) {
    String standard = AS_PUBLISHED.getOrDefault(curveOid, curveOid);
    if (!STANDARD.contains(standard)) {
      throw ServiceRefusal.invalidInput("Unsupported Curve: '" + curveOid + "'");
    }
    return domain(new ASN1ObjectIdentifier(standard));
  }

  /** Whether the service has the curve that the standards give this OID. */
  static boolean isSupported(ASN1ObjectIdentifier standardOid) {
    return STANDARD.contains(standardOid.getId());
  }

  /** The domain with the arithmetic made for its curve, where there is one. */
  private static ECNamedDomainParameters domain(ASN1ObjectIdentifier oid) {
    X9ECParameters curve = CustomNamedCurves.getByOID(oid);
    if (curve == null) {
      curve = ECNamedCurveTable.getByOID(oid);
    }
    return new ECNamedDomainParameters(oid, curve);
  }
}
