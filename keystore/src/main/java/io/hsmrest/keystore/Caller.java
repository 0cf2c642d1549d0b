package io.hsmrest.keystore;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Who asks, as approvers are told. Found once, at the first operation that people approve. */
final class Caller {
  private static final String SOURCE_LAUNCHER = "jdk.compiler/com.sun.tools.javac.launcher.";

  static final String APPLICATION = application();
  static final String HOST = host();
  static final String USER = System.getProperty("user.name", "unknown");

  private Caller() {}

  private static String application() {
    return application(System.getProperty("sun.java.command", ""));
  }

  /**
   * The main class, jar or source file; the arguments behind it may hold passwords and are left
   * out.
   *
   * @param command main class and arguments, as the JDK's launcher sets {@code sun.java.command}
   */
  static String application(String command) {
    String[] words = command.strip().split("\\s+", 3);
    // `java App.java` runs the compiler, whose first argument is the file.
    boolean fromSource = words[0].startsWith(SOURCE_LAUNCHER) && words.length > 1;
    String program = fromSource ? words[1] : words[0];
    return program.isEmpty() ? "java" : program;
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }
}
