package io.hsmrest.client.approval;

import io.hsmrest.client.ApprovalSettings;
import java.io.PrintStream;

/**
 * Is told how waiting goes. Called on the poller's thread, which looks after all who wait, and at
 * the end on the waiting thread: must not block, and be thread-safe. What it throws is logged.
 */
public interface ApprovalListener {
  /** At the start, at each look, and each second between. */
  default void waiting(ApprovalProgress progress) {}

  /** Once, when the waiting is over, whatever the end. */
  default void ended(ApprovalProgress progress) {}

  /** Tells both, this one first, even when one of them fails. */
  default ApprovalListener and(ApprovalListener other) {
    ApprovalListener first = this;
    return new ApprovalListener() {
      @Override
      public void waiting(ApprovalProgress progress) {
        try {
          first.waiting(progress);
        } finally {
          other.waiting(progress);
        }
      }

      @Override
      public void ended(ApprovalProgress progress) {
        try {
          first.ended(progress);
        } finally {
          other.ended(progress);
        }
      }
    };
  }

  /** The listener that {@code approval.progress} names. A new one for each session. */
  static ApprovalListener of(ApprovalSettings settings) {
    return switch (settings.progress()) {
      case NONE -> new ApprovalListener() {};
      case LOG -> new LogProgress();
      case CONSOLE -> console(settings);
      case AUTO -> Terminal.showsErrors() ? console(settings) : new LogProgress();
    };
  }

  private static ApprovalListener console(ApprovalSettings settings) {
    PrintStream errors = System.err;
    return new ConsoleProgress(
        settings,
        StatusLine.onErrors(
            text -> {
              errors.print(text);
              errors.flush();
            }));
  }
}
