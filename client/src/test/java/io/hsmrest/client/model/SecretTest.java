package io.hsmrest.client.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SecretTest {
  @Test
  void isEqualByContent() {
    assertThat(Secret.of("geheim"))
        .isEqualTo(Secret.of("geheim".toCharArray()))
        .hasSameHashCodeAs(Secret.of("geheim"))
        .isNotEqualTo(Secret.of("geheim\0"))
        .isNotEqualTo(Secret.of("Geheim"))
        .isNotEqualTo(Secret.of(""))
        .isNotEqualTo("geheim");
    // As bytes both would be question marks.
    assertThat(Secret.of("\ud800")).isNotEqualTo(Secret.of("\ud801"));
  }

  @Test
  void sharesNoArray() {
    char[] chars = {'a', 'b'};
    Secret secret = Secret.of(chars);
    chars[0] = 'x';
    secret.toCharArray()[1] = 'x';
    assertThat(secret.reveal()).isEqualTo("ab");
  }

  @Test
  void knowsWhetherItIsEmpty() {
    assertThat(Secret.of("").isEmpty()).isTrue();
    assertThat(Secret.of(" ").isEmpty()).isFalse();
  }

  @Test
  void doesNotPrintItself() {
    assertThat(Secret.of("geheim")).hasToString("(secret)");
  }
}
