package io.hsmrest.client.approval;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalTest {
  @TempDir private Path folder;

  @ParameterizedTest(name = "COLUMNS={0}: {1}")
  @CsvSource(
      nullValues = "unset",
      value = {"unset, 80", "132, 132", "80, 80", "'', 80", "9, 80", "wide, 80", "-5, 80"})
  void theWidthIsWhatTheShellSaysOrEighty(String environment, int columns) {
    assertThat(Terminal.columns(environment)).isEqualTo(columns);
  }

  /** As Linux describes what a descriptor is open on. */
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "/dev/pts/0, true",
    "/dev/pts/117, true",
    "/dev/tty, true",
    "/dev/tty2, true",
    "/dev/ttyS0, true",
    "/dev/console, true",
    "/dev/pts/3 (deleted), false",
    "/dev/pts/ptmx, false",
    "/dev/null, false",
    "pipe:[4711], false",
    "socket:[4711], false",
    "/home/me/dev/pts/0, false",
    "/var/log/err.log, false"
  })
  void aDescriptorIsOpenOnATerminalOrNot(String target, boolean isTerminal) throws Exception {
    Path descriptor = Files.createSymbolicLink(folder.resolve("2"), Path.of(target));
    assertThat(Terminal.isTerminal(descriptor)).isEqualTo(isTerminal);
  }

  @Test
  void aDescriptorThatIsClosedIsNoTerminal() {
    assertThat(Terminal.isTerminal(folder.resolve("2"))).isFalse();
  }

  @ParameterizedTest(name = "TERM={0} on {1}: {2}")
  @CsvSource(
      nullValues = "unset",
      value = {
        "xterm-256color, Linux, true",
        "screen, Mac OS X, true",
        "dumb, Linux, false",
        "'', Linux, false",
        "unset, Linux, false",
        "xterm, Windows 11, false"
      })
  void escapeSequencesAreForTerminalsThatTakeThem(String type, String system, boolean takes) {
    assertThat(Terminal.takesSequences(type, system)).isEqualTo(takes);
  }
}
