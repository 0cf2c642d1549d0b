package io.hsmrest.simulator.request;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One of the service's timer jobs: it runs at each interval, or always when there is none. */
final class Job {
  private final Duration interval;
  private Instant last;

  Job(long intervalMillis, Instant start) {
    this.interval = Duration.ofMillis(intervalMillis);
    this.last = start;
  }

  /** Whether what the job does is done at once. */
  boolean isImmediate() {
    return interval.isZero();
  }

  /** The latest run since this was last asked, now if runs are not counted, or null if none. */
  @Nullable Instant run(Instant now) {
    if (isImmediate()) {
      return now;
    }
    long runs = Math.max(0, Duration.between(last, now).dividedBy(interval));
    if (runs == 0) {
      return null;
    }
    last = last.plus(interval.multipliedBy(runs));
    return last;
  }
}
