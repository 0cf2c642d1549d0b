package io.hsmrest.client.approval;

import io.hsmrest.client.HsmLogger;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Waiting in the log: at the start, at each change, once a minute, at the end. */
final class LogProgress implements ApprovalListener {
  private static final System.Logger LOG = HsmLogger.of("io.hsmrest.approval");
  private static final Duration RARELY = Duration.ofMinutes(1);

  /** What was last said of a request. */
  private record Said(String counts, Duration at) {}

  private final Map<String, Said> said = new HashMap<>();

  @Override
  public synchronized void waiting(ApprovalProgress progress) {
    String counts = ProgressText.approvals(progress);
    Said last = said.get(progress.pending().requestId());
    if (last == null) {
      LOG.log(System.Logger.Level.INFO, () -> ProgressText.announcement(progress));
    } else if (!last.counts().equals(counts)
        || progress.waited().minus(last.at()).compareTo(RARELY) >= 0) {
      LOG.log(System.Logger.Level.INFO, () -> ProgressText.line(progress));
    } else {
      return;
    }
    said.put(progress.pending().requestId(), new Said(counts, progress.waited()));
  }

  /** Nothing about a request that nobody had to approve: the service executed it at once. */
  @Override
  public synchronized void ended(ApprovalProgress progress) {
    if (said.remove(progress.pending().requestId()) != null
        || ProgressText.somebodyApproved(progress)) {
      LOG.log(System.Logger.Level.INFO, () -> ProgressText.end(progress));
    }
  }
}
