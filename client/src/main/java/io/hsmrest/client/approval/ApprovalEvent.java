package io.hsmrest.client.approval;

import io.hsmrest.client.model.RequestStatus;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** One waiting for approval, in Java Flight Recorder. Its duration is how long was waited. */
@Name("io.hsmrest.Approval")
@Label("HSM approval")
@Category({"HSM"})
@Description("An operation with an HSM key that people have to approve")
@StackTrace(false)
final class ApprovalEvent extends Event {
  @Label("Request")
  @Nullable String requestId;

  @Label("Key")
  @Nullable String key;

  @Label("Operation")
  @Nullable String operation;

  @Label("Last state")
  @Nullable String state;

  @Label("Approvals")
  int approvals;

  static ApprovalEvent begun() {
    ApprovalEvent event = new ApprovalEvent();
    event.begin();
    return event;
  }

  void commit(ApprovalProgress progress) {
    end();
    if (!shouldCommit()) {
      return;
    }
    RequestStatus status = progress.status();
    requestId = progress.pending().requestId();
    key = progress.pending().keyLabel();
    operation = progress.pending().operation();
    state = status == null ? "" : status.stateName();
    approvals = status == null ? 0 : status.approvedBy().size();
    commit();
  }
}
