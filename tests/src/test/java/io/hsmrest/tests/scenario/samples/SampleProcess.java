package io.hsmrest.tests.scenario.samples;

import io.hsmrest.tests.jdk.Command;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A sample that runs until this is closed, and what it printed so far. */
final class SampleProcess implements AutoCloseable {
  private static final long LONGEST_SECONDS = 120;
  private static final long GLANCE_MILLISECONDS = 20;

  private final Process process;
  private final List<String> lines = new ArrayList<>();

  private SampleProcess(Process process) {
    this.process = process;
    read(process.getInputStream());
    read(process.getErrorStream());
  }

  static SampleProcess start(Command command) throws IOException {
    return new SampleProcess(command.start());
  }

  /** With what a sample's files expect of their surroundings, in JVMs that start fast. */
  static Command surrounded(Command command) {
    return withOptions(command.environment("HSMREST_TOKEN", "a-test-token"));
  }

  /** With options for every JVM that a command starts. */
  static Command withOptions(Command command, String... options) {
    return command.environment(
        "JDK_JAVA_OPTIONS",
        "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC " + String.join(" ", options));
  }

  private void read(InputStream stream) {
    Thread thread =
        new Thread(
            () -> {
              try (BufferedReader reader =
                  new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                String line;
                while ((line = reader.readLine()) != null) {
                  synchronized (lines) {
                    lines.add(line);
                  }
                }
              } catch (IOException e) {
                // It was ended.
              }
            },
            "sample-output");
    thread.setDaemon(true);
    thread.start();
  }

  String output() {
    synchronized (lines) {
      return String.join("\n", lines);
    }
  }

  /** The port in the line by which the server says that it listens. */
  int port(String line) {
    Pattern pattern = Pattern.compile(line);
    await(() -> pattern.matcher(output()).find());
    Matcher matcher = pattern.matcher(output());
    if (!matcher.find()) {
      throw new AssertionError("not found again: " + line);
    }
    return Integer.parseInt(matcher.group(1));
  }

  /** Looks again and again, for as long as the process lives and at most two minutes. */
  void await(BooleanSupplier condition) {
    long glances = TimeUnit.SECONDS.toMillis(LONGEST_SECONDS) / GLANCE_MILLISECONDS;
    try {
      for (long i = 0; i < glances; i++) {
        if (condition.getAsBoolean()) {
          return;
        }
        if (process.waitFor(GLANCE_MILLISECONDS, TimeUnit.MILLISECONDS)) {
          throw new AssertionError("it ended with " + process.exitValue() + ":\n" + output());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new AssertionError("it has not come to that:\n" + output());
  }

  /** Ends it and what it started. */
  @Override
  public void close() {
    List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
    all.add(process.toHandle());
    all.forEach(ProcessHandle::destroy);
    for (ProcessHandle each : all) {
      try {
        each.onExit().get(LONGEST_SECONDS, TimeUnit.SECONDS);
      } catch (ExecutionException | TimeoutException e) {
        each.destroyForcibly();
      } catch (InterruptedException e) {
        each.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
  }
}
