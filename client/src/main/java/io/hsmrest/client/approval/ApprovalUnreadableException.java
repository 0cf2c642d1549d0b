package io.hsmrest.client.approval;

import io.hsmrest.client.ApprovalSettings;
import org.jspecify.annotations.Nullable;

/**
 * The service went on refusing to tell how the request stands, so that nothing can be waited for
 * any more; the cause is its last refusal.
 */
public class ApprovalUnreadableException extends ApprovalException {
  private static final long serialVersionUID = 1L;

  ApprovalUnreadableException(
      ApprovalProgress progress, ApprovalSettings.GiveUp then, @Nullable Throwable cause) {
    super(
        progress,
        "was given up",
        "the service does not let it be looked at"
            + (cause == null ? "" : " (" + cause.getMessage() + ')')
            + then.told(),
        cause);
  }
}
