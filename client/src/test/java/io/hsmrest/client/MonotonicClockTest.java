package io.hsmrest.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MonotonicClockTest {
  private static final Instant START = Instant.parse("2026-01-31T12:00:00Z");

  /** {@code System.nanoTime} may begin anywhere, and overflow. */
  @ParameterizedTest
  @ValueSource(longs = {0, 1, -7, Long.MAX_VALUE, Long.MIN_VALUE})
  void beginsAtTheTimeOfDayAndGoesOnWithWhatGoesBy(long first) {
    AtomicLong nanos = new AtomicLong(first);
    Clock clock = new MonotonicClock(START, nanos::get);
    assertThat(clock.instant()).isEqualTo(START);
    nanos.addAndGet(Duration.ofHours(3).toNanos());
    assertThat(clock.instant()).isEqualTo(START.plus(Duration.ofHours(3)));
  }

  @Test
  void theSystemsOneNeverGoesBack() {
    Clock clock = MonotonicClock.system();
    Instant before = clock.instant();
    assertThat(clock.instant()).isAfterOrEqualTo(before);
  }

  @Test
  void hasOneZone() {
    Clock clock = MonotonicClock.system();
    assertThat(clock.getZone()).isEqualTo(ZoneOffset.UTC);
    assertThatThrownBy(() -> clock.withZone(ZoneOffset.MAX))
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
