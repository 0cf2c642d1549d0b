package io.hsmrest.client.approval;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@link SigningProgram} in a JVM of its own, which is ended with the test. */
final class ChildJvm implements AutoCloseable {
  private final Process process;
  private final Path output;

  private ChildJvm(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /**
   * Starts it.
   *
   * @param folder its home, and where its output goes
   * @param options of the JVM
   */
  static ChildJvm start(HttpApprovals service, Path folder, List<String> options, String... lines)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Duser.home=" + folder);
    command.addAll(options);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(SigningProgram.class.getName());
    command.add("endpoint=" + service.url());
    command.add("approval.poll=1ms..5ms");
    command.addAll(List.of(lines));
    Path output = Files.createTempFile(folder, "output", ".txt");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.redirectErrorStream(true).redirectOutput(output.toFile());
    return new ChildJvm(builder.start(), output);
  }

  /** As {@code kill} does. */
  void terminate() {
    process.destroy();
  }

  /** It calls {@code System.exit}. */
  void exit() throws IOException {
    process.getOutputStream().write('\n');
    process.getOutputStream().flush();
  }

  /** Waits for its end; what it has printed. */
  String ended() throws IOException, InterruptedException {
    process.waitFor();
    return Files.readString(output, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
