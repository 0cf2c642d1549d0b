package io.hsmrest.client.model;

/** The states of a request that people approve (contract 3.10). */
public enum RequestState {
  /** Waiting for approvals. */
  PENDING(false),
  /** Enough approvals; waiting for a timelock or for the service's next run. */
  APPROVED(false),
  /** Done; the result is there. */
  EXECUTED(true),
  /** The HSM refused or failed; the service tells no more. */
  FAILED(true),
  /** Nobody can fulfil the policy in time any more. */
  EXPIRED(true),
  /** So many approvers said no that the quorum cannot be reached. */
  REJECTED(true),
  /** Withdrawn, or its key was deleted. */
  CANCELLED(true),
  /** A state this version does not know. It is waited on until the deadline. */
  UNKNOWN(false);

  private final boolean terminal;

  RequestState(boolean terminal) {
    this.terminal = terminal;
  }

  /** Whether nothing changes any more. */
  public boolean isTerminal() {
    return terminal;
  }

  /** The state the service names, or {@link #UNKNOWN}. */
  public static RequestState of(String name) {
    for (RequestState state : values()) {
      if (state != UNKNOWN && state.name().equals(name)) {
        return state;
      }
    }
    return UNKNOWN;
  }
}
