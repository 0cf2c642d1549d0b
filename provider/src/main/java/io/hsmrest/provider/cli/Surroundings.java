package io.hsmrest.provider.cli;

import io.hsmrest.client.Sleeper;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Clock;

/**
 * What commands see of the world.
 *
 * @param out results
 * @param err errors and progress
 * @param dialogue whoever can be asked
 * @param clock the time
 * @param sleeper lets time pass
 * @param connections where clients come from
 */
record Surroundings(
    PrintWriter out,
    PrintWriter err,
    Dialogue dialogue,
    Clock clock,
    Sleeper sleeper,
    Connections connections) {

  /** Those of this process. */
  static Surroundings ofThisProcess() {
    return new Surroundings(
        writer(System.out, "stdout.encoding"),
        writer(System.err, "stderr.encoding"),
        Dialogue.onTerminal(),
        Clock.systemUTC(),
        Sleeper.system(),
        Connections.real());
  }

  /** In the terminal's encoding, which JDK 19 and newer tell by stream, and older ones for all. */
  private static PrintWriter writer(PrintStream stream, String encoding) {
    String name = System.getProperty(encoding, System.getProperty("native.encoding", "UTF-8"));
    return new PrintWriter(
        stream, true, Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.UTF_8);
  }

  /** A line of the result. */
  void say(String line) {
    out.println(line);
    out.flush();
  }

  /** A line about how it goes. */
  void tell(String line) {
    err.println(line);
    err.flush();
  }

  /** The same as it is, without the end of a line. */
  void tellPart(String text) {
    err.print(text);
    err.flush();
  }
}
