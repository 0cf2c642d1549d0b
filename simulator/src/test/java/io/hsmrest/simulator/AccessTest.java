package io.hsmrest.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.simulator.Caller.Answer;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** API keys by role, bearer tokens, partitions, licences (contract 1.3, 1.5). */
class AccessTest {
  private static final String API_KEYS =
      """
      {"apiKeys": {"keyManagementToken": ["manage", "manage-new"], "keyOperationToken": "operate",
                   "approverToken": "approve", "serviceToken": "serve",
                   "approverKeyManagementToken": "approvers"}}
      """;

  private static Answer call(
      HsmSimulator simulator, String method, String path, @Nullable String key) {
    Caller caller = new Caller(simulator);
    String body = method.equals("GET") ? null : "{}";
    return key == null
        ? caller.send(method, path, body, "Content-Type", "application/json")
        : caller.send(method, path, body, "Content-Type", "application/json", "X-API-KEY", key);
  }

  @ParameterizedTest
  @CsvSource({
    "GET,  /v1/key,                             manage",
    "POST, /v1/key/attributes,                  manage-new",
    "POST, /v1/synchronousModify,               manage",
    "GET,  /v1/dataObject,                      manage",
    "POST, /v1/sign,                            operate",
    "POST, /v1/synchronousSign,                 operate",
    "POST, /v1/certificate/synchronous/request, operate",
    "GET,  /v1/certificate/k,                   operate",
    "GET,  /v1/generateRandom/8,                operate",
    "POST, /v1/filteredRequests,                operate",
    "POST, /v1/filteredSignApprovalTask,        approve",
    "POST, /v1/approval,                        approve",
    "POST, /v1/approver/onboard,                approve",
    "GET,  /v1/versionInfo,                     serve",
    "GET,  /v1/keystore/statistics,             serve",
    "GET,  /v1/approverManagement/onboarding/status, approvers",
  })
  void eachPathTakesTheKeyOfItsRoleOnly(String method, String path, String right) {
    try (HsmSimulator simulator = HsmSimulator.builder().settings(API_KEYS).start()) {
      assertThat(call(simulator, method, path, right).status()).isNotEqualTo(401);
      for (String wrong : new String[] {"manage", "operate", "approve", "serve", "approvers"}) {
        if (!right.startsWith(wrong)) {
          Answer answer = call(simulator, method, path, wrong);
          assertThat(answer.status()).isEqualTo(401);
          assertThat(answer.errorCode()).isEqualTo(631);
          assertThat(answer.member("reason")).isEqualTo("res.error.invalid.api.key");
        }
      }
      Answer missing = call(simulator, method, path, null);
      assertThat(missing.status()).isEqualTo(401);
      assertThat(missing.errorCode()).isEqualTo(416);
    }
  }

  @Test
  void theRoleOfTheCertificateEndpointsIsASetting() {
    String settings =
        API_KEYS.replaceFirst("\\{", "{\"behaviour\": {\"certificateRole\": \"key_management\"}, ");
    try (HsmSimulator simulator = HsmSimulator.builder().settings(settings).start()) {
      assertThat(call(simulator, "GET", "/v1/certificate/k", "manage").status()).isEqualTo(404);
      assertThat(call(simulator, "GET", "/v1/certificate/k", "operate").status()).isEqualTo(401);
    }
  }

  private static String token(KeyPair keys, Instant expires, String partition) throws Exception {
    String content =
        url("{\"alg\":\"RS256\",\"typ\":\"JWT\"}")
            + "."
            + url("{\"exp\":" + expires.getEpochSecond() + ",\"partition\":\"" + partition + "\"}");
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(keys.getPrivate());
    signature.update(content.getBytes(StandardCharsets.US_ASCII));
    return content + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
  }

  private static String url(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Answer list(HsmSimulator simulator, @Nullable String token) {
    Caller caller = new Caller(simulator);
    return token == null
        ? caller.get("/v1/key")
        : caller.send("GET", "/v1/key", null, "Authorization", "Bearer " + token);
  }

  @Test
  void aBearerTokenIsCheckedAndChoosesThePartition() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    KeyPair keys = generator.generateKeyPair();
    String settings =
        """
        {"accessTokens": {"publicKey": "%s"},
         "partitions": [{"name": "one"}, {"name": "two", "keys": [
           {"label": "k", "algorithm": "EC", "curveOid": "1.2.840.10045.3.1.7",
            "attributes": {"sign": true, "decrypt": false, "unwrap": false}}]}]}
        """
            .formatted(Base64.getEncoder().encodeToString(keys.getPublic().getEncoded()));
    try (HsmSimulator simulator = HsmSimulator.builder().settings(settings).start()) {
      Instant later = Instant.now().plusSeconds(60);
      assertThat(list(simulator, token(keys, later, "two")).ok().text()).contains("\"k\"");
      assertThat(list(simulator, token(keys, later, "one")).ok().text()).doesNotContain("\"k\"");

      assertThat(list(simulator, null).errorCode()).isEqualTo(406);
      assertThat(list(simulator, token(keys, later, "three")).errorCode()).isEqualTo(618);
      String expired = token(keys, Instant.now().minusSeconds(1), "two");
      assertThat(list(simulator, expired).errorCode()).isEqualTo(617);
      String foreign = token(generator.generateKeyPair(), later, "two");
      assertThat(list(simulator, foreign).errorCode()).isEqualTo(617);
      assertThat(list(simulator, foreign).status()).isEqualTo(401);
      assertThat(list(simulator, "rubbish").errorCode()).isEqualTo(617);

      String good = token(keys, later, "two");
      list(simulator, good).ok();
      simulator.advanceClock(java.time.Duration.ofSeconds(61));
      assertThat(list(simulator, good).errorCode()).isEqualTo(617);
    }
  }

