package io.hsmrest.client.approval;

import io.hsmrest.client.ApprovalSettings;
import org.jspecify.annotations.Nullable;

/** Nobody answered within {@code approval.timeout}. */
public class ApprovalTimedOutException extends ApprovalException {
  private static final long serialVersionUID = 1L;

  ApprovalTimedOutException(
      ApprovalProgress progress, ApprovalSettings.GiveUp then, @Nullable Throwable cause) {
    super(
        progress,
        "was given up",
        (ProgressText.locked(progress).isZero()
                ? "approval.timeout is over"
                : "approval.timeout was over before it can run at the earliest, raise it")
            + then.told(),
        cause);
  }
}
