package io.hsmrest.client;

import java.io.Console;

/** Whether somebody sits in front of this program. */
final class Terminal {
  private Terminal() {}

  /** From JDK 22 on there is a console object without a terminal, which must be asked. */
  @SuppressWarnings("SystemConsoleNull")
  static boolean isPresent() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }
}
