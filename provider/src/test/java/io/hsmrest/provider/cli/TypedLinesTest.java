package io.hsmrest.provider.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is typed before a question is no answer to it. */
class TypedLinesTest {

  /** A terminal: what was typed is there; what is typed later comes when it is waited for. */
  private static final class Keyboard extends InputStream {
    private final Deque<Byte> typed = new ArrayDeque<>();
    private final Deque<String> later = new ArrayDeque<>();

    Keyboard(String typed, String... later) {
      type(typed);
      this.later.addAll(List.of(later));
    }

    private void type(String text) {
      for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
        typed.add(b);
      }
    }

    @Override
    public int available() {
      return typed.size();
    }

    @Override
    public int read() {
      if (typed.isEmpty() && !later.isEmpty()) {
        type(later.remove());
      }
      return typed.isEmpty() ? -1 : typed.remove() & 0xff;
    }
  }

  private static TypedLines lines(String typed, String... later) {
    return new TypedLines(new Keyboard(typed, later), StandardCharsets.UTF_8);
  }

  @Test
  void whatWasTypedBeforeIsThrownAway() {
    TypedLines lines = lines("y\ny\n", "9b7a\nmore\n");
    lines.discard();
    assertThat(lines.next()).isEqualTo("9b7a");
    lines.discard();
    assertThat(lines.next()).isNull();
  }

  @Test
  void nothingIsThrownAwayWhereNothingIsThere() {
    TypedLines lines = lines("", "jür\r\n", "no end");
    lines.discard();
    assertThat(lines.next()).isEqualTo("jür\r");
    assertThat(lines.next()).isEqualTo("no end");
    assertThat(lines.next()).isNull();
  }
}
