package io.hsmrest.client.approval;

import org.jspecify.annotations.Nullable;

/** The time that the key's policy allows ran out. */
public class ApprovalExpiredException extends ApprovalException {
  private static final long serialVersionUID = 1L;

  ApprovalExpiredException(ApprovalProgress progress, @Nullable Throwable cause) {
    super(
        progress,
        "expired at the service",
        "too few people approved within the time that the key's policy allows; ask again",
        cause);
  }
}
