package io.hsmrest.keystore;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Who asks, as approvers are told. Found once, at the first operation that people approve. */
final class Caller {
  static final String APPLICATION = application();
  static final String HOST = host();
  static final String USER = System.getProperty("user.name", "unknown");

  private Caller() {}

  /** The main class or jar; the arguments behind it may hold passwords and are left out. */
  private static String application() {
    String command = System.getProperty("sun.java.command", "").strip();
    return command.isEmpty() ? "java" : command.split("\\s", 2)[0];
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }
}
