package io.hsmrest.simulator.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Codes, texts and status of refusals (contract 4). */
class ReasonTest {

  @ParameterizedTest
  @CsvSource({
    "IMPL, 501",
    "INIT, 500",
    "CONFIG_NOT_VALID, 500",
    "MISSING_APPROVAL, 400",
    "INPUT_TIMESTAMP_OFF, 400",
    "MISSING_ACCESS_TOKEN, 401",
    "MISSING_API_KEY, 401",
    "CLIENT_SUBSCRIPTION, 403",
    "CLIENT_ENDPOINT_NOT_LICENSED, 403",
    "DATA_INVALID_CONSTELLATION, 500",
    "INPUT_VALIDATION_FAILED, 400",
    "KEY_ALREADY_EXISTING, 400",
    "INVALID_ACCESS_TOKEN, 401",
    "INVALID_API_KEY, 401",
    "KEY_NOT_EXISTENT, 404",
    "APPROVER_NOT_EXISTENT_OLD, 404",
    "IN_HSM, 500"
  })
  void theCodeDecidesTheStatus(Reason reason, int status) {
    assertThat(new ServiceRefusal(reason, "no").httpStatus()).isEqualTo(status);
  }

  @Test
  void textsCarryTheServicesPrefix() {
    assertThat(Reason.KEY_NOT_EXISTENT.text()).isEqualTo("res.error.key.not.existent");
    assertThat(Reason.IN_SUBSYSTEM.text()).isEqualTo("res.error.in.subystem");
  }

  @Test
  void codesAreUnique() {
    assertThat(Reason.values()).extracting(Reason::code).doesNotHaveDuplicates();
  }

  @Test
  void randomNumbersHaveARange() {
    assertThat(RandomBytes.generate(32, TestKeys.RANDOM).size()).isEqualTo(32);
    assertThatThrownBy(() -> RandomBytes.generate(0, TestKeys.RANDOM))
        .isInstanceOfSatisfying(
            ServiceRefusal.class, refusal -> assertThat(refusal.errorCode()).isEqualTo(619));
  }
}
