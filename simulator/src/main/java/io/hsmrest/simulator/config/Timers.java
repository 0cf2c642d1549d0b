package io.hsmrest.simulator.config;

/**
 * The service's timer jobs (contract 5.3), in milliseconds. 0 means at once: a request is executed
 * in the call that completes its quorum, or as soon as its timelock is over, and expires on the
 * second.
 *
 * @param hsmRequestsTimerServiceInterval job that executes due requests; the vendor's value is
 *     60000
 * @param approvalTaskCleanupInterval job that expires requests; the vendor's value is 300000
 */
public record Timers(long hsmRequestsTimerServiceInterval, long approvalTaskCleanupInterval) {
  /** Checks the range. */
  public Timers {
    if (hsmRequestsTimerServiceInterval < 0 || approvalTaskCleanupInterval < 0) {
      throw new IllegalArgumentException("a timer's interval is negative");
    }
  }
}
