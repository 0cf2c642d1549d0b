package io.hsmrest.client.approval;

import java.io.Console;
import org.jspecify.annotations.Nullable;

/** Whether somebody sits in front of this program. */
public final class Terminal {
  private Terminal() {}

  /** From JDK 22 on there is a console object without a terminal, which must be asked. */
  @SuppressWarnings("SystemConsoleNull")
  public static boolean isPresent() {
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

  /** Its width; without one there is nothing that would wrap. */
  public static int columns() {
    return isPresent() ? columns(System.getenv("COLUMNS")) : Integer.MAX_VALUE;
  }

  /** What the shell says where it says it, else what every terminal has. */
  static int columns(@Nullable String environment) {
    boolean isNumber = environment != null && environment.matches("[1-9]\\d{1,3}");
    return isNumber ? Integer.parseInt(environment) : 80;
  }
}
