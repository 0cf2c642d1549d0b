package io.hsmrest.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Other people's text cannot steer a terminal. */
class PlainTextTest {

  @Test
  void noControlCharacterIsLeft() {
    for (char c = 0; c < 0xffff; c++) {
      boolean steers =
          Character.isISOControl(c)
              || Character.getType(c) == Character.FORMAT
              || c == '\u2028'
              || c == '\u2029';
      if (steers) {
        assertThat(PlainText.oneLine("a" + c + "b")).as("U+%04X", (int) c).isIn("a?b", "a b");
      }
    }
  }

  @Test
  void whatPeopleWriteStaysAsItIs() {
    assertThat(PlainText.oneLine("Zürich, 東京 (öffentlich) [x]"))
        .isEqualTo("Zürich, 東京 (öffentlich) [x]");
    assertThat(PlainText.oneLine("  two\n\tlines  ")).isEqualTo("two lines");
  }
}
