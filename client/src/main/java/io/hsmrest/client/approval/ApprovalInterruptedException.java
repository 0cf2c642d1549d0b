package io.hsmrest.client.approval;

import io.hsmrest.client.ApprovalSettings;
import org.jspecify.annotations.Nullable;

/** The waiting thread was interrupted; its interrupt flag is set again. */
public class ApprovalInterruptedException extends ApprovalException {
  private static final long serialVersionUID = 1L;

  ApprovalInterruptedException(
      ApprovalProgress progress, ApprovalSettings.GiveUp then, @Nullable Throwable cause) {
    super(progress, "was given up", "the waiting thread was interrupted" + then.told(), cause);
  }
}
