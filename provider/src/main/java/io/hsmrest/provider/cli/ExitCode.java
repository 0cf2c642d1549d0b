package io.hsmrest.provider.cli;

import io.hsmrest.client.model.RequestState;

/** How commands end; documented in {@code docs/approving.md}. */
final class ExitCode {
  /** Done. */
  static final int DONE = 0;

  /** The service refused or did not answer, or a key could not be used. */
  static final int FAILURE = 1;

  /** The command line or the configuration is wrong. */
  static final int USAGE = 2;

  /** There is no such request, or none that waits for this approver. */
  static final int NOT_FOUND = 3;

  /** Something was left without an answer, by a person or because a check failed. */
  static final int LEFT_OPEN = 4;

  static final int REJECTED = 5;
  static final int EXPIRED = 6;
  static final int FAILED = 7;
  static final int CANCELLED = 8;

  /** Waiting took longer than allowed. */
  static final int NOT_IN_TIME = 9;

  private ExitCode() {}

  /** How waiting for a request ends. */
  static int of(RequestState state) {
    return switch (state) {
      case EXECUTED -> DONE;
      case REJECTED -> REJECTED;
      case EXPIRED -> EXPIRED;
      case FAILED -> FAILED;
      case CANCELLED -> CANCELLED;
      default -> NOT_IN_TIME;
    };
  }
}
