package io.hsmrest.client.approval;

import io.hsmrest.client.ApprovalSettings;
import io.hsmrest.client.PlainText;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.Policy;
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
        + PlainText.oneLine(pending.requestId())
        + (who.isEmpty() ? "" : ", may be approved by " + who)
        + earliest(pending)
        + "; waiting up to "
        + DurationText.rounded(progress.waited().plus(progress.left()))
        + latest(progress);
  }

  /** A time lock counts from the creation of the request (contract 5.2), which was just now. */
  private static String earliest(PendingApproval pending) {
    Policy policy = pending.policy();
    Duration earliest = policy == null ? Duration.ZERO : policy.earliestUse();
    return earliest.isZero()
        ? ""
        : ", can run " + DurationText.rounded(earliest) + " after it was made at the earliest";
  }

  /** What people have less time for than this program has patience. */
  private static String latest(ApprovalProgress progress) {
    Policy policy = progress.pending().policy();
    Duration latest = policy == null ? Duration.ZERO : policy.latestUse();
    return latest.isZero() || latest.compareTo(progress.waited().plus(progress.left())) >= 0
        ? ""
        : ", the key's policy allows " + DurationText.rounded(latest);
  }

  /** How long a time lock still holds an approved request, as far as this machine's clock knows. */
  static Duration locked(ApprovalProgress progress) {
    Policy policy = progress.pending().policy();
    Duration left = policy == null ? Duration.ZERO : policy.earliestUse().minus(progress.waited());
    return left.isNegative() ? Duration.ZERO : left;
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
        + "; "
        + DurationText.clock(progress.left())
        + " left; request "
        + shortened(pending.requestId());
  }

  /**
   * The same in at most so many cells. What is too long drops what the announcement has told; what
   * must stay stands first, because a terminal that is narrower than it seemed cuts the line.
   */
  static String line(ApprovalProgress progress, int cells) {
    String full = line(progress);
    return Cells.of(full) <= cells
        ? full
        : Cells.cut(
            DurationText.clock(progress.left())
                + " left for request "
                + shortened(progress.pending().requestId())
                + ": "
                + counts(progress),
            cells);
  }

  private static String counts(ApprovalProgress progress) {
    RequestStatus status = progress.status();
    if (status == null) {
      return "the service has not answered yet";
    }
    Approvers approvers = new Approvers(progress.pending().policy());
    int quorum = approvers.quorum();
    StringBuilder text = new StringBuilder().append(approvers.counted(status.approvedBy()));
    text.append(quorum > 0 ? " of " + quorum : "").append(" approvals");
    if (status.state() == RequestState.APPROVED) {
      Duration locked = locked(progress);
      return text.append(
              locked.isZero()
                  ? ", waiting for the HSM"
                  : ", can run in " + DurationText.clock(locked) + " at the earliest")
          .toString();
    }
    append(
        text,
        "missing",
        approvers,
        approvers.missing(status.approvedBy(), status.notYetApprovedBy()));
    append(text, "rejected by", approvers, status.rejectedBy());
    return text.toString();
  }

  private static void append(
      StringBuilder text, String what, Approvers approvers, List<Octets> keys) {
    if (!keys.isEmpty()) {
      text.append(", ").append(what).append(": ").append(approvers.names(keys));
    }
  }

  /** Whether people had a part in it, however fast they were. */
  static boolean somebodyApproved(ApprovalProgress progress) {
    RequestStatus status = progress.status();
    return status != null && !status.approvedBy().isEmpty();
  }

  /** How it ended. */
  static String end(ApprovalProgress progress) {
    RequestStatus status = progress.status();
    return request(progress)
        + ": "
        + (status == null ? "no answer" : PlainText.oneLine(status.stateName()))
        + " after "
        + DurationText.rounded(progress.waited());
  }

  /** That the program ends before it did, and what becomes of it. */
  static String left(ApprovalProgress progress, ApprovalSettings settings) {
    return request(progress)
        + " is not waited for any more"
        + (settings.resume()
            ? "; the request stays, and the next run takes it up"
            : settings.onGiveUp().told());
  }

  /** How it ended badly, for exceptions. */
  static String badEnd(ApprovalProgress progress, String what) {
    RequestStatus status = progress.status();
    StringBuilder text = new StringBuilder(request(progress)).append(' ').append(what);
    text.append(" after ").append(DurationText.rounded(progress.waited()));
    if (status != null) {
      text.append(" (").append(approvals(progress));
      append(text, "approved by", new Approvers(progress.pending().policy()), status.approvedBy());
      text.append(')');
    }
    return text.toString();
  }

  /** The state and who did what. */
  static String approvals(ApprovalProgress progress) {
    RequestStatus status = progress.status();
    return (status == null ? "" : PlainText.oneLine(status.stateName()) + ", ") + counts(progress);
  }

  private static String request(ApprovalProgress progress) {
    return "request "
        + PlainText.oneLine(progress.pending().requestId())
        + " to "
        + toDo(progress.pending());
  }

  private static String toDo(PendingApproval pending) {
    String operation = pending.operation();
    return VERBS.getOrDefault(operation, operation)
        + " with key '"
        + PlainText.oneLine(pending.keyLabel())
        + "'";
  }

  private static String shortened(String requestId) {
    String id = PlainText.oneLine(requestId);
    return id.length() <= 8 ? id : id.substring(0, 8) + "...";
  }
}
