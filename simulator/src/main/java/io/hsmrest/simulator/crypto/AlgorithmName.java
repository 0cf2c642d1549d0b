package io.hsmrest.simulator.crypto;

import java.util.HashMap;
import java.util.Map;
import org.bouncycastle.asn1.bc.BCObjectIdentifiers;
import org.bouncycastle.asn1.isara.IsaraObjectIdentifiers;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/** The service's name for the algorithm of an encoded public key. */
final class AlgorithmName {
  private static final Map<String, String> BY_OID = new HashMap<>();

  static {
    BY_OID.put(NISTObjectIdentifiers.id_ml_dsa_44.getId(), "ML-DSA-44");
    BY_OID.put(NISTObjectIdentifiers.id_ml_dsa_65.getId(), "ML-DSA-65");
    BY_OID.put(NISTObjectIdentifiers.id_ml_dsa_87.getId(), "ML-DSA-87");
    BY_OID.put(NISTObjectIdentifiers.id_alg_ml_kem_512.getId(), "ML-KEM-512");
    BY_OID.put(NISTObjectIdentifiers.id_alg_ml_kem_768.getId(), "ML-KEM-768");
    BY_OID.put(NISTObjectIdentifiers.id_alg_ml_kem_1024.getId(), "ML-KEM-1024");
    BY_OID.put(NISTObjectIdentifiers.id_slh_dsa_sha2_128s.getId(), "SLH-DSA-SHA2-128s");
    BY_OID.put(NISTObjectIdentifiers.id_slh_dsa_sha2_128f.getId(), "SLH-DSA-SHA2-128f");
    BY_OID.put(NISTObjectIdentifiers.id_slh_dsa_sha2_192s.getId(), "SLH-DSA-SHA2-192s");
    BY_OID.put(NISTObjectIdentifiers.id_slh_dsa_sha2_192f.getId(), "SLH-DSA-SHA2-192f");
    BY_OID.put(NISTObjectIdentifiers.id_slh_dsa_sha2_256s.getId(), "SLH-DSA-SHA2-256s");
    BY_OID.put(NISTObjectIdentifiers.id_slh_dsa_sha2_256f.getId(), "SLH-DSA-SHA2-256f");
    BY_OID.put(NISTObjectIdentifiers.id_slh_dsa_shake_128s.getId(), "SLH-DSA-SHAKE-128s");
    BY_OID.put(NISTObjectIdentifiers.id_slh_dsa_shake_128f.getId(), "SLH-DSA-SHAKE-128f");
    BY_OID.put(NISTObjectIdentifiers.id_slh_dsa_shake_192s.getId(), "SLH-DSA-SHAKE-192s");
    BY_OID.put(NISTObjectIdentifiers.id_slh_dsa_shake_192f.getId(), "SLH-DSA-SHAKE-192f");
    BY_OID.put(NISTObjectIdentifiers.id_slh_dsa_shake_256s.getId(), "SLH-DSA-SHAKE-256s");
    BY_OID.put(NISTObjectIdentifiers.id_slh_dsa_shake_256f.getId(), "SLH-DSA-SHAKE-256f");
    BY_OID.put(PKCSObjectIdentifiers.id_alg_hss_lms_hashsig.getId(), "LMS");
    BY_OID.put(IsaraObjectIdentifiers.id_alg_xmss.getId(), "XMSS-SHA256_10_256");
    BY_OID.put(BCObjectIdentifiers.xmss.getId(), "XMSS-SHA256_10_256");
  }

  private AlgorithmName() {}

  /** The name; 407 for an algorithm that the service has not. */
  static String of(AlgorithmIdentifier identifier) {
    String oid = identifier.getAlgorithm().getId();
    String name = BY_OID.get(oid);
    if (name == null) {
      name = KeyFamily.nameOf(oid);
    }
    if (name == null) {
      throw new ServiceRefusal(
          Reason.PARSING_KEY, "Keys of the algorithm " + oid + " are not supported.");
    }
    return name;
  }
}
