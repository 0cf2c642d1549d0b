package io.hsmrest.simulator.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hsmrest.simulator.crypto.ServiceRefusal;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Timestamps of approvers (contract 1.4, 2.6.1). */
class TimestampWindowTest {
  private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-01-31T12:00:00Z",
        "2026-01-31T11:50:00.000Z",
        "2026-01-31T12:59:30+01:00",
        "2026-01-31T06:29:59.123456789-05:30",
        "2026-01-31T11:59:59.1234567890123Z"
      })
  void tenMinutesAgoToNowIsTaken(String timestamp) {
    assertThat(TimestampWindow.isValid(timestamp)).isTrue();
    assertThatCode(() -> TimestampWindow.defaults().check(timestamp, NOW))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-01-31T12:00:00.001Z",
        "2026-01-31T11:49:59.999Z",
        "2026-01-31T12:00:00-01:00"
      })
  void anythingElseIsOff(String timestamp) {
    assertThatThrownBy(() -> TimestampWindow.defaults().check(timestamp, NOW))
        .isInstanceOfSatisfying(
            ServiceRefusal.class, refusal -> assertThat(refusal.errorCode()).isEqualTo(404));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-01-31T12:00:30Z", "2026-01-31T11:00:00Z"})
  void theWindowCanBeWidened(String timestamp) {
    TimestampWindow wide = new TimestampWindow(Duration.ofHours(1), Duration.ofSeconds(30));

    assertThatCode(() -> wide.check(timestamp, NOW)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "now",
        "2026-01-31",
        "2026-01-31T12:00Z",
        "2026-01-31T12:00:00",
        "2026-01-31 12:00:00Z",
        "2026-02-29T12:00:00Z",
        "2026-13-01T12:00:00Z",
        "2026-01-31T24:00:01Z",
        "0999-01-31T12:00:00Z",
        "2026-01-31T12:00:00123Z",
        "2026-01-31T12:00:00+0100",
        "2026-01-31T12:00:00+99:00"
      })
  void whatIsNoTimeIsRefused(String timestamp) {
    assertThat(TimestampWindow.isValid(timestamp)).isFalse();
    assertThatThrownBy(() -> TimestampWindow.defaults().check(timestamp, NOW))
        .isInstanceOfSatisfying(
            ServiceRefusal.class, refusal -> assertThat(refusal.errorCode()).isEqualTo(600));
  }
}
