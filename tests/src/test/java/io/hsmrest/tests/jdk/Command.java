package io.hsmrest.tests.jdk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A program in a process of its own, with nothing on its standard input and in English. A program
 * that does not end is ended.
 */
public final class Command {
  private final List<String> words = new ArrayList<>();
  private final Map<String, String> environment = new HashMap<>();
  private @Nullable Path folder;
  private String input = "";
  private Duration longest = Duration.ofMinutes(5);

  private Command(List<String> words) {
    this.words.addAll(words);
  }

  /** A command as its words. */
  public static Command of(String... words) {
    return new Command(List.of(words));
  }

  /** A command as its words. */
  public static Command of(List<String> words) {
    return new Command(words);
  }

  /** More words at the end. */
  public Command with(String... more) {
    words.addAll(List.of(more));
    return this;
  }

  /** More words at the end. */
  public Command with(List<String> more) {
    words.addAll(more);
    return this;
  }

  /** An environment variable. */
  public Command environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** The working directory. */
  public Command in(Path directory) {
    folder = directory;
    return this;
  }

  /** What is typed; nothing unless this is called. */
  public Command typing(String text) {
    input = text;
    return this;
  }

  /** After how long it is ended; five minutes unless this is called. */
  public Command atMost(Duration duration) {
    longest = duration;
    return this;
  }

  /**
   * How it ended.
   *
   * @param exitCode of the process
   * @param out standard output
   * @param err standard error
   * @param command for messages
   */
  public record Result(int exitCode, String out, String err, String command) {

    /** Both streams, for assertions on messages that tools write to either. */
    public String text() {
      return out + err;
    }

    /** The result of a command that must not fail. */
    public Result succeeded() {
      if (exitCode != 0) {
        throw new AssertionError(command + "\nended with " + exitCode + ":\n" + text());
      }
      return this;
    }
  }

  /** Starts it and leaves it running. */
  public Process start() throws IOException {
    ProcessBuilder builder = new ProcessBuilder(words);
    if (folder != null) {
      builder.directory(folder.toFile());
    }
    builder.environment().putAll(environment);
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().put("LC_ALL", "C.UTF-8");
    return builder.start();
  }

  /** Runs it to its end. */
  public Result run() {
    try {
      Process process = start();
      CompletableFuture<String> out = read(process.getInputStream());
      CompletableFuture<String> err = read(process.getErrorStream());
      try (var stdin = process.getOutputStream()) {
        stdin.write(input.getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        // A program that reads nothing may be gone before it is written to.
      }
      if (!process.waitFor(longest.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(this + "\ndid not end:\n" + out.join() + err.join());
      }
      return new Result(process.exitValue(), out.join(), err.join(), toString());
    } catch (IOException e) {
      throw new AssertionError(this + " cannot be run", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(this + " was interrupted", e);
    }
  }

  private static CompletableFuture<String> read(InputStream stream) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
          } catch (IOException e) {
            return "";
          }
        },
        task -> {
          Thread thread = new Thread(task, "command-output");
          thread.setDaemon(true);
          thread.start();
        });
  }

  @Override
  public String toString() {
    return String.join(" ", words);
  }
}
