package io.hsmrest.simulator.policy;

import io.hsmrest.simulator.crypto.Reason;
import io.hsmrest.simulator.crypto.ServiceRefusal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How far an approver's clock may be off (contract 2.6.1).
 *
 * @param past how old a timestamp may be
 * @param future how far ahead it may be
 */
public record TimestampWindow(Duration past, Duration future) {
  private static final Pattern ISO_8601 =
      Pattern.compile(
          "([1-9]\\d{3}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2})(?:(\\.\\d{1,9})\\d*)?(Z|[+-]\\d{2}:\\d{2})");

  /** The vendor's configuration template: 600 s and 0 s. */
  public static TimestampWindow defaults() {
    return new TimestampWindow(Duration.ofMinutes(10), Duration.ZERO);
  }

  /** Whether {@code timestamp} is an ISO-8601 time as contract 1.4 allows. */
  public static boolean isValid(String timestamp) {
    return parse(timestamp) != null;
  }

  /**
   * Checks that {@code timestamp} lies within the window around {@code now}.
   *
   * @throws ServiceRefusal 404 when it does not, 600 when it is no time
   */
  public void check(String timestamp, Instant now) {
    Instant time = parse(timestamp);
    if (time == null) {
      throw ServiceRefusal.invalidInput("'timestamp' is not a valid ISO-8601 timestamp");
    }
    if (time.isBefore(now.minus(past)) || time.isAfter(now.plus(future))) {
      throw new ServiceRefusal(
          Reason.INPUT_TIMESTAMP_OFF,
          "The timestamp '" + timestamp + "' is too far from the time of the service.");
    }
  }

  /** Digits below the nanosecond are dropped. */
  private static @Nullable Instant parse(String timestamp) {
    Matcher matcher = ISO_8601.matcher(timestamp);
    if (!matcher.matches()) {
      return null;
    }
    String fraction = matcher.group(2) == null ? "" : matcher.group(2);
    try {
      return OffsetDateTime.parse(matcher.group(1) + fraction + matcher.group(3)).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }
}
