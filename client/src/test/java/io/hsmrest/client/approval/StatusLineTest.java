package io.hsmrest.client.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.client.HsmLogger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusLineTest {
  private static final String WIDE = "\u5c71\u7530\u592a\u90ce";

  private static void show(StatusLine line, String text) {
    line.show(text, List::of);
  }

  @ParameterizedTest(name = "escape sequences: {0}")
  @ValueSource(booleans = {true, false})
  void aLineIsWrittenOverWhateverItsLength(boolean sequences) {
    FakeTerminal terminal = new FakeTerminal(20);
    StatusLine line = new StatusLine(terminal, 20, sequences);
    show(line, "waiting for alice");
    assertThat(terminal.rows()).containsExactly("waiting for alice");
    show(line, "done");
    assertThat(terminal.rows()).containsExactly("done");
    show(line, "0123456789".repeat(3));
    assertThat(terminal.rows()).containsExactly("01234567890123...");
    terminal.accept("^C");
    line.close();
    assertThat(terminal.rows()).containsExactly("");
    assertThat(terminal.column()).isZero();
  }

  @ParameterizedTest(name = "escape sequences: {0}")
  @ValueSource(booleans = {true, false})
  void wholeLinesStandAbove(boolean sequences) {
    FakeTerminal terminal = new FakeTerminal(80);
    StatusLine line = new StatusLine(terminal, 80, sequences);
    line.tell("asked");
    show(line, "a rather long line that is still waiting");
    line.tell("alice did");
    assertThat(terminal.rows()).containsExactly("asked", "alice did", "");
    show(line, "waiting");
    line.close();
    assertThat(terminal.rows()).containsExactly("asked", "alice did", "");
  }

  /** Where the width is not known, a new line each second would fill the screen. */
  @Test
  void aTerminalThatIsNarrowerThanItSeemedCutsTheLine() {
    FakeTerminal terminal = new FakeTerminal(60);
    StatusLine line = new StatusLine(terminal, 80, true);
    for (int second = 10; second < 20; second++) {
      show(line, second + "0123456789".repeat(7));
    }
    assertThat(terminal.rows())
        .singleElement()
        .asString()
        .startsWith("1901234567890123456789012345678901234567890123456789");
    assertThat(terminal.wraps()).as("for whatever is printed next").isTrue();
  }

  @ParameterizedTest(name = "escape sequences: {0}")
  @ValueSource(booleans = {true, false})
  void wideCharactersCountAsWhatTheyAre(boolean sequences) {
    FakeTerminal terminal = new FakeTerminal(20);
    StatusLine line = new StatusLine(terminal, 20, sequences);
    show(line, WIDE.repeat(3));
    assertThat(terminal.rows()).containsExactly(WIDE + WIDE.substring(0, 3) + "...");
    show(line, WIDE + "!");
    assertThat(terminal.rows()).containsExactly(WIDE + "!");
    show(line, "alice");
    assertThat(terminal.rows()).containsExactly("alice");
  }

  @Test
  void whatDoesNotTakeEscapeSequencesGetsNone() {
    StringBuilder written = new StringBuilder();
    StatusLine line = new StatusLine(written::append, 80, false);
    show(line, "ab");
    show(line, "c");
    line.tell("d");
    line.close();
    assertThat(written).hasToString("\rab\rc \r   \rd" + System.lineSeparator());
  }

  /** A logger's message, or anybody's who asks for it, begins a line of its own. */
  @Test
  void itIsClearedBeforeOthersWriteAndComesBackWithTheNextNews() {
    FakeTerminal terminal = new FakeTerminal(80);
    StatusLine line = new StatusLine(terminal, 80, true);
    show(line, "waiting");
    HsmLogger.makeWay();
    assertThat(terminal.rows()).containsExactly("");
    terminal.accept("WARNING: no answer\n");
    show(line, "still waiting");
    assertThat(terminal.rows()).containsExactly("WARNING: no answer", "still waiting");
    line.close();
    HsmLogger.makeWay();
    terminal.accept("somebody's ");
    HsmLogger.makeWay();
    assertThat(terminal.rows()).last().isEqualTo("somebody's");
  }
}
