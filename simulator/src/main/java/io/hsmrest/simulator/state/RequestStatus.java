package io.hsmrest.simulator.state;

/** Status of an asynchronous request (contract 3.10). The constants' names are the service's. */
public enum RequestStatus {
  PENDING,
  APPROVED,
  EXECUTED,
  FAILED,
  EXPIRED,
  REJECTED,
  CANCELLED;

  /** Whether nothing will happen to the request any more. */
  public boolean isTerminal() {
    return this != PENDING && this != APPROVED;
  }
}
