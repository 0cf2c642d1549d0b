package io.hsmrest.client.approval;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationTextTest {
  @ParameterizedTest
  @CsvSource({"0, 0 s", "59, 59 s", "119, 119 s", "120, 2 min", "3599, 59 min", "7200, 120 min"})
  void isRoundedDown(long seconds, String text) {
    assertThat(DurationText.rounded(Duration.ofSeconds(seconds))).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0, 0:00", "9, 0:09", "65, 1:05", "5400, 90:00"})
  void isWhatAClockShows(long seconds, String text) {
    assertThat(DurationText.clock(Duration.ofSeconds(seconds))).isEqualTo(text);
  }
}
