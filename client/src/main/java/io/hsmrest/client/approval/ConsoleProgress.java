package io.hsmrest.client.approval;

import io.hsmrest.client.ApprovalSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Waiting on a terminal: an announcement, then one line that is written over until it is over. On
 * stderr, because the standard output of a tool may be the certificate itself.
 */
final class ConsoleProgress implements ApprovalListener {
  private final ApprovalSettings settings;
  private final StatusLine line;
  private final Map<String, ApprovalProgress> open = new LinkedHashMap<>();

  /**
   * Writes to a terminal.
   *
   * @param settings what becomes of a request when the JVM ends
   */
  ConsoleProgress(ApprovalSettings settings, StatusLine line) {
    this.settings = settings;
    this.line = line;
  }

  @Override
  public synchronized void waiting(ApprovalProgress progress) {
    if (open.put(progress.pending().requestId(), progress) == null) {
      line.tell(ProgressText.announcement(progress));
    }
    line.show(ProgressText.line(progress, line.room()), this::lastWords);
  }

  /** Nothing about a request that nobody had to approve: the service executed it at once. */
  @Override
  public synchronized void ended(ApprovalProgress progress) {
    if (open.remove(progress.pending().requestId()) != null
        || ProgressText.somebodyApproved(progress)) {
      line.tell(ProgressText.end(progress));
    }
    if (open.isEmpty()) {
      line.close();
    }
  }

  private synchronized List<String> lastWords() {
    return open.values().stream().map(progress -> ProgressText.left(progress, settings)).toList();
  }
}
