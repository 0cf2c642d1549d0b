package io.hsmrest.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hsmrest.simulator.Caller.Answer;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What a client depends on, asked of the simulator or of a real service: {@code
 * -Dhsmrest.contract.url=https://...}, with {@code -Dhsmrest.contract.token=...} (bearer token) or
 * {@code -Dhsmrest.contract.apiKey=...} where it wants one. Every key has a label of its own and is
 * deleted afterwards.
 */
class ContractTest {
  private static @Nullable HsmSimulator simulator;
  private static Caller caller = new Caller(HttpClient.newHttpClient(), URI.create("http://none"));

  private final List<String> labels = new ArrayList<>();

  @BeforeAll
  static void connect() {
    String url = System.getProperty("hsmrest.contract.url");
    if (url == null) {
      simulator = HsmSimulator.start();
      caller = new Caller(simulator);
      return;
    }
    List<String> headers = new ArrayList<>();
    String token = System.getProperty("hsmrest.contract.token");
    if (token != null) {
      headers.addAll(List.of("Authorization", "Bearer " + token));
    }
    String apiKey = System.getProperty("hsmrest.contract.apiKey");
    if (apiKey != null) {
      headers.addAll(List.of("X-API-KEY", apiKey));
    }
    caller = new Caller(HttpClient.newHttpClient(), URI.create(url), headers);
  }

  @AfterAll
  static void end() {
    if (simulator != null) {
      simulator.close();
    }
  }

  private String label() {
    String label = "hsmrest-contract-" + UUID.randomUUID();
    labels.add(label);
    return label;
  }

  @AfterEach
  void deleteKeys() {
    for (String label : labels) {
      if (caller.post("/v1/key/deleteKey", "{`label`: `" + label + "`}").status() == 405) {
        caller.delete("/v1/key/" + label);
      }
    }
  }

  private static JsonNode attributes(String label) {
    return caller.post("/v1/key/attributes", "{`label`: `" + label + "`}").ok().body().path("json");
  }

  private static JsonNode finished(String id) {
    JsonNode request = caller.get("/v1/request/" + id).ok().body();
    for (int looks = 0; looks < 200 && !isTerminal(request); looks++) {
      request = caller.get("/v1/request/" + id).ok().body();
    }
    return request;
  }

  private static boolean isTerminal(JsonNode request) {
    return !List.of("PENDING", "APPROVED").contains(request.path("status").asText());
  }

  @Test
  void aKeyIsCreatedListedDescribedAndDeleted() {
    String label = label();
    assertThat(caller.post("/v1/key", Bodies.ecKey(label)).status()).isEqualTo(201);
    assertThat(caller.get("/v1/key").ok().body()).extracting(JsonNode::asText).contains(label);
    JsonNode json = attributes(label);
    assertThat(json.path("label").asText()).isEqualTo(label);
    assertThat(json.path("algorithm").asText()).isEqualTo("EC");
    assertThat(json.path("curveOid").asText()).isEqualTo(Bodies.P256);
    assertThat(json.path("policy").isNull()).isTrue();
    assertThat(json.at("/attributes/destroyable").asBoolean()).isTrue();
    deleteKeys();
    assertThat(caller.post("/v1/key/attributes", "{`label`: `" + label + "`}").errorCode())
        .isEqualTo(650);
  }

  @Test
  void aSecondKeyUnderTheSameLabelIsRefused() {
    String label = label();
    caller.post("/v1/key", Bodies.ecKey(label)).ok();
    assertThat(caller.post("/v1/key", Bodies.ecKey(label)).errorCode()).isEqualTo(608);
  }

  @Test
  void aSignatureVerifies() {
    String label = label();
    caller.post("/v1/key", Bodies.ecKey(label)).ok();
    String signature =
        caller.post("/v1/synchronousSign", Bodies.sign(label, "payload")).ok().member("signature");
    String verification =
        "{`verifySignatureRequest`: {`signKeyName`: `%s`, `signatureAlgorithm`:"
            + " `SHA256_WITH_ECDSA`, `payload`: `%s`, `signature`: `%s`}}";
    assertThat(valid(verification.formatted(label, Bodies.base64("payload"), signature))).isTrue();
    assertThat(valid(verification.formatted(label, Bodies.base64("another"), signature))).isFalse();
  }

  private static boolean valid(String verification) {
    return caller.post("/v1/verify", verification).ok().body().path("signatureValid").asBoolean();
  }

  @Test
  void errorsHaveTheirCodeReasonAndStatus() {
    Answer missing =
        caller.post("/v1/synchronousSign", Bodies.sign("hsmrest-contract-no-such-key", "p"));
    assertThat(missing.status()).isEqualTo(404);
    assertThat(missing.errorCode()).isEqualTo(650);
    assertThat(missing.member("reason")).isEqualTo("res.error.key.not.existent");
    Answer invalid = caller.post("/v1/synchronousSign", "{`signRequest`: {`payload`: ``}}");
    assertThat(invalid.status()).isEqualTo(400);
    assertThat(invalid.errorCode()).isEqualTo(600);
    Answer unknown = caller.post("/v1/key/attributes", "{`label`: `k`, `noSuchProperty`: 1}");
    assertThat(unknown.errorCode()).isEqualTo(600);
    assertThat(caller.get("/v1/request/00000000-0000-0000-0000-000000000000").errorCode())
        .isEqualTo(651);
    assertThat(caller.get("/v1/request/no-uuid").errorCode()).isEqualTo(609);
  }

  @Test
  void anAsynchronousSignatureOfAPlainKeyIsExecuted() {
    String label = label();
    caller.post("/v1/key", Bodies.ecKey(label)).ok();
    Answer asked = caller.post("/v1/sign", Bodies.sign(label, "p"));
    assertThat(asked.status()).isEqualTo(201);
    JsonNode request = finished(asked.member("signRequestId"));
    assertThat(request.path("status").asText()).isEqualTo("EXECUTED");
    assertThat(request.path("result").asText()).isNotEmpty();
  }

  @Test
  void aKeyHasNoCertificateUntilItIsSelfSigned() {
    String label = label();
    caller.post("/v1/key", Bodies.rsaKey(label)).ok();
    assertThat(caller.get("/v1/certificate/" + label).errorCode()).isIn(402, 650);
    String certificate =
        caller
            .post("/v1/certificate/synchronous/selfsign", Bodies.selfSign(label, "SHA256_WITH_RSA"))
            .ok()
            .member("certificate");
    assertThat(caller.get("/v1/certificate/" + label).ok().member("certificate"))
        .isEqualTo(certificate);
    caller.delete("/v1/certificate/" + label).ok();
    assertThat(caller.get("/v1/certificate/" + label).errorCode()).isIn(402, 650);
    assertThat(attributes(label).path("label").asText()).isEqualTo(label);
  }

  @Test
  void aCertificateStandsAloneUnderALabel() {
    String label = label();
    caller.post("/v1/key", Bodies.rsaKey(label)).ok();
    String pem =
        caller
            .post("/v1/certificate/synchronous/selfsign", Bodies.selfSign(label, "SHA256_WITH_RSA"))
            .ok()
            .member("certificate");
    String bare = pem.replaceAll("-----[A-Z ]+-----|\\s", "");
    String alone = label();
    caller
        .post(
            "/v1/key/import/plain",
            """
            {`label`: `%s`, `algorithm`: `RSA`, `certificate`: `%s`, `attributes`: {`sign`: true,
             `decrypt`: false, `unwrap`: false, `destroyable`: true}}
            """
                .formatted(alone, bare))
        .ok();
    assertThat(
            caller
                .get("/v1/certificate/" + alone)
                .ok()
                .member("certificate")
                .replaceAll("-----[A-Z ]+-----|\\s", ""))
        .isEqualTo(bare);
  }

  @Test
  void anApproverApprovesWhatAGatedKeySigns() {
    String label = label();
    TestApprover alice = TestApprover.ec("alice", Clock.systemUTC());
    String rule = Bodies.rule(Bodies.token(0, 600, Bodies.group(1, alice)));
    caller.post("/v1/key", Bodies.gatedKey(label, rule)).ok();
    assertThat(attributes(label).at("/policy/ruleUse/tokens/0/groups/0/quorum").asInt())
        .isEqualTo(1);
    Answer refused = caller.post("/v1/synchronousSign", Bodies.sign(label, "p"));
    assertThat(refused.status()).isEqualTo(500);
    assertThat(refused.errorCode()).isEqualTo(701);

    String id = caller.post("/v1/sign", Bodies.sign(label, "p")).ok().member("signRequestId");
    assertThat(caller.get("/v1/request/" + id).ok().member("status")).isEqualTo("PENDING");
    assertThat(
            caller
                .post("/v1/filteredRequests", "{`requestStatusList`: [`PENDING`]}")
                .ok()
                .body()
                .path("requests"))
        .extracting(request -> request.path("id").asText())
        .contains(id);
    alice.approve(caller).ok();
    JsonNode request = finished(id);
    assertThat(request.path("status").asText()).isEqualTo("EXECUTED");
    assertThat(request.at("/approvedBy/0").asText()).isEqualTo(alice.publicKey());
  }

  @Test
  void aRequestIsRejectedOrCancelled() {
    String label = label();
    TestApprover alice = TestApprover.ec("alice", Clock.systemUTC());
    String rule = Bodies.rule(Bodies.token(0, 600, Bodies.group(1, alice)));
    caller.post("/v1/key", Bodies.gatedKey(label, rule)).ok();
    String first = caller.post("/v1/sign", Bodies.sign(label, "p")).ok().member("signRequestId");
    alice.reject(caller).ok();
    assertThat(finished(first).path("status").asText()).isEqualTo("REJECTED");
    String second = caller.post("/v1/sign", Bodies.sign(label, "p")).ok().member("signRequestId");
    caller.delete("/v1/request/" + second).ok();
    assertThat(finished(second).path("status").asText()).isEqualTo("CANCELLED");
  }
}
