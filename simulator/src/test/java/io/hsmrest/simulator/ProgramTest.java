package io.hsmrest.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The program as it is started from the command line. */
class ProgramTest {
  private final Path directory;

  ProgramTest(@TempDir Path directory) {
    this.directory = directory;
  }

  private record Ended(int exitCode, String out, String err) {}

  private static ProcessBuilder program(String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                SimulatorMain.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command);
  }

  private static Ended run(String... arguments) throws Exception {
    Process process = program(arguments).start();
    try {
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      return new Ended(process.exitValue(), out, err);
    } finally {
      process.destroyForcibly();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--port eighty,  '--port needs a number from 0 to 65535, not ''eighty'''",
    "--port 65536,   '--port needs a number from 0 to 65535, not ''65536'''",
    "--port,         --port needs a value",
    "--verbose,      unknown argument '--verbose'",
    "--config none,  'none: there is no such file'"
  })
  void nonsenseIsRefusedWithExitCodeTwo(String arguments, String message) throws Exception {
    Ended ended = run(arguments.split(" "));
    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err()).startsWith("hsmrest-simulator: " + message);
    assertThat(ended.out()).isEmpty();
  }

  @Test
  void anUnknownSettingIsRefusedAndTheKnownOnesAreNamed() throws Exception {
    Path file = Files.writeString(directory.resolve("simulator.json"), "{\"prot\": 1}");
    Ended ended = run("--config", file.toString());
    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err()).contains("unknown setting 'prot'", "port");
  }

  @Test
  void helpIsPrinted() throws Exception {
    Ended ended = run("--help");
    assertThat(ended.exitCode()).isZero();
    assertThat(ended.out()).startsWith("usage: java -jar hsmrest-simulator.jar");
  }

  @Test
  void aPortInUseIsSaid() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      Ended ended = run("--port", String.valueOf(taken.getLocalPort()));
      assertThat(ended.exitCode()).isEqualTo(1);
      assertThat(ended.err()).contains("cannot listen on");
    }
  }

  @Test
  void sigtermEndsItCleanly() throws IOException, InterruptedException {
    Path errors = directory.resolve("errors");
    Process process = program("--port", "0").redirectError(errors.toFile()).start();
    try (var out = process.inputReader()) {
      assertThat(out.readLine())
          .matches("hsmrest-simulator listening on http://127\\.0\\.0\\.1:\\d+");
      process.destroy();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      // 128 + SIGTERM, after the shutdown hook has run.
      assertThat(process.exitValue()).isEqualTo(143);
      assertThat(Files.readString(errors)).isEmpty();
    } finally {
      process.destroyForcibly();
    }
  }
}
