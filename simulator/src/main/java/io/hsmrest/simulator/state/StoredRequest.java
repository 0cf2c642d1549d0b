package io.hsmrest.simulator.state;

import io.hsmrest.simulator.crypto.Bytes;
import io.hsmrest.simulator.policy.Rule;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An asynchronous request (contract 2.4, 5.3). Immutable.
 *
 * @param number counts up, for the order of creation
 * @param kind name of the kind of operation
 * @param body the body as it was sent
 * @param keyLabel the key that is used
 * @param rule the rule that governs it, null for none, as it was at the creation
 * @param created time of the HSM's timestamp
 * @param stamp null when nobody needs to approve
 * @param progress how far it has come
 */
public record StoredRequest(
    UUID id,
    long number,
    String kind,
    Bytes body,
    String keyLabel,
    @Nullable Rule rule,
    Instant created,
    @Nullable Stamp stamp,
    Progress progress) {

  /**
   * The HSM's timestamp and what approvers sign.
   *
   * @param signature plain
   * @param signatureWithAlgorithm with its AlgorithmIdentifier
   */
  public record Stamp(
      Bytes timestamp, Bytes signature, Bytes signatureWithAlgorithm, Bytes approvalToBeSigned) {}

  /** The status. */
  public RequestStatus status() {
    return progress.status();
  }

  /** The same, further on. */
  public StoredRequest with(Progress next) {
    return new StoredRequest(id, number, kind, body, keyLabel, rule, created, stamp, next);
  }
}
