package io.hsmrest.simulator.policy;

import io.hsmrest.simulator.crypto.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * One approver named in a group.
 *
 * @param type how
 * @param name for certificates the CN, for onboarded approvers their name, else free or null
 * @param value public key (SPKI DER), or certificate (DER) for the other two types
 * @param publicKey the approver's public key, SPKI DER: who it is
 */
public record Approval(ApprovalType type, @Nullable String name, Bytes value, Bytes publicKey) {

  /** Named by a public key. */
  public static Approval ofPublicKey(@Nullable String name, Bytes spki) {
    return new Approval(ApprovalType.PUBLIC_KEY, name, spki, spki);
  }
}
