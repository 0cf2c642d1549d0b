package io.hsmrest.provider.cli;

import io.hsmrest.client.PlainText;
import io.hsmrest.client.approval.StatusLine;
import io.hsmrest.client.approval.Terminal;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/**
 * Standard output and standard error. Whatever a command prints goes through here, a line at a
 * time, and nothing in a line can steer a terminal.
 */
final class Screen {
  private final PrintWriter out;
  private final PrintWriter err;
  private final int columns;

  /**
   * Prints there.
   *
   * @param columns how wide a line may be
   */
  Screen(PrintWriter out, PrintWriter err, int columns) {
    this.out = out;
    this.err = err;
    this.columns = columns;
  }

  /** That of this process. */
  static Screen ofThisProcess() {
    return new Screen(
        writer(System.out, "stdout.encoding"),
        writer(System.err, "stderr.encoding"),
        Terminal.columns());
  }

  /** In the terminal's encoding, which JDK 19 and newer tell by stream, and older ones for all. */
  private static PrintWriter writer(PrintStream stream, String encoding) {
    String name = System.getProperty(encoding, System.getProperty("native.encoding", "UTF-8"));
    return new PrintWriter(
        stream, true, Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.UTF_8);
  }

  int columns() {
    return columns;
  }

  /** A line of the result. */
  void say(String line) {
    out.println(PlainText.visible(line));
    out.flush();
  }

  /** A line about how it goes. */
  void tell(String line) {
    err.println(PlainText.visible(line));
    err.flush();
  }

  /**
   * The same as it is, without the end of a line: for a {@link StatusLine}, which is cleared with
   * escape sequences. What others say has to be made plain before.
   */
  void tellPart(String text) {
    err.print(text);
    err.flush();
  }

  /** Where in the program an error came from. */
  void tellTrace(Throwable e) {
    StringWriter trace = new StringWriter();
    e.printStackTrace(new PrintWriter(trace));
    trace.toString().lines().forEach(line -> tell(line.replace("\t", "    ")));
  }

  /** Help and version, in which nothing is anybody else's, come from the command line itself. */
  CommandLine lendTo(CommandLine commands) {
    return commands.setOut(out).setErr(err);
  }
}