  @Test
  void approversNeedNoBearerTokenAndReachTheirTasksInAnyPartition() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    KeyPair keys = generator.generateKeyPair();
    String settings =
        "{\"accessTokens\": {\"publicKey\": \""
            + Base64.getEncoder().encodeToString(keys.getPublic().getEncoded())
            + "\"}, \"partitions\": [{\"name\": \"one\"}, {\"name\": \"two\"}]}";
    try (HsmSimulator simulator = HsmSimulator.builder().settings(settings).start()) {
      Caller caller = new Caller(simulator);
      TestApprover alice = TestApprover.ec("alice", simulator);
      String rule = Bodies.rule(Bodies.token(0, 600, Bodies.group(1, alice)));
      String token = "Bearer " + token(keys, Instant.now().plusSeconds(60), "two");
      String[] headers = {"Content-Type", "application/json", "Authorization", token};
      caller.send("POST", "/v1/key", Bodies.gatedKey("k", rule).replace('`', '"'), headers).ok();
      String id =
          caller
              .send("POST", "/v1/sign", Bodies.sign("k", "p").replace('`', '"'), headers)
              .ok()
              .member("signRequestId");
      alice.approve(caller).ok();
      assertThat(
              caller
                  .send("GET", "/v1/request/" + id, null, "Authorization", token)
                  .ok()
                  .member("status"))
          .isEqualTo("EXECUTED");
    }
  }

  @Test
  void endpointsNeedTheirLicence() {
    String settings = "{\"licence\": [\"REST_API\"]}";
    try (HsmSimulator simulator = HsmSimulator.builder().settings(settings).start()) {
      Caller caller = new Caller(simulator);
      caller.post("/v1/key", Bodies.ecKey("k")).ok();
      caller.post("/v1/synchronousSign", Bodies.sign("k", "p")).ok();
      for (String path : new String[] {"sign", "certificate/selfsign", "approval", "block"}) {
        Answer answer = caller.post("/v1/" + path, "{}");
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.errorCode()).isEqualTo(451);
      }
      Answer policy = caller.post("/v1/key", Bodies.gatedKey("gated", "null"));
      assertThat(policy.status()).isEqualTo(403);
      assertThat(policy.errorCode()).isEqualTo(450);
      caller.get("/v1/licenseInfo").ok();
    }
  }

  @Test
  void requestsAreSignedByAllowedSignersOnly() {
    try (HsmSimulator simulator = HsmSimulator.start()) {
      TestApprover signer = TestApprover.rsa("signer", simulator);
      TestApprover foreign = TestApprover.rsa("foreign", simulator);
      Caller caller = new Caller(simulator);
      caller.post("/v1/key", Bodies.ecKey("k")).ok();
      caller.post("/v1/sign", signed(signer, "p")).ok();
      String wrong = signed(signer, "p").replace(signer.publicKey(), foreign.publicKey());
      Answer refused = caller.post("/v1/sign", wrong);
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.errorCode()).isEqualTo(403);

      String settings = "{\"requestSigners\": [\"" + signer.publicKey() + "\"]}";
      try (HsmSimulator choosy = HsmSimulator.builder().settings(settings).start()) {
        Caller choosyCaller = new Caller(choosy);
        choosyCaller.post("/v1/key", Bodies.ecKey("k")).ok();
        choosyCaller.post("/v1/sign", signed(signer, "p")).ok();
        assertThat(choosyCaller.post("/v1/sign", signed(foreign, "p")).errorCode()).isEqualTo(415);
        assertThat(choosyCaller.post("/v1/sign", Bodies.sign("k", "p")).errorCode()).isEqualTo(415);
      }
    }
  }

  /** A request signed over the bytes as they are sent, which are not compact. */
  private static String signed(TestApprover signer, String payload) {
    String body = Bodies.sign("k", payload).replace('`', '"');
    String inner = body.substring(body.indexOf('{', 1), body.length() - 1);
    return "{\"signRequest\": %s, \"requestSignature\": %s}"
        .formatted(
            inner,
            "{\"signature\": \"%s\", \"digestAlgorithm\": \"SHA-256\", \"publicKey\": \"%s\"}"
                .formatted(
                    signer.sign(inner.getBytes(StandardCharsets.UTF_8)), signer.publicKey()));
  }
}
