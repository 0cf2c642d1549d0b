package io.hsmrest.tests.scenario.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.hsmrest.keystore.ConfigurationSource;
import io.hsmrest.tests.documents.Checkout;
import io.hsmrest.tests.jdk.Command;
import io.hsmrest.tests.jdk.Jdk;
import io.hsmrest.tests.jdk.ProviderJar;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code docs/approving.md} says what the program does. */
@Tag("scenario")
class ApprovingPageTest {
  private static final String PAGE = Checkout.text("docs/approving.md");

  private static String help(String... words) {
    return Command.of(Jdk.current().tool("java"), "-jar", ProviderJar.path().toString())
        .with(words)
        .with("--help")
        .run()
        .succeeded()
        .out();
  }

  private static List<String> found(String pattern, String text) {
    List<String> found = new ArrayList<>();
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }

  @Test
  void everyOptionOfApproveIsThereAndNoOther() {
    TreeSet<String> offered = new TreeSet<>(found("(?m)^ +(?:-\\w, )?(--[a-z]+)", help("approve")));
    offered.removeAll(List.of("--help", "--version", "--key", "--config"));
    TreeSet<String> told =
        new TreeSet<>(
            found("(?m)^\\| `(--[a-z]+)", PAGE.substring(0, PAGE.indexOf("## Requests"))));
    told.add("--interval");
    assertThat(told).isEqualTo(offered);
    assertThat(PAGE).contains("every `--interval` (5s)");
  }

  @Test
  void everyCommandIsOneThatTheProgramHas() {
    List<String> commands = found("(?m)^hsmrest ((?:requests )?[a-z-]+)", PAGE);
    assertThat(new TreeSet<>(commands))
        .containsExactly(
            "approve",
            "approver-key",
            "requests cancel",
            "requests list",
            "requests show",
            "requests wait");
    String all = help("requests") + help();
    for (String command : new TreeSet<>(commands)) {
      assertThat(all).contains("  " + command.replace("requests ", "") + " ");
    }
  }

  @Test
  void everyExitCodeIsThere() {
    String codes = PAGE.substring(PAGE.indexOf("## Exit codes"));
    List<String> told = found("\\b([0-9])\\b(?=[ ,])", codes.replaceAll("(?m)^(?!\\| \\d).*$", ""));
    assertThat(new TreeSet<>(told))
        .isEqualTo(new TreeSet<>(found("(?:^|\\s{2,})([0-9])  ?[a-z]", help("approve"))));
    assertThat(new TreeSet<>(told)).hasSize(10);
  }

  @Test
  void theConfigurationIsOne() {
    String properties = found("(?s)```properties\n(.*?)```", PAGE).get(0);
    assertThatCode(
            () ->
                ConfigurationSource.parse(
                    properties.getBytes(StandardCharsets.UTF_8), "docs/approving.md"))
        .doesNotThrowAnyException();
  }
}
