package io.hsmrest.client.approval;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whether somebody sits in front of this program, and what of it they see. */
public final class Terminal {
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
  private static final Pattern TERMINALS =
      Pattern.compile("/dev/(pts/\\d+|tty\\w*|console|hvc\\d+)");
  private static final int USUAL_COLUMNS = 80;

  private Terminal() {}

  /**
   * Whether somebody can be asked: input and output are a terminal. From JDK 22 on there is a
   * console object without a terminal, which must be asked.
   */
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

  /** The terminal's width; without one there is nothing that would wrap. */
  public static int columns() {
    return isPresent() ? columns(System.getenv("COLUMNS")) : Integer.MAX_VALUE;
  }

  /**
   * Whether somebody sees standard error, wherever input and output go. Java does not tell; Linux
   * does, and elsewhere the answer is {@link #isPresent()}.
   */
  public static boolean showsErrors() {
    return Files.isDirectory(DESCRIPTORS) ? isTerminal(DESCRIPTORS.resolve("2")) : isPresent();
  }

  /** Whether that descriptor, a link to what it is open on, is open on a terminal. */
  static boolean isTerminal(Path descriptor) {
    try {
      return TERMINALS.matcher(Files.readSymbolicLink(descriptor).toString()).matches();
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  /** The width of the terminal that shows standard error, where one does. */
  static int columnsOfErrors() {
    return showsErrors() ? columns(System.getenv("COLUMNS")) : Integer.MAX_VALUE;
  }

  /** What the shell says where it says it, else what every terminal has. */
  static int columns(@Nullable String environment) {
    boolean isNumber = environment != null && environment.matches("[1-9]\\d{1,3}");
    return isNumber ? Integer.parseInt(environment) : USUAL_COLUMNS;
  }

  /** Whether standard error goes to a terminal that takes escape sequences. */
  static boolean errorsTakeSequences() {
    return showsErrors()
        && takesSequences(System.getenv("TERM"), System.getProperty("os.name", ""));
  }

  /** The console of Windows takes them where a program has asked for it, which takes its API. */
  static boolean takesSequences(@Nullable String type, String system) {
    return type != null && !type.isEmpty() && !type.equals("dumb") && !system.startsWith("Windows");
  }
}
