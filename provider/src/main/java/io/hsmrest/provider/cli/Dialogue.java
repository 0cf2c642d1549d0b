package io.hsmrest.provider.cli;

import io.hsmrest.client.PlainText;
import io.hsmrest.client.approval.Terminal;
import java.io.Console;
import org.jspecify.annotations.Nullable;

/** Somebody who can be asked. */
interface Dialogue {
  /** Whether somebody is there. */
  boolean isInteractive();

  /**
   * An answer without the blanks around it; null when there will be none any more. What was typed
   * before the question was seen is no answer to it.
   */
  @Nullable String ask(String prompt);

  /** A password, typed without being shown; null when there will be none. */
  char @Nullable [] askPassword(String prompt);

  /** The one in front of this program's terminal. */
  static Dialogue onTerminal() {
    Console console = Terminal.isPresent() ? System.console() : null;
    TypedLines typed = console == null ? null : new TypedLines(System.in, console.charset());
    return new Dialogue() {
      @Override
      public boolean isInteractive() {
        return console != null;
      }

      @Override
      public @Nullable String ask(String prompt) {
        if (console == null || typed == null) {
          return null;
        }
        typed.discard();
        console.writer().print(PlainText.visible(prompt));
        console.writer().flush();
        String answer = typed.next();
        return answer == null ? null : answer.strip();
      }

      @Override
      public char @Nullable [] askPassword(String prompt) {
        return console == null ? null : console.readPassword("%s", PlainText.visible(prompt));
      }
    };
  }
}
