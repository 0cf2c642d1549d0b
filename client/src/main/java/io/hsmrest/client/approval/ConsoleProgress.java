package io.hsmrest.client.approval;

import java.io.PrintStream;
import java.util.HashSet;
import java.util.Set;

/**
 * Waiting on a terminal: an announcement, then one line that is written over until it is over. On
 * stderr, because the standard output of a tool may be the certificate itself.
 */
final class ConsoleProgress implements ApprovalListener {
  private final PrintStream out;
  private final int columns;
  private final Set<String> announced = new HashSet<>();
  private int width;

  /**
   * Writes to a terminal.
   *
   * @param columns its width; a longer line would wrap, and could not be written over
   */
  ConsoleProgress(PrintStream out, int columns) {
    this.out = out;
    this.columns = columns;
  }

  @Override
  public synchronized void waiting(ApprovalProgress progress) {
    if (announced.add(progress.pending().requestId())) {
      over(ProgressText.announcement(progress));
      endLine();
    }
    // The last column stays free: some terminals go to the next line when it is filled.
    over(ProgressText.line(progress, columns - 1));
  }

  /** Nothing about a request that nobody had to approve: the service executed it at once. */
  @Override
  public synchronized void ended(ApprovalProgress progress) {
    if (announced.remove(progress.pending().requestId())
        || ProgressText.somebodyApproved(progress)) {
      over(ProgressText.end(progress));
      endLine();
    }
  }

  /** Writes over the line, blanks where the last one was longer. */
  private void over(String text) {
    out.print('\r' + text + " ".repeat(Math.max(0, width - text.length())));
    out.flush();
    width = text.length();
  }

  private void endLine() {
    out.println();
    out.flush();
    width = 0;
  }
}
