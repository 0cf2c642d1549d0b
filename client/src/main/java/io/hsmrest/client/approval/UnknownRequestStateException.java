package io.hsmrest.client.approval;

import org.jspecify.annotations.Nullable;

/**
 * The request was in a state this version does not know when {@code approval.timeout} was over. It
 * was left as it is.
 */
public class UnknownRequestStateException extends ApprovalException {
  private static final long serialVersionUID = 1L;

  UnknownRequestStateException(ApprovalProgress progress, @Nullable Throwable cause) {
    super(
        progress,
        "is in a state that this version does not know",
        "approval.timeout is over and it was left as it is",
        cause);
  }
}
