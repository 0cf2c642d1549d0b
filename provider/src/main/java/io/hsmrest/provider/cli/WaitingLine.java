package io.hsmrest.provider.cli;

import io.hsmrest.client.PlainText;
import io.hsmrest.client.approval.ApprovalListener;
import io.hsmrest.client.approval.ApprovalProgress;
import io.hsmrest.client.approval.Approvers;
import io.hsmrest.client.approval.DurationText;
import io.hsmrest.client.approval.StatusLine;
import io.hsmrest.client.model.RequestStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Waiting for a request of which nothing is known but its id: on a terminal one line that is
 * written over, elsewhere a line at each change.
 */
final class WaitingLine implements ApprovalListener {
  private static final String NO_ANSWER = "the service has not answered yet";

  private final Surroundings surroundings;
  private final @Nullable StatusLine line;
  private String said = "";

  /**
   * Tells in those surroundings.
   *
   * @param line null where there is no terminal
   */
  WaitingLine(Surroundings surroundings, @Nullable StatusLine line) {
    this.surroundings = surroundings;
    this.line = line;
  }

  @Override
  public synchronized void waiting(ApprovalProgress progress) {
    if (line != null) {
      line.show(
          DurationText.clock(progress.left()) + " left: " + numbers(progress.status()),
          () ->
              List.of(
                  "request " + id(progress) + " is not waited for any more; it stays as it is"));
      return;
    }
    String text = counts(progress.status());
    if (!text.equals(said)) {
      surroundings.tell("request " + id(progress) + ": " + text);
    }
    said = text;
  }

  @Override
  public synchronized void ended(ApprovalProgress progress) {
    RequestStatus status = progress.status();
    if (status == null) {
      // Whoever waited says why.
      if (line != null) {
        line.close();
      }
      return;
    }
    String end =
        "request "
            + id(progress)
            + ": "
            + PlainText.oneLine(status.stateName())
            + " after "
            + DurationText.rounded(progress.waited());
    if (line != null) {
      line.tell(end);
      line.close();
    } else {
      surroundings.tell(end);
    }
  }

  /** Without the names: of approvers nothing is known but their keys, which fill the line. */
  private static String numbers(@Nullable RequestStatus status) {
    if (status == null) {
      return NO_ANSWER;
    }
    int rejected = status.rejectedBy().size();
    return PlainText.oneLine(status.stateName())
        + ", "
        + status.approvedBy().size()
        + " approved, "
        + status.notYetApprovedBy().size()
        + " missing"
        + (rejected == 0 ? "" : ", " + rejected + " rejected");
  }

  private static String counts(@Nullable RequestStatus status) {
    if (status == null) {
      return NO_ANSWER;
    }
    Approvers names = new Approvers(null);
    StringBuilder text = new StringBuilder(PlainText.oneLine(status.stateName()));
    text.append(", ").append(status.approvedBy().size()).append(" approved");
    if (!status.notYetApprovedBy().isEmpty()) {
      text.append(", missing: ").append(names.names(status.notYetApprovedBy()));
    }
    if (!status.rejectedBy().isEmpty()) {
      text.append(", rejected by: ").append(names.names(status.rejectedBy()));
    }
    return text.toString();
  }

  private static String id(ApprovalProgress progress) {
    return PlainText.oneLine(progress.pending().requestId());
  }
}
