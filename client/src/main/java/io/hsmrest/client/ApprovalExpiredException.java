package io.hsmrest.client;

import org.jspecify.annotations.Nullable;

/** The time that the key's policy allows ran out. */
public class ApprovalExpiredException extends ApprovalException {
  private static final long serialVersionUID = 1L;

  ApprovalExpiredException(ApprovalProgress progress, @Nullable Throwable cause) {
    super(progress, "expired at the service before enough people had approved; ask again,", cause);
  }
}
