package io.hsmrest.tests.scenario.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.client.model.RequestMetadata;
import io.hsmrest.client.model.RequestState;
import io.hsmrest.client.model.SelfSignCertificateRequest;
import io.hsmrest.client.model.SubjectAttributes;
import io.hsmrest.tests.jdk.Command;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code approve}, in a process of its own, without a terminal. */
@Tag("scenario")
class ApproveTest {
  @TempDir static Path keys;

  private final Path folder;
  private final Officers officers;

  ApproveTest(@TempDir Path folder) throws Exception {
    this.folder = folder;
    officers = new Officers(keys, folder, "{}");
  }

  @BeforeAll
  static void hire() {
    Officers.hire(keys, "alice", "-keyalg", "EC", "-groupname", "secp384r1");
    Officers.hire(keys, "bob", "-keyalg", "RSA", "-keysize", "2048");
    Officers.hire(keys, "carol", "-keyalg", "Ed25519");
  }

  @BeforeEach
  void gate() {
    officers.gate("ca", 1, officers.approver("alice"));
  }

  @AfterEach
  void end() {
    officers.close();
  }

  @Test
  void approvesWhatWaitsAndShowsWhatItSigns() throws Exception {
    String request = officers.ask("ca", "Pay Bob ten francs");
    Command.Result result = officers.approve("alice", "--yes").run();
    assertThat(result.text()).isEqualTo(result.out());
    assertThat(result.out())
        .contains("Request " + request)
        .contains("key            ca")
        .contains("| Pay Bob ten francs")
        .contains("sign with SHA256_WITH_ECDSA (the payload is the message)")
        .contains("approved       0 of 1")
        .contains("missing        alice")
        .contains("application    payments")
        .contains("Approved: 1 of 1, the service executes it when it is due.");
    assertThat(result.exitCode()).isZero();
    assertThat(officers.state(request)).isEqualTo(RequestState.EXECUTED);
  }

  @Test
  void selfSigningTellsTheSubject() throws Exception {
    String request =
        officers
            .client()
            .submitSelfSign(
                new SelfSignCertificateRequest(
                    "ca",
                    null,
                    "SHA256_WITH_ECDSA",
                    3650,
                    SubjectAttributes.ofCommonName("Demo CA"),
                    true,
                    List.of(),
                    List.of(),
                    List.of()),
                RequestMetadata.none());
    assertThat(officers.approve("alice", "--yes").run().succeeded().out())
        .contains("commonName=Demo CA")
        .contains("self-sign a certificate");
    assertThat(officers.state(request)).isEqualTo(RequestState.EXECUTED);
  }

  @Test
  void rejects() throws Exception {
    String request = officers.ask("ca", "x");
    assertThat(officers.approve("alice", "--yes", "--reject").run().succeeded().out())
        .contains("Rejected.");
    assertThat(officers.state(request)).isEqualTo(RequestState.REJECTED);
  }

  @Test
  void answersTheOneRequestThatIsNamed() throws Exception {
    String first = officers.ask("ca", "first");
    String second = officers.ask("ca", "second");
    officers.approve("alice", "--yes", "--request", second).run().succeeded();
    assertThat(officers.state(first)).isEqualTo(RequestState.PENDING);
    assertThat(officers.state(second)).isEqualTo(RequestState.EXECUTED);
    Command.Result again = officers.approve("alice", "--yes", "--request", second).run();
    assertThat(again.exitCode()).isEqualTo(3);
    assertThat(again.err()).contains("does not wait for CN=alice").contains("it is EXECUTED");
  }

