package io.hsmrest.client;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

/** A clock that moves only when somebody sleeps. */
final class VirtualTime extends Clock implements Sleeper {
  static final Instant START = Instant.parse("2026-01-31T12:00:00Z");

  private final Semaphore bell = new Semaphore(0);
  private volatile boolean held;
  private Instant now = START;
  private final List<Duration> sleeps = new ArrayList<>();

  @Override
  public synchronized void sleep(Duration duration) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted in virtual time");
    }
    sleeps.add(duration);
    now = now.plus(duration);
  }

  /** A sleep of the poller, which nobody interrupts; it lasts for real while time is held. */
  Alarm alarm() {
    return new Alarm() {
      @Override
      public void sleep(Duration longest) throws InterruptedException {
        if (held) {
          bell.acquire();
          bell.drainPermits();
        } else {
          VirtualTime.this.sleep(longest);
        }
      }

      @Override
      public void ring() {
        bell.release();
      }
    };
  }

  /** From now on the poller sleeps until somebody wakes it. */
  void hold() {
    bell.drainPermits();
    held = true;
  }

  /** The poller's sleeps take no time again. */
  void go() {
    held = false;
    bell.release();
  }

  synchronized void pass(Duration duration) {
    now = now.plus(duration);
  }

  /** Every sleep so far. */
  synchronized List<Duration> sleeps() {
    return List.copyOf(sleeps);
  }

  synchronized Duration passed() {
    return Duration.between(START, now);
  }

  @Override
  public synchronized Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("no other zone is needed");
  }
}
