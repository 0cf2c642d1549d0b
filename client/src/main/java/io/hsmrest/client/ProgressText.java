package io.hsmrest.client;

import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.RequestState;
import io.hsmrest.client.model.RequestStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Waiting in words, for the console, the log and exceptions. */
final class ProgressText {
  private static final Map<String, String> VERBS =
      Map.of("CSR", "make a CSR", "issue certificate", "issue a certificate");

  private ProgressText() {}

  /** What is asked of whom, with the whole request id. */
  static String announcement(ApprovalProgress progress) {
    PendingApproval pending = progress.pending();
    RequestStatus status = progress.status();
    Approvers approvers = new Approvers(pending.policy());
    String who =
        status == null || status.notYetApprovedBy().isEmpty()
            ? approvers.allNames()
            : approvers.names(status.notYetApprovedBy());
    return "approval needed to "
        + toDo(pending)
        + ": request "
        + pending.requestId()
        + (who.isEmpty() ? "" : ", may be approved by " + who)
        + "; waiting up to "
        + duration(progress.left());
  }

  /** One line: counts, who is missing, the time left. */
  static String line(ApprovalProgress progress) {
    PendingApproval pending = progress.pending();
    return "waiting for approval of "
        + pending.operation()
        + " with '"
        + PlainText.oneLine(pending.keyLabel())
        + "': "
        + counts(progress)
        + tail(progress);
  }

  /** The same in at most {@code columns} characters, dropping what the announcement has told. */
  static String line(ApprovalProgress progress, int columns) {
    String full = line(progress);
    if (full.length() <= columns) {
      return full;
    }
    String counts = counts(progress);
    String tail = tail(progress);
    int room = columns - tail.length();
    return counts.length() <= room
        ? counts + tail
        : counts.substring(0, Math.max(0, room - 3)) + "..." + tail;
  }

  private static String tail(ApprovalProgress progress) {
    return "; "
        + clock(progress.left())
        + " left; request "
        + shortened(progress.pending().requestId());
  }

  private static String counts(ApprovalProgress progress) {
    RequestStatus status = progress.status();
    if (status == null) {
      return "the service has not answered yet";
    }
    Approvers approvers = new Approvers(progress.pending().policy());
    int quorum = approvers.quorum();
    StringBuilder text = new StringBuilder().append(status.approvedBy().size());
    text.append(quorum > 0 ? " of " + quorum : "").append(" approvals");
    if (status.state() == RequestState.APPROVED) {
      return text.append(", waiting for the HSM").toString();
    }
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
    return request(progress)
        + ": "
        + (status == null ? "no answer" : PlainText.oneLine(status.stateName()))
        + " after "
        + duration(progress.waited());
  }

  /** How it ended badly, for exceptions. */
  static String badEnd(ApprovalProgress progress, String what) {
    return request(progress)
        + " "
        + what
        + " after "
        + duration(progress.waited())
        + (progress.status() == null ? "" : " (" + approvals(progress) + ")");
  }

  /** The state and who did what. */
  static String approvals(ApprovalProgress progress) {
    RequestStatus status = progress.status();
    return (status == null ? "" : PlainText.oneLine(status.stateName()) + ", ") + counts(progress);
  }

  private static String request(ApprovalProgress progress) {
    return "request " + progress.pending().requestId() + " to " + toDo(progress.pending());
  }

  private static String toDo(PendingApproval pending) {
    String operation = pending.operation();
    return VERBS.getOrDefault(operation, operation)
        + " with key '"
        + PlainText.oneLine(pending.keyLabel())
        + "'";
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
