package io.hsmrest.client;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;

/**
 * The time of day when it was made, and from then on the time that has gone by: whoever sets the
 * machine's clock moves no deadline and no pause. Thread-safe.
 */
public final class MonotonicClock extends Clock {
  private final Instant start;
  private final LongSupplier nanos;
  private final long startNanos;

  MonotonicClock(Instant start, LongSupplier nanos) {
    this.start = start;
    this.nanos = nanos;
    this.startNanos = nanos.getAsLong();
  }

  /** One that begins now. */
  public static Clock system() {
    return new MonotonicClock(Instant.now(), System::nanoTime);
  }

  @Override
  public Instant instant() {
    return start.plusNanos(nanos.getAsLong() - startNanos);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("nobody needs another zone");
  }
}
