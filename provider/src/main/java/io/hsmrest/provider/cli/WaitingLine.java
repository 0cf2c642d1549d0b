package io.hsmrest.provider.cli;

import io.hsmrest.client.PlainText;
import io.hsmrest.client.approval.ApprovalListener;
import io.hsmrest.client.approval.ApprovalProgress;
import io.hsmrest.client.approval.Approvers;
import io.hsmrest.client.model.RequestStatus;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Waiting for a request of which nothing is known but its id: on a terminal one line that is
 * written over, elsewhere a line at each change.
 */
final class WaitingLine implements ApprovalListener {
  private static final String NO_ANSWER = "the service has not answered yet";

  private final Surroundings surroundings;
  private final boolean onTerminal;
  private final int columns;
  private String said = "";
  private int width;

  WaitingLine(Surroundings surroundings, boolean onTerminal, int columns) {
    this.surroundings = surroundings;
    this.onTerminal = onTerminal;
    this.columns = columns;
  }

  @Override
  public synchronized void waiting(ApprovalProgress progress) {
    if (onTerminal) {
      over(numbers(progress.status()) + "; " + clock(progress.left()) + " left");
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
    String end =
        "request "
            + id(progress)
            + ": "
            + (status == null ? "no answer" : PlainText.oneLine(status.stateName()))
            + " after "
            + TaskText.span(progress.waited());
    if (onTerminal) {
      over(end);
      surroundings.tell("");
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

  private static String clock(Duration left) {
    return "%d:%02d".formatted(left.toMinutes(), left.toSecondsPart());
  }

  /** The last column stays free: some terminals go to the next line when it is filled. */
  private void over(String text) {
    String shown = text.length() < columns ? text : text.substring(0, columns - 4) + "...";
    surroundings.err().print('\r' + shown + " ".repeat(Math.max(0, width - shown.length())));
    surroundings.err().flush();
    width = shown.length();
  }
}
