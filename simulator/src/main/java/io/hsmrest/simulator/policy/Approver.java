package io.hsmrest.simulator.policy;

import io.hsmrest.simulator.crypto.Bytes;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A distinct approver of a rule: one task each.
 *
 * @param publicKey who it is, SPKI DER
 * @param name the first name a group gives it
 * @param byPublicKey whether it may present itself by public key
 * @param certificates certificates (DER) it may present itself with
 */
public record Approver(
    Bytes publicKey, @Nullable String name, boolean byPublicKey, Set<Bytes> certificates) {

  /** The set is copied. */
  public Approver {
    certificates = Set.copyOf(certificates);
  }
}
