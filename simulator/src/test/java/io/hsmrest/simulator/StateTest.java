package io.hsmrest.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in the data directory outlives the process. */
class StateTest {
  private final Path directory;

  StateTest(@TempDir Path directory) {
    this.directory = directory;
  }

  private HsmSimulator start() {
    return HsmSimulator.builder().data(directory).start();
  }

  @Test
  void keysCertificatesRequestsAndApproversSurviveARestart() {
    String id;
    String signature;
    String certificate;
    JsonNode attributes;
    try (HsmSimulator simulator = start()) {
      Caller caller = new Caller(simulator);
      String alice = simulator.addApprover("alice");
      TestApprover nobody = TestApprover.ec("alice", simulator);
      String rule =
          Bodies.rule(Bodies.token(0, 600, Bodies.group(1, nobody)))
              .replace(nobody.publicKey(), alice);
      caller.post("/v1/key", Bodies.gatedKey("gated", rule)).ok();
      caller.post("/v1/key", Bodies.ecKey("k").replaceFirst("\\{", "{`password`: `secret`, ")).ok();
      signature =
          caller
              .post(
                  "/v1/synchronousSign",
                  Bodies.sign("k", "p")
                      .replace("`signKeyName`", "`keyPassword`: `secret`, `signKeyName`"))
              .ok()
              .member("signature");
      certificate =
          caller
              .post(
                  "/v1/certificate/synchronous/selfsign",
                  Bodies.selfSign("k", "SHA256_WITH_ECDSA")
                      .replaceFirst("\\{", "{`keyPassword`: `secret`, "))
              .ok()
              .member("certificate");
      id = caller.post("/v1/sign", Bodies.sign("gated", "p")).ok().member("signRequestId");
      attributes = caller.post("/v1/key/attributes", "{`label`: `gated`}").ok().body().path("json");
      caller.post("/v1/dataObject", "{`name`: `note`, `value`: `QQ==`}").ok();
    }
    try (HsmSimulator simulator = start()) {
      Caller caller = new Caller(simulator);
      simulator.addApprover("alice");
      JsonNode again =
          caller.post("/v1/key/attributes", "{`label`: `gated`}").ok().body().path("json");
      for (String member : new String[] {"publicKey", "createTime", "policy", "attributes"}) {
        assertThat(again.path(member)).isEqualTo(attributes.path(member));
      }
      assertThat(caller.get("/v1/certificate/k").ok().member("certificate")).isEqualTo(certificate);
      assertThat(
              caller
                  .post(
                      "/v1/verify",
                      "{`verifySignatureRequest`: {`signKeyName`: `k`, `masterKeyPassword`:"
                          + " `secret`, `signatureAlgorithm`: `SHA256_WITH_ECDSA`, `payload`: `"
                          + Bodies.base64("p")
                          + "`, `signature`: `"
                          + signature
                          + "`}}")
                  .ok()
                  .text())
          .contains("true");
      assertThat(
              caller
                  .post("/v1/key/attributes", "{`label`: `k`, `password`: `secret`}")
                  .ok()
                  .body()
                  .at("/json/keyUsageCount")
                  .asInt())
          .isEqualTo(2);
      assertThat(caller.get("/v1/request/" + id).ok().member("status")).isEqualTo("PENDING");
      assertThat(simulator.approve(id, "alice")).isEqualTo("EXECUTED");
      assertThat(caller.get("/v1/dataObject/note").ok().member("value")).isEqualTo("QQ==");
    }
  }

  @Test
  void aKilledProcessLeavesWhatItHasAnswered() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                SimulatorMain.class.getName(),
                "--port",
                "0",
                "--data",
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String signature;
    try (BufferedReader out = process.inputReader()) {
      String line = out.readLine();
      assertThat(line).startsWith("hsmrest-simulator listening on http://127.0.0.1:");
      Caller caller =
          new Caller(HttpClient.newHttpClient(), URI.create(line.substring(line.indexOf("http"))));
      caller.post("/v1/key", Bodies.ecKey("k")).ok();
      signature = caller.post("/v1/sign", Bodies.sign("k", "p")).ok().member("signRequestId");

      assertThatThrownBy(this::start)
          .isInstanceOf(UncheckedIOException.class)
          .hasMessage(directory + " is in use by another simulator");
    } finally {
      process.destroyForcibly();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
    try (HsmSimulator simulator = start()) {
      Caller caller = new Caller(simulator);
      assertThat(caller.get("/v1/request/" + signature).ok().member("status"))
          .isEqualTo("EXECUTED");
      caller.post("/v1/synchronousSign", Bodies.sign("k", "p")).ok();
    }
  }

  @Test
  void theSameDirectoryTwiceIsRefused() {
    try (HsmSimulator first = start()) {
      assertThatThrownBy(this::start)
          .isInstanceOf(UncheckedIOException.class)
          .hasMessage(directory + " is in use by another simulator");
      assertThat(first.requestCount()).isZero();
    }
    start().close();
  }

  @Test
  void anInvalidatedLabelStaysTakenAfterARestart() {
    String settings = "{\"keyInvalidation\": true}";
    try (HsmSimulator simulator =
        HsmSimulator.builder().settings(settings).data(directory).start()) {
      Caller caller = new Caller(simulator);
      caller.post("/v1/key", Bodies.ecKey("k")).ok();
      caller.delete("/v1/key/k").ok();
      assertThat(caller.post("/v1/key/attributes", "{`label`: `k`}").errorCode()).isEqualTo(650);
      assertThat(caller.post("/v1/key", Bodies.ecKey("k")).errorCode()).isEqualTo(608);
    }
    try (HsmSimulator simulator =
        HsmSimulator.builder().settings(settings).data(directory).start()) {
      assertThat(new Caller(simulator).post("/v1/key", Bodies.ecKey("k")).errorCode())
          .isEqualTo(608);
    }
  }
}
