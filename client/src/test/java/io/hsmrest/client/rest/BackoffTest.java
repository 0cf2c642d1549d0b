package io.hsmrest.client.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.client.VirtualTime;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
  private final VirtualTime time = new VirtualTime();
  private final Backoff shortest = new Backoff(time, () -> 0L);
  private final Backoff longest = new Backoff(time, () -> -1L);

  @ParameterizedTest(name = "attempt {0}: up to {1} ms")
  @CsvSource({
    "1, 100",
    "2, 200",
    "3, 400",
    "4, 800",
    "5, 1600",
    "6, 3200",
    "7, 5000",
    "20, 5000",
    "99, 5000"
  })
  void doublesUpToALimit(int attempt, long millis) {
    assertThat(shortest.after(attempt, null)).isEqualTo(Duration.ofMillis(millis / 2));
    assertThat(longest.after(attempt, null))
        .isLessThanOrEqualTo(Duration.ofMillis(millis))
        .isGreaterThan(Duration.ofMillis(millis - 1));
  }

  @ParameterizedTest(name = "Retry-After: {0} is {1} s")
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | 0",
        "120 | 120",
        "' 5 ' | 5",
        "Sat, 31 Jan 2026 12:01:00 GMT | 60",
        "Sat, 31 Jan 2026 11:00:00 GMT | 0",
      })
  void doesWhatTheServiceAsks(String header, long seconds) {
    assertThat(longest.after(1, header)).isEqualTo(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"soon", "-1", "1.5", "99999999999", "''", "Sat, 31 Jan", "２"})
  void ignoresWhatItDoesNotUnderstand(String header) {
    assertThat(shortest.after(1, header)).isEqualTo(Duration.ofMillis(50));
  }
}
