package io.hsmrest.simulator;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of the program.
 *
 * @param port null takes the configuration's
 */
record CommandLine(
    @Nullable Integer port,
    @Nullable Path config,
    @Nullable Path data,
    boolean control,
    boolean help) {

  static final String USAGE =
      """
      usage: java -jar hsmrest-simulator.jar [options]

      A simulator of the HSM's REST service. Without a configuration: an empty partition, no
      authentication, plain HTTP on 127.0.0.1.

        --port N        port to listen on; 0 lets the system choose (default 8080, or the
                        configuration's)
        --config FILE   settings, such as conf/simulator.json
        --data DIR      keeps the state in this directory
        --control       switches on the control endpoint /__simulator/ (loopback only)
        --help          shows this text
      """;

  /**
   * Reads arguments.
   *
   * @throws IllegalArgumentException if they make no sense; the message says which and why
   */
  static CommandLine parse(String... arguments) {
    Integer port = null;
    Path config = null;
    Path data = null;
    boolean control = false;
    boolean help = false;
    for (int i = 0; i < arguments.length; i++) {
      String name = arguments[i];
      switch (name) {
        case "--port" -> port = port(value(arguments, ++i, name));
        case "--config" -> config = Path.of(value(arguments, ++i, name));
        case "--data" -> data = Path.of(value(arguments, ++i, name));
        case "--control" -> control = true;
        case "--help", "-h" -> help = true;
        default -> throw new IllegalArgumentException("unknown argument '" + name + "'");
      }
    }
    return new CommandLine(port, config, data, control, help);
  }

  private static String value(String[] arguments, int index, String name) {
    if (index >= arguments.length || arguments[index].isEmpty()) {
      throw new IllegalArgumentException(name + " needs a value");
    }
    return arguments[index];
  }

  private static int port(String text) {
    try {
      int port = Integer.parseInt(text);
      if (port >= 0 && port <= 65535) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Refused below, with the numbers that are no ports.
    }
    throw new IllegalArgumentException("--port needs a number from 0 to 65535, not '" + text + "'");
  }
}
