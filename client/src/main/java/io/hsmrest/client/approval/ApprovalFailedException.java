package io.hsmrest.client.approval;

import org.jspecify.annotations.Nullable;

/** People approved and the HSM refused or failed; the service tells no more. */
public class ApprovalFailedException extends ApprovalException {
  private static final long serialVersionUID = 1L;

  ApprovalFailedException(ApprovalProgress progress, @Nullable Throwable cause) {
    super(
        progress,
        "failed in the HSM",
        "the service tells no more, its log does; the key may be blocked, its policy may have"
            + " changed meanwhile, or the algorithm does not fit it",
        cause);
  }
}
