package io.hsmrest.client.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.client.RawServer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A service with a long history. */
@Timeout(120)
class LongListTest {
  private static final int REQUESTS = 200_000;

  @TempDir private Path folder;

  /** The list alone is 12 MB; as a tree it would not fit into what this JVM has. */
  @Test
  void aLongListIsReadInLittleMemory() throws Exception {
    Path output = folder.resolve("output.txt");
    try (RawServer server = new RawServer(LongListTest::serve)) {
      ProcessBuilder builder =
          new ProcessBuilder(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-Xmx64m",
              "-cp",
              System.getProperty("java.class.path"),
              ListingProgram.class.getName(),
              server.url());
      builder.environment().remove("JAVA_TOOL_OPTIONS");
      builder.redirectErrorStream(true).redirectOutput(output.toFile());
      builder.start().waitFor();
    }
    assertThat(Files.readString(output, StandardCharsets.UTF_8))
        .isEqualToNormalizingNewlines("listed " + REQUESTS + "\ncandidates 0\ncandidates 0\n");
  }

  private static void serve(RawServer.Connection connection) throws IOException {
    while (connection.readRequest() != null) {
      connection.send(
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nd\r\n{\"requests\":[\r\n");
      OutputStream out = connection.socket().getOutputStream();
      StringBuilder some = new StringBuilder();
      for (int i = 0; i < REQUESTS; i++) {
        some.append(i == 0 ? "" : ",")
            .append("{\"id\":\"")
            .append(new UUID(i, i * 31L))
            .append("\",\"status\":\"EXECUTED\"}");
        if (some.length() > 100_000 || i == REQUESTS - 1) {
          String chunk = Integer.toHexString(some.length()) + "\r\n" + some + "\r\n";
          out.write(chunk.getBytes(StandardCharsets.US_ASCII));
          some.setLength(0);
        }
      }
      connection.send("2\r\n]}\r\n0\r\n\r\n");
    }
  }
}
