package io.hsmrest.client.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code GET /v1/request/{id}} tells (contract 2.4.1).
 *
 * @param id the request id
 * @param state the state, {@link RequestState#UNKNOWN} for names of newer services
 * @param stateName the state as the service wrote it
 * @param executionTime when it reached the HSM, null before
 * @param approvedBy public keys (SPKI, DER) of those who approved
 * @param notYetApprovedBy public keys of those who have not answered
 * @param rejectedBy public keys of those who said no
 * @param result as the service wrote it, null before execution and where there is none
 */
public record RequestStatus(
    String id,
    RequestState state,
    String stateName,
    @Nullable Instant executionTime,
    List<Octets> approvedBy,
    List<Octets> notYetApprovedBy,
    List<Octets> rejectedBy,
    @Nullable String result) {

  /** Copies the lists. */
  public RequestStatus {
    approvedBy = List.copyOf(approvedBy);
    notYetApprovedBy = List.copyOf(notYetApprovedBy);
    rejectedBy = List.copyOf(rejectedBy);
  }

  /** Without the result, which belongs to the caller. */
  @Override
  public String toString() {
    return "RequestStatus[id="
        + id
        + ", state="
        + stateName
        + ", approved="
        + approvedBy.size()
        + ", open="
        + notYetApprovedBy.size()
        + ", rejected="
        + rejectedBy.size()
        + "]";
  }
}
