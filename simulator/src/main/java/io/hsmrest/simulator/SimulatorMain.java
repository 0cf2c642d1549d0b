package io.hsmrest.simulator;

import io.hsmrest.simulator.config.SettingsException;
import java.io.UncheckedIOException;

/** The program. Exit code 2 for arguments or settings that cannot be, 1 if it cannot start. */
public final class SimulatorMain {
  private SimulatorMain() {}

  /** Starts a simulator that runs until the process is ended. */
  @SuppressWarnings("SystemOut") // what the program says on its standard output is its interface
  public static void main(String... arguments) {
    CommandLine commandLine;
    try {
      commandLine = CommandLine.parse(arguments);
    } catch (IllegalArgumentException e) {
      fail(2, e.getMessage() + "\n\n" + CommandLine.USAGE);
      return;
    }
    if (commandLine.help()) {
      System.out.print(CommandLine.USAGE);
      return;
    }
    try {
      HsmSimulator simulator = start(commandLine);
      Runtime.getRuntime().addShutdownHook(new Thread(simulator::close, "shutdown"));
      System.out.println("hsmrest-simulator listening on " + simulator.baseUri());
      System.out.flush();
      // The server's threads are daemons; this one keeps the process alive.
      Thread.currentThread().join();
    } catch (SettingsException e) {
      fail(2, String.valueOf(e.getMessage()));
    } catch (UncheckedIOException e) {
      fail(1, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static HsmSimulator start(CommandLine commandLine) {
    HsmSimulator.Builder builder = HsmSimulator.builder().control(commandLine.control());
    if (commandLine.config() != null) {
      builder.settings(commandLine.config());
    }
    if (commandLine.data() != null) {
      builder.data(commandLine.data());
    }
    if (commandLine.port() != null) {
      builder.port(commandLine.port());
    } else {
      builder.portOfSettings();
    }
    return builder.start();
  }

  private static void fail(int code, String message) {
    System.err.println("hsmrest-simulator: " + message);
    System.exit(code);
  }
}
