package io.hsmrest.client.approval;

import org.jspecify.annotations.Nullable;

/** So many approvers said no that the quorum cannot be reached. */
public class ApprovalRejectedException extends ApprovalException {
  private static final long serialVersionUID = 1L;

  ApprovalRejectedException(ApprovalProgress progress, @Nullable Throwable cause) {
    super(progress, "was rejected", "talk to the approvers before you ask again", cause);
  }
}
