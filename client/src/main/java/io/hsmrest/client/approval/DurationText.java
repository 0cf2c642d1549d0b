package io.hsmrest.client.approval;

import java.time.Duration;

/** Durations in words and as a clock shows them. */
public final class DurationText {
  private DurationText() {}

  /** In whole minutes or seconds: {@code 12 min}, {@code 119 s}. */
  public static String rounded(Duration duration) {
    return duration.compareTo(Duration.ofMinutes(2)) < 0
        ? duration.toSeconds() + " s"
        : duration.toMinutes() + " min";
  }

  /** Minutes and seconds: {@code 4:05}, {@code 90:00}. */
  public static String clock(Duration duration) {
    return "%d:%02d".formatted(duration.toMinutes(), duration.toSecondsPart());
  }
}
