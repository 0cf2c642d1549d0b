package io.hsmrest.client;

import java.io.PrintStream;
import java.util.HashSet;
import java.util.Set;

/**
 * Waiting on a terminal: an announcement, then one line that is written over until it is over. On
 * stderr, because the standard output of a tool may be the certificate itself.
 */
final class ConsoleProgress implements ApprovalListener {
  private final PrintStream out;
  private final Set<String> announced = new HashSet<>();
  private int width;

  ConsoleProgress(PrintStream out) {
    this.out = out;
  }

  @Override
  public synchronized void waiting(ApprovalProgress progress) {
    if (progress.status() == null) {
      return;
    }
    if (announced.add(progress.pending().requestId())) {
      over(ProgressText.announcement(progress));
      out.println();
      width = 0;
    }
    over(ProgressText.line(progress));
  }

  @Override
  public synchronized void ended(ApprovalProgress progress) {
    announced.remove(progress.pending().requestId());
    over(ProgressText.end(progress));
    out.println();
    width = 0;
  }

  /** Writes over the line, blanks where the last one was longer. */
  private void over(String text) {
    out.print('\r' + text + " ".repeat(Math.max(0, width - text.length())));
    out.flush();
    width = text.length();
  }
}
