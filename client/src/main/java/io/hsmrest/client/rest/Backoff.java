package io.hsmrest.client.rest;

import io.hsmrest.client.Jitter;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How long to wait before the next attempt: doubling, with jitter, or what the service asks for.
 */
final class Backoff {
  private static final Duration FIRST = Duration.ofMillis(100);
  private static final Duration LARGEST = Duration.ofSeconds(5);

  private final Clock clock;
  private final Jitter jitter;

  Backoff(Clock clock, RandomGenerator random) {
    this.clock = clock;
    this.jitter = new Jitter(random);
  }

  /**
   * The wait after a failed attempt.
   *
   * @param attempt 1 for the first
   * @param retryAfter the service's header (RFC 9110 10.2.3), null for none
   */
  Duration after(int attempt, @Nullable String retryAfter) {
    Duration asked = parse(retryAfter);
    if (asked != null) {
      return asked;
    }
    Duration doubled = FIRST.multipliedBy(1L << Math.min(attempt - 1, 10));
    return jitter.of(doubled.compareTo(LARGEST) < 0 ? doubled : LARGEST);
  }

  private @Nullable Duration parse(@Nullable String retryAfter) {
    if (retryAfter == null) {
      return null;
    }
    try {
      if (retryAfter.strip().matches("\\d{1,9}")) {
        return Duration.ofSeconds(Long.parseLong(retryAfter.strip()));
      }
      ZonedDateTime date =
          ZonedDateTime.parse(retryAfter.strip(), DateTimeFormatter.RFC_1123_DATE_TIME);
      Duration until = Duration.between(clock.instant(), date.toInstant());
      return until.isNegative() ? Duration.ZERO : until;
    } catch (DateTimeException e) {
      return null;
    }
  }
}
