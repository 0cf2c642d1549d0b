package io.hsmrest.client;

import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.RequestStatus;
import java.time.Duration;
import java.util.List;

/** Waiting in words, for the console, the log and exceptions. */
final class ProgressText {
  private ProgressText() {}

  /** What is asked of whom, with the whole request id. */
  static String announcement(ApprovalProgress progress) {
    PendingApproval pending = progress.pending();
    RequestStatus status = progress.status();
    Approvers approvers = new Approvers(pending.policy());
    String who =
        status == null || status.notYetApprovedBy().isEmpty()
            ? ""
            : ", may be approved by " + approvers.names(status.notYetApprovedBy());
    return "approval needed to "
        + verb(pending.operation())
        + " with key '"
        + pending.keyLabel()
        + "': request "
        + pending.requestId()
        + who
        + "; waiting up to "
        + duration(progress.left());
  }

  /** One line: counts, who is missing, the time left. */
  static String line(ApprovalProgress progress) {
    PendingApproval pending = progress.pending();
    return "waiting for approval of "
        + pending.operation()
        + " with '"
        + pending.keyLabel()
        + "': "
        + counts(progress)
        + "; "
        + clock(progress.left())
        + " left; request "
        + shortened(pending.requestId());
  }

  private static String counts(ApprovalProgress progress) {
    RequestStatus status = progress.status();
    if (status == null) {
      return "asking";
    }
    Approvers approvers = new Approvers(progress.pending().policy());
    int quorum = approvers.quorum();
    StringBuilder text = new StringBuilder().append(status.approvedBy().size());
    text.append(quorum > 0 ? " of " + quorum : "").append(" approvals");
    append(text, "missing", approvers, status.notYetApprovedBy());
    append(text, "rejected by", approvers, status.rejectedBy());
    return text.toString();
  }

  private static void append(
      StringBuilder text, String what, Approvers approvers, List<Octets> keys) {
    if (!keys.isEmpty()) {
      text.append(", ").append(what).append(": ").append(approvers.names(keys));
    }
  }

  /** How it ended. */
  static String end(ApprovalProgress progress) {
    RequestStatus status = progress.status();
    return "request "
        + progress.pending().requestId()
        + " to "
        + verb(progress.pending().operation())
        + " with key '"
        + progress.pending().keyLabel()
        + "': "
        + (status == null ? "no answer" : status.stateName())
        + " after "
        + duration(progress.waited());
  }

  /** Who did what, for exceptions. */
  static String approvals(ApprovalProgress progress) {
    return counts(progress);
  }

  static String verb(String operation) {
    return operation.equals("CSR") ? "make a CSR" : operation;
  }

  static String duration(Duration duration) {
    if (duration.compareTo(Duration.ofMinutes(2)) >= 0) {
      return duration.toMinutes() + " min";
    }
    return duration.toSeconds() + " s";
  }

  private static String clock(Duration left) {
    return "%d:%02d".formatted(left.toMinutes(), left.toSecondsPart());
  }

  private static String shortened(String requestId) {
    return requestId.length() <= 8 ? requestId : requestId.substring(0, 8) + "...";
  }
}
