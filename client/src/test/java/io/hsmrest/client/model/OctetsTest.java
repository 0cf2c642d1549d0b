package io.hsmrest.client.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OctetsTest {
  @Test
  void isEqualByContent() {
    assertThat(Octets.of(new byte[] {1, 2}))
        .isEqualTo(Octets.of(new byte[] {1, 2}))
        .hasSameHashCodeAs(Octets.of(new byte[] {1, 2}))
        .isNotEqualTo(Octets.of(new byte[] {1, 3}))
        .isNotEqualTo(Octets.of(new byte[] {1}))
        .isNotEqualTo("AQI=");
  }

  @Test
  void sharesNoArray() {
    byte[] bytes = {1, 2};
    Octets octets = Octets.of(bytes);
    bytes[0] = 9;
    octets.toByteArray()[1] = 9;
    assertThat(octets.toByteArray()).containsExactly(1, 2);
  }

  @Test
  void speaksBase64() {
    Octets octets = Octets.of(new byte[] {(byte) 0xfb, (byte) 0xff});
    assertThat(octets.toBase64()).isEqualTo("+/8=");
    assertThat(Octets.ofBase64("+/8=")).isEqualTo(octets);
    assertThat(Octets.ofBase64("").size()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"?", "AQ=", "A", "-_8=", "AQ ID"})
  void refusesWhatIsNoBase64(String text) {
    assertThatThrownBy(() -> Octets.ofBase64(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void doesNotPrintItsContent() {
    assertThat(Octets.of(new byte[5])).hasToString("5 bytes");
  }
}
