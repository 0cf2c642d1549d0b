package io.hsmrest.client.approval;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CellsTest {
  @ParameterizedTest
  @CsvSource({
    "'', 0",
    "alice, 5",
    "Zoë, 3",
    "Zoe\u0308, 3",
    "\u5c71\u7530, 4",
    "\uae40, 2",
    "\uff21\uff22, 4",
    "\ud83d\ude00, 2",
    "\ud840\udc0b, 2",
    "Жук, 3"
  })
  void countsWhatATerminalShows(String text, int cells) {
    assertThat(Cells.of(text)).isEqualTo(cells);
  }

  @Test
  void cutsBetweenCharacters() {
    assertThat(Cells.cut("alice, bob", 10)).isEqualTo("alice, bob");
    assertThat(Cells.cut("alice, bob", 9)).isEqualTo("alice,...");
    assertThat(Cells.cut("\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00", 7))
        .isEqualTo("\ud83d\ude00\ud83d\ude00...");
    assertThat(Cells.cut("\u5c71\u7530\u592a\u90ce", 6)).isEqualTo("\u5c71...");
  }
}
