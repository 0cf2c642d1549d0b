package io.hsmrest.client.model;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What {@code POST /v1/key/attributes} tells of one key (contract 2.1.3).
 *
 * @param label the key's name, case kept
 * @param algorithm the service's name, such as {@code RSA}, {@code EC}, {@code ED}, {@code AES}
 * @param curveOid dotted OID for EC keys; null for others, and possibly for {@code ED}
 * @param keySizeBits bits for RSA, DSA and symmetric keys, else null
 * @param created creation time in UTC, null when the service did not tell
 * @param publicKey X.509 SubjectPublicKeyInfo, DER; null for symmetric keys
 * @param flags the key's attributes
 * @param policy the approval policy, null for a plain key
 */
public record KeyDescription(
    String label,
    String algorithm,
    @Nullable String curveOid,
    @Nullable Integer keySizeBits,
    @Nullable Instant created,
    @Nullable Octets publicKey,
    KeyFlags flags,
    @Nullable Policy policy) {

  /** Checks that the parts every key has are there. */
  public KeyDescription {
    Objects.requireNonNull(label, "label");
    Objects.requireNonNull(algorithm, "algorithm");
    Objects.requireNonNull(flags, "flags");
  }

  /** Whether people must approve each use (contract 5.5). */
  public boolean requiresApproval() {
    return policy != null && policy.useRequiresApproval();
  }
}
