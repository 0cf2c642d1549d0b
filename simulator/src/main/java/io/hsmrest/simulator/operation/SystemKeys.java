package io.hsmrest.simulator.operation;

import io.hsmrest.simulator.crypto.Bytes;
import io.hsmrest.simulator.crypto.CertificateTemplate;
import io.hsmrest.simulator.crypto.ExtendedKeyUsageName;
import io.hsmrest.simulator.crypto.KeyMaterial;
import io.hsmrest.simulator.crypto.KeySpec;
import io.hsmrest.simulator.crypto.KeyUsageName;
import io.hsmrest.simulator.crypto.SignatureAlgorithm;
import io.hsmrest.simulator.crypto.SubjectAttributes;
import io.hsmrest.simulator.policy.Policy;
import io.hsmrest.simulator.policy.TimestampSigner;
import io.hsmrest.simulator.state.KeyAttributes;
import io.hsmrest.simulator.state.Partition;
import io.hsmrest.simulator.state.StoredKey;
import io.hsmrest.simulator.state.StoredKey.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The keys that the broker makes for itself in each partition (contract 6.6). */
public final class SystemKeys {
  /** Signs attestations. */
  public static final String ATTESTATION = "attestation-key";

  /** Signs the timestamps of requests. */
  public static final String TIMESTAMP = "timestamp-key";

  /** Signs RFC 3161 time stamps. */
  public static final String RFC_TIMESTAMP = "rfc-timestamp-key";

  /** Wraps the keys of onboarded approvers. */
  public static final String APPROVER_BACKUP = "approver-mgmt-backup-key-rsa-wrapping";

  private static final String P256 = "1.2.840.10045.3.1.7";

  private SystemKeys() {}

  /** Makes those that are not there. */
  public static void make(Hsm hsm, Partition partition) {
    make(hsm, partition, ATTESTATION, KeySpec.ec(P256), null);
    make(hsm, partition, TIMESTAMP, KeySpec.ec(P256), null);
    if (make(hsm, partition, RFC_TIMESTAMP, KeySpec.ec(P256), null)) {
      Bytes certificate =
          hsm.certificates()
              .selfSign(
                  material(partition, RFC_TIMESTAMP),
                  new CertificateTemplate(
                      SignatureAlgorithm.of("SHA256_WITH_ECDSA"),
                      SubjectAttributes.ofCommonName(RFC_TIMESTAMP),
                      3650,
                      false,
                      List.of(KeyUsageName.DIGITAL_SIGNATURE),
                      List.of(ExtendedKeyUsageName.TIME_STAMPING),
                      List.of(),
                      false));
      partition
          .keys()
          .update(KeyAccess.any(partition, RFC_TIMESTAMP), key -> key.withCertificate(certificate));
    }
  }

  /** Makes the approvers' backup key, the one that takes a while, unless it is there. */
  public static void makeApproverBackup(Hsm hsm, Partition partition) {
    make(
        hsm,
        partition,
        APPROVER_BACKUP,
        KeySpec.rsa(2048),
        new Policy(null, null, null, null, false));
  }

  /** The key itself. */
  public static KeyMaterial material(Partition partition, String label) {
    return KeyAccess.any(partition, label).key().material();
  }

  /** The timestamp key at work. */
  public static TimestampSigner timestampSigner(Hsm hsm, Partition partition) {
    return new TimestampSigner(hsm.signing(), material(partition, TIMESTAMP), TIMESTAMP);
  }

  private static boolean make(
      Hsm hsm, Partition partition, String label, KeySpec spec, @Nullable Policy policy) {
    if (partition.keys().find(label).isPresent()) {
      return false;
    }
    boolean signs = policy == null;
    var attributes =
        new KeyAttributes(
            !signs, signs, !signs, false, false, false, false, false, false, true, true, true,
            false, false);
    partition
        .keys()
        .add(
            new StoredKey(
                label,
                null,
                Kind.KEY_PAIR,
                hsm.keyCreation().create(spec),
                attributes,
                policy,
                null,
                hsm.now(),
                false,
                0,
                null,
                true));
    return true;
  }
}
