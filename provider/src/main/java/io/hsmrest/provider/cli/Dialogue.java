package io.hsmrest.provider.cli;

import io.hsmrest.client.approval.Terminal;
import java.io.Console;
import org.jspecify.annotations.Nullable;

/** Somebody who can be asked. */
interface Dialogue {
  /** Whether somebody is there. */
  boolean isInteractive();

  /** An answer without the blanks around it; null when there will be none any more. */
  @Nullable String ask(String prompt);

  /** A password, typed without being shown; null when there will be none. */
  char @Nullable [] askPassword(String prompt);

  /** The one in front of this program's terminal. */
  static Dialogue onTerminal() {
    Console console = Terminal.isPresent() ? System.console() : null;
    return new Dialogue() {
      @Override
      public boolean isInteractive() {
        return console != null;
      }

      @Override
      public @Nullable String ask(String prompt) {
        String answer = console == null ? null : console.readLine("%s", prompt);
        return answer == null ? null : answer.strip();
      }

      @Override
      public char @Nullable [] askPassword(String prompt) {
        return console == null ? null : console.readPassword("%s", prompt);
      }
    };
  }
}
