package io.hsmrest.tests.scenario.approval;

import io.hsmrest.tests.jdk.Command;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A program in a process of its own, whose output can be waited for while it runs. */
final class RunningTool implements AutoCloseable {
  private static final Duration SOON = Duration.ofSeconds(60);

  private final Command command;
  private final Process process;
  private final Output out;
  private final Output err;

  /** What has been written so far. Thread-safe. */
  private static final class Output extends Thread {
    private final Reader reader;
    private final StringBuilder text = new StringBuilder();
    private boolean ended;

    Output(Reader reader) {
      super("tool-output");
      this.reader = reader;
      setDaemon(true);
      start();
    }

    @Override
    public void run() {
      char[] buffer = new char[4096];
      try (reader) {
        for (int count = reader.read(buffer); count >= 0; count = reader.read(buffer)) {
          synchronized (this) {
            text.append(buffer, 0, count);
            notifyAll();
          }
        }
      } catch (IOException e) {
        // The program has been ended by force.
      }
      synchronized (this) {
        ended = true;
        notifyAll();
      }
    }

    synchronized String await(String wanted) throws InterruptedException {
      long end = System.nanoTime() + SOON.toNanos();
      while (text.indexOf(wanted) < 0) {
        long left = end - System.nanoTime();
        if (ended || left <= 0) {
          throw new AssertionError("no '" + wanted + "' in:\n" + text);
        }
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
      return text.toString();
    }
  }

  private RunningTool(Command command, Process process) {
    this.command = command;
    this.process = process;
    this.out = new Output(reader(process.getInputStream()));
    this.err = new Output(reader(process.getErrorStream()));
  }

  private static Reader reader(java.io.InputStream stream) {
    return new InputStreamReader(stream, StandardCharsets.UTF_8);
  }

  static RunningTool start(Command command) throws IOException {
    RunningTool tool = startTyping(command);
    tool.process.getOutputStream().close();
    return tool;
  }

  /** One to which {@link #type} can be used. */
  static RunningTool startTyping(Command command) throws IOException {
    return new RunningTool(command, command.start());
  }

  /** Presses keys. */
  void type(String keys) throws IOException {
    process.getOutputStream().write(keys.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  /** Standard error so far, as soon as it has that text. */
  String awaitErr(String text) throws InterruptedException {
    return err.await(text);
  }

  /** Standard output so far, as soon as it has that text. */
  String awaitOut(String text) throws InterruptedException {
    return out.await(text);
  }

  /** Asks it to end, as a shell's {@code kill} does. */
  void terminate() {
    // Process.destroy would close the streams as well.
    process.toHandle().destroy();
  }

  /** How it ended. */
  Command.Result result() throws InterruptedException {
    if (!process.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError(command + "\ndoes not end:\n" + out.text + err.text);
    }
    out.join();
    err.join();
    return new Command.Result(
        process.exitValue(), out.text.toString(), err.text.toString(), command.toString());
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
