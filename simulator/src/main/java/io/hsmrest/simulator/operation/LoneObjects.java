package io.hsmrest.simulator.operation;

import io.hsmrest.simulator.crypto.Bytes;
import io.hsmrest.simulator.crypto.CertificateFacts;
import io.hsmrest.simulator.crypto.KeyImport;
import io.hsmrest.simulator.crypto.KeyMaterial;
import io.hsmrest.simulator.crypto.Reason;
import io.hsmrest.simulator.crypto.ServiceRefusal;
import io.hsmrest.simulator.state.KeyAttributes;
import io.hsmrest.simulator.state.KeyEntry;
import io.hsmrest.simulator.state.Partition;
import io.hsmrest.simulator.state.StoredKey;
import io.hsmrest.simulator.state.StoredKey.Kind;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Public keys and certificates that are imported without a private key. Under the label of a key
 * they replace its certificate or public key, never its private key (contract 2.1.6).
 */
final class LoneObjects {
  /** A public key can do nothing that needs to be allowed, and can always be deleted. */
  private static final KeyAttributes ATTRIBUTES =
      new KeyAttributes(
          false, false, false, false, false, false, false, true, true, false, false, false, false,
          false);

  private LoneObjects() {}

  static KeyEntry put(
      Hsm hsm,
      Partition partition,
      String label,
      String algorithm,
      @Nullable Bytes publicKey,
      @Nullable Bytes certificate) {
    KeyMaterial material;
    Kind kind;
    if (certificate != null) {
      CertificateFacts.read(certificate, Reason.CERTIFICATE_INVALID_ENCODING);
      material = KeyImport.certificate(algorithm, certificate);
      kind = Kind.CERTIFICATE;
    } else if (publicKey != null) {
      material = KeyImport.publicKey(algorithm, publicKey);
      kind = Kind.PUBLIC_KEY;
    } else {
      throw new IllegalArgumentException("neither a public key nor a certificate");
    }
    return partition
        .keys()
        .put(
            label,
            before ->
                before == null || isLone(before)
                    ? new StoredKey(
                        label,
                        null,
                        kind,
                        material,
                        ATTRIBUTES,
                        null,
                        null,
                        hsm.now(),
                        true,
                        0,
                        certificate,
                        false)
                    : attached(before, material, certificate));
  }

  private static StoredKey attached(
      StoredKey key, KeyMaterial material, @Nullable Bytes certificate) {
    if (certificate != null) {
      return key.withCertificate(certificate);
    }
    if (Objects.equals(material.publicKey(), key.material().publicKey())) {
      return key;
    }
    throw ServiceRefusal.inHsm("The public key does not belong to the private key.");
  }

  static boolean isLone(StoredKey key) {
    return key.kind() == Kind.PUBLIC_KEY || key.kind() == Kind.CERTIFICATE;
  }

  /** What becomes of a key that is deleted without its certificate. */
  static StoredKey certificateOf(StoredKey key) {
    return new StoredKey(
        key.label(),
        null,
        Kind.CERTIFICATE,
        key.material().publicOnly(),
        ATTRIBUTES,
        null,
        null,
        key.createTime(),
        true,
        0,
        key.certificate(),
        false);
  }
}
