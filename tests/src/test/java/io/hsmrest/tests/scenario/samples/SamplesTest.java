package io.hsmrest.tests.scenario.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.tests.documents.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every folder of docs/samples. */
class SamplesTest {
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");

  static Stream<Path> samples() throws IOException {
    try (Stream<Path> folders = Files.list(Checkout.file("docs/samples"))) {
      return folders.filter(Files::isDirectory).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void hasNoCodeOfOurs(Path sample) throws IOException {
    for (Path file : Sample.files(sample)) {
      assertThat(Files.readString(file)).as(file.toString()).doesNotContain("io.hsmrest");
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void isExplainedAndLinked(Path sample) throws IOException {
    String readme = Files.readString(sample.resolve("README.md"));
    Matcher link = LINK.matcher(readme);
    while (link.find()) {
      assertThat(sample.resolve(link.group(1))).exists();
    }
    assertThat(readme).contains("hsmrest-provider.jar", "## Limits");
    assertThat(Checkout.text("docs/servers.md"))
        .contains("(samples/" + sample.getFileName() + "/README.md)");
  }
}