  @Test
  void anUnknownRequestIsToldApart() throws Exception {
    String request = UUID.randomUUID().toString();
    Command.Result result = officers.approve("alice", "--yes", "--request", request).run();
    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.err()).isEqualToIgnoringNewLines("hsmrest: there is no request " + request);
  }

  @Test
  void watchesUntilItIsEnded() throws Exception {
    Process watching = officers.approve("alice", "--yes", "--watch", "--interval", "50ms").start();
    try {
      String first = officers.ask("ca", "first");
      officers.await(first, RequestState.EXECUTED);
      String second = officers.ask("ca", "second");
      officers.await(second, RequestState.EXECUTED);
      assertThat(watching.isAlive()).isTrue();
    } finally {
      // Process.destroy would close its streams.
      watching.toHandle().destroy();
    }
    assertThat(watching.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(new String(watching.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .contains("| first")
        .contains("| second");
    assertThat(new String(watching.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
        .contains("watching for what waits for CN=alice");
  }

  @Test
  void twoOfThreeWithKeysOfThreeTypes() throws Exception {
    officers.gate(
        "shared",
        2,
        officers.approver("alice"),
        officers.approver("bob"),
        officers.approver("carol"));
    String first = officers.ask("shared", "first");
    assertThat(officers.approve("bob", "--yes").run().succeeded().out())
        .contains("Approved: 1 of 2, others have to follow.");
    assertThat(officers.state(first)).isEqualTo(RequestState.PENDING);
    assertThat(officers.approve("carol", "--yes").run().succeeded().out())
        .contains("approved       1 of 2: bob")
        .contains("missing        alice, carol")
        .contains("Approved: 2 of 2, the service executes it when it is due.");
    assertThat(officers.state(first)).isEqualTo(RequestState.EXECUTED);
    String second = officers.ask("shared", "second");
    officers.approve("alice", "--yes", "--reject").run().succeeded();
    officers.approve("bob", "--yes", "--reject").run().succeeded();
    assertThat(officers.state(second)).isEqualTo(RequestState.REJECTED);
  }

  @Test
  void anApproverWhomThePolicyNamesByCertificate() throws Exception {
    officers.gate("by-certificate", 1, officers.certified("alice"));
    String request = officers.ask("by-certificate", "x");
    officers.approve("alice", "--yes").run().succeeded();
    assertThat(officers.state(request)).isEqualTo(RequestState.EXECUTED);
  }

  @ParameterizedTest
  @CsvSource({
    "'{\"behaviour\": {\"rejectMethods\": [\"DELETE\"]}}'",
    "'{\"behaviour\": {\"rejectMethods\": [\"POST\"]}}'",
    "'{\"version\": \"2.0.1\"}'"
  })
  void servicesDiffer(String simulator) throws Exception {
    try (Officers others = new Officers(keys, folder, simulator)) {
      others.gate("ca", 1, others.approver("alice"));
      String request = others.ask("ca", "x");
      others.approve("alice", "--yes", "--reject").run().succeeded();
      assertThat(others.state(request)).isEqualTo(RequestState.REJECTED);
    }
  }

  @Test
  void anApproversApiKeyIsEnough() throws Exception {
    String request = officers.ask("ca", "x");
    String other =
        """
        {"apiKeys": {"approverToken": "for-approvers", "keyManagementToken": "for-keys",
                     "keyOperationToken": "for-use"}}""";
    try (Officers others = new Officers(keys, folder, other)) {
      Command.Result result = others.approve("alice", "--yes").run();
      assertThat(result.exitCode()).isEqualTo(1);
      assertThat(result.err()).contains("check 'auth.apiKey.approver'");
      Files.writeString(
          others.configuration(),
          "auth.apiKey.approver = for-approvers\n",
          StandardOpenOption.APPEND);
      assertThat(others.approve("alice", "--yes").run().succeeded().out())
          .contains("Nothing waits for CN=alice");
      assertThat(others.approve("alice", "--yes", "--request", request).run().err())
          .contains("request " + request + " does not wait for CN=alice");
    }
  }

  @Test
  void anApproversKeyIsShownAsPoliciesNameIt() {
    assertThat(officers.command("approver-key").with(officers.keyOf("bob")).run().succeeded().out())
        .isEqualToIgnoringNewLines(
            "{\"type\": \"public_key\", \"name\": \"bob\", \"value\": \"%s\"}"
                .formatted(Objects.requireNonNull(officers.approver("bob").value()).toBase64()));
  }

  @Test
  void anotherPersonsKeyHasNothingToApprove() throws Exception {
    String request = officers.ask("ca", "x");
    assertThat(officers.approve("carol", "--yes").run().succeeded().out())
        .startsWith("Nothing waits for CN=carol");
    Command.Result named = officers.approve("carol", "--yes", "--request", request).run();
    assertThat(named.exitCode()).isEqualTo(3);
    assertThat(named.err()).contains("this approver has answered or is not asked");
    assertThat(officers.state(request)).isEqualTo(RequestState.PENDING);
  }

  @Test
  void aWrongPasswordIsOneLine() {
    Command.Result result =
        officers
            .command("approve", "--yes", "--key", officers.key("alice"))
            .with("--password", "env:APPROVER_PASSWORD", "--config")
            .with(officers.configuration().toString())
            .environment("APPROVER_PASSWORD", "wrong")
            .run();
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .isEqualToIgnoringNewLines(
            "hsmrest: the password of " + officers.key("alice") + " is wrong");
    assertThat(result.out()).isEmpty();
  }

  @Test
  void withoutTerminalNobodyApprovesUnasked() throws Exception {
    String request = officers.ask("ca", "x");
    Command.Result result = officers.approve("alice").typing("y\n").run();
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("there is no terminal to ask on");
    assertThat(officers.state(request)).isEqualTo(RequestState.PENDING);
  }

  @Test
  void withoutConfigurationItIsSaidWhereItIsLookedFor() {
    Command.Result result = officers.command("requests", "list").run();
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err())
        .isEqualToIgnoringNewLines(
            "hsmrest: no configuration: give a hsmrest.properties with --config FILE, in the"
                + " environment variable HSMREST_CONFIG, as ./hsmrest.properties or as"
                + " ~/.hsmrest/hsmrest.properties");
  }

  @Test
  void aServiceThatDoesNotAnswerIsOneLine() throws Exception {
    officers.hsm().close();
    Command.Result result = officers.requests("list").run();
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err().lines()).singleElement().asString().contains("no connection to ");
  }

  @Test
  void waitsUntilTheRequestIsExecuted() throws Exception {
    String request = officers.ask("ca", "x");
    Process waiting = officers.requests("wait", request, "--result").start();
    try (BufferedReader err =
        new BufferedReader(
            new InputStreamReader(waiting.getErrorStream(), StandardCharsets.UTF_8))) {
      assertThat(err.readLine())
          .startsWith("request " + request + ": PENDING, 0 approved, missing: key SHA-256:");
      officers.approve("alice", "--yes").run().succeeded();
      assertThat(err.readLine()).startsWith("request " + request + ": EXECUTED after ");
      assertThat(new String(waiting.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .isEqualToIgnoringNewLines(
              String.valueOf(officers.client().readRequest(request).result()));
      assertThat(waiting.waitFor()).isZero();
    } finally {
      waiting.destroy();
    }
  }

  @Test
  void looksAfterRequests() throws Exception {
    String request = officers.ask("ca", "x");
    assertThat(officers.requests("list").run().succeeded().out())
        .isEqualToIgnoringNewLines(request + "  PENDING");
    assertThat(officers.requests("show", request).run().succeeded().out())
        .contains("state          PENDING")
        .contains("missing        key SHA-256:")
        .contains("result         none");
    assertThat(officers.requests("wait", request, "--timeout", "100ms").run().exitCode())
        .isEqualTo(9);
    assertThat(officers.state(request)).isEqualTo(RequestState.PENDING);
    assertThat(officers.requests("cancel", request).run().succeeded().out())
        .contains("is cancelled");
    assertThat(officers.state(request)).isEqualTo(RequestState.CANCELLED);
    assertThat(officers.requests("wait", request).run().exitCode()).isEqualTo(8);
    assertThat(officers.requests("list", "--state", "CANCELLED").run().succeeded().out())
        .contains(request);
    assertThat(officers.requests("show", UUID.randomUUID().toString()).run().exitCode())
        .isEqualTo(3);
  }
}
