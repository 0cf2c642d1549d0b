package io.hsmrest.tests.scenario.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.hsmrest.client.model.NewKey;
import io.hsmrest.client.model.Policy;
import io.hsmrest.keystore.ConfigurationSource;
import io.hsmrest.tests.documents.Checkout;
import io.hsmrest.tests.jdk.Command;
import io.hsmrest.tests.jdk.Jdk;
import io.hsmrest.tests.jdk.ProviderJar;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

  /** Without what is another in each run: ids, times, digests, who runs the tests. */
  private static String anyRun(String line) {
    return line.replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "ID")
        .replaceAll("[0-9a-f]{64}", "DIGEST")
        .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "TIME")
        .replaceAll("\\d+ (s|min) (ago|left)", "SOME $2")
        .replaceAll("^( {4}(?:application|host|user) +).*", "$1WHO");
  }

  /** As far as nobody is asked; what is asked is compared where there is somebody. */
  @Test
  void theScreenThatItShowsIsOne(@TempDir Path keys, @TempDir Path folder) throws Exception {
    Officers.hire(keys, "alice", "-keyalg", "EC", "-groupname", "secp256r1");
    Officers.hire(keys, "bob", "-keyalg", "RSA", "-keysize", "2048");
    Officers.hire(keys, "carol", "-keyalg", "Ed25519");
    ExecutorService program = Executors.newSingleThreadExecutor();
    try (Officers officers = new Officers(keys, folder, "{}")) {
      Policy.Rule rule =
          new Policy.Rule(
              List.of(
                  new Policy.Token(
                      "Token1",
                      Duration.ZERO,
                      Duration.ofMinutes(60),
                      List.of(
                          new Policy.Group(
                              "Group1",
                              2,
                              Stream.of("alice", "bob", "carol")
                                  .map(officers::approver)
                                  .toList())))));
      officers
          .hsm()
          .create(
              NewKey.rsa("payments-ca", 2048)
                  .withPolicy(new Policy(rule, null, null, null, false)));
      Future<byte[]> signing = program.submit(() -> sign(officers.hsm().keyStore()));
      String request = officers.hsm().simulator().awaitPendingRequest(Duration.ofSeconds(30));
      officers.approve("bob", "--yes").run().succeeded();
      String screen = officers.approve("alice", "--yes").run().succeeded().out();
      assertThat(screen).contains("Request " + request);
      String told = found("(?s)<!-- tested screen -->\n```text\n(.*?)\n  In short, ", PAGE).get(0);
      assertThat(screen.strip().lines().map(ApprovingPageTest::anyRun).toList())
          .startsWith(told.strip().lines().map(ApprovingPageTest::anyRun).toArray(String[]::new))
          .endsWith("", "Approved: 2 of 2, the service executes it when it is due.")
          .hasSize((int) told.strip().lines().count() + 2);
      assertThat(signing.get(30, TimeUnit.SECONDS)).hasSize(256);
    } finally {
      program.shutdownNow();
    }
  }

  private static byte[] sign(KeyStore keyStore) throws Exception {
    Signature signature = Signature.getInstance("SHA256withRSA", keyStore.getProvider());
    signature.initSign((PrivateKey) keyStore.getKey("payments-ca", null));
    return signature.sign();
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
