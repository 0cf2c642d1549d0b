package io.hsmrest.client;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** A clock that moves only when somebody sleeps. */
public final class VirtualTime extends Clock implements Sleeper {
  public static final Instant START = Instant.parse("2026-01-31T12:00:00Z");

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

  /** Lets time go by without a sleep. */
  public synchronized void pass(Duration duration) {
    now = now.plus(duration);
  }

  /** Every sleep so far. */
  public synchronized List<Duration> sleeps() {
    return List.copyOf(sleeps);
  }

  /** How much has gone by. */
  public synchronized Duration passed() {
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
