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

  /** Enough of them would push what follows to the next line, as if it were another. */
  @Test
  void blanksOfAllKindsAreOne() {
    assertThat(PlainText.oneLine("a\u00a0\u00a0\u2003\u3000b")).isEqualTo("a b");
    assertThat(PlainText.oneLine("a\u2800\u3164\ufe0f\ue000b")).isEqualTo("a????b");
  }

  @Test
  void aTextIsShownAsItIsWithItsTabsToBeSeen() {
    assertThat(PlainText.visible("  a:\t b  \u001b[2J\u202e\r")).isEqualTo("  a:\u2192 b  ?[2J??");
  }
}
