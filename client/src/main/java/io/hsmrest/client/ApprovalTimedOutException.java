package io.hsmrest.client;

import org.jspecify.annotations.Nullable;

/** Nobody answered within {@code approval.timeout}. */
public class ApprovalTimedOutException extends ApprovalException {
  private static final long serialVersionUID = 1L;

  ApprovalTimedOutException(ApprovalProgress progress, @Nullable Throwable cause) {
    super(progress, "was given up", "approval.timeout is over", cause);
  }
}
