package io.hsmrest.client.approval;

import org.jspecify.annotations.Nullable;

/** Somebody withdrew the request, or deleted its key. */
public class ApprovalCancelledException extends ApprovalException {
  private static final long serialVersionUID = 1L;

  ApprovalCancelledException(ApprovalProgress progress, @Nullable Throwable cause) {
    super(
        progress,
        "was cancelled at the service",
        "somebody withdrew it, or deleted its key",
        cause);
  }
}
