package io.hsmrest.client;

import java.time.Duration;

/** Lets time pass; injected, so that tests need not wait. */
@FunctionalInterface
public interface Sleeper {
  /** Returns when {@code duration} is over. */
  void sleep(Duration duration) throws InterruptedException;

  /** The one that really sleeps. */
  static Sleeper system() {
    return duration -> Thread.sleep(duration.toMillis(), duration.toNanosPart() % 1_000_000);
  }
}
