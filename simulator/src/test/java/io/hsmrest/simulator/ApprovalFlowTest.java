package io.hsmrest.simulator;

import static io.hsmrest.simulator.Bodies.group;
import static io.hsmrest.simulator.Bodies.rule;
import static io.hsmrest.simulator.Bodies.token;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hsmrest.simulator.Caller.Answer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Requests on keys with a policy, from the question to the answer (contract 2.4, 2.6, 5). */
class ApprovalFlowTest {
  @RegisterExtension
  static final HsmSimulatorExtension HSM =
      new HsmSimulatorExtension(
          builder ->
              builder.clock(Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC)));

  private HsmSimulator simulator;
  private Caller caller;
  private TestApprover alice;
  private TestApprover bob;
  private TestApprover carol;

  @BeforeEach
  void connect() {
    simulator = HSM.simulator();
    caller = new Caller(simulator);
    alice = TestApprover.ec("alice", simulator);
    bob = TestApprover.rsa("bob", simulator);
    carol = TestApprover.ed25519("carol", simulator);
  }

  private void key(String rule) {
    caller.post("/v1/key", Bodies.gatedKey("k", rule)).ok();
  }

  private String ask() {
    return caller.post("/v1/sign", Bodies.sign("k", "payload")).ok().member("signRequestId");
  }

  private JsonNode request(String id) {
    return caller.get("/v1/request/" + id).ok().body();
  }

  private String status(String id) {
    return request(id).path("status").asText();
  }

  @Test
  void twoOfThreeApproveAndTheRequestIsExecutedInTheSecondCall() {
    key(rule(token(0, 600, group(2, alice, bob, carol))));
    String id = ask();
    assertThat(status(id)).isEqualTo("PENDING");
    assertThat(request(id).path("notYetApprovedBy")).hasSize(3);
    alice.approve(caller).ok();
    assertThat(status(id)).isEqualTo("PENDING");
    assertThat(alice.tasks(caller, 1)).isEmpty();
    bob.approve(caller).ok();
    JsonNode done = request(id);
    assertThat(done.path("status").asText()).isEqualTo("EXECUTED");
    assertThat(done.path("executionTime").asText())
        .isEqualTo(Instant.now(simulator.clock()).toString());
    assertThat(done.path("approvedBy")).hasSize(2);
    assertThat(carol.tasks(caller, 1)).isEmpty();
    assertThat(
            caller
                .post(
                    "/v1/verify",
                    "{`verifySignatureRequest`: {`signKeyName`: `k`, `signatureAlgorithm`:"
                        + " `SHA256_WITH_ECDSA`, `payload`: `"
                        + Bodies.base64("payload")
                        + "`, `signature`: `"
                        + done.path("result").asText()
                        + "`}}")
                .ok()
                .text())
        .isEqualTo("{\"signatureValid\":true}");
  }

  @Test
  void allGroupsOfATokenMustReachTheirQuorum() {
    key(rule(token(0, 600, group(1, alice), group(1, bob, carol))));
    String id = ask();
    bob.approve(caller).ok();
    assertThat(status(id)).isEqualTo("PENDING");
    alice.approve(caller).ok();
    assertThat(status(id)).isEqualTo("EXECUTED");
  }

  @Test
  void anyTokenSuffices() {
    key(rule(token(0, 600, group(1, alice)), token(0, 600, group(1, carol))));
    String id = ask();
    carol.approve(caller).ok();
    assertThat(status(id)).isEqualTo("EXECUTED");
  }

  @Test
  void oneRejectsAndTheOthersStillCan() {
    key(rule(token(0, 600, group(2, alice, bob, carol))));
    String id = ask();
    alice.reject(caller).ok();
    assertThat(status(id)).isEqualTo("PENDING");
    assertThat(request(id).at("/rejectedBy/0").asText()).isEqualTo(alice.publicKey());
    bob.approve(caller).ok();
    carol.approve(caller).ok();
    assertThat(status(id)).isEqualTo("EXECUTED");
  }

  @Test
  void soManyRejectThatTheQuorumIsOutOfReach() {
    key(rule(token(0, 600, group(2, alice, bob, carol))));
    String id = ask();
    alice.reject(caller).ok();
    bob.reject(caller).ok();
    assertThat(status(id)).isEqualTo("REJECTED");
    assertThat(carol.tasks(caller, 1)).isEmpty();
  }

  @Test
  void nobodyApprovesInTime() {
    key(rule(token(0, 600, group(1, alice))));
    String id = ask();
    simulator.advanceClock(Duration.ofSeconds(599));
    assertThat(status(id)).isEqualTo("PENDING");
    JsonNode task = alice.tasks(caller, 1).get(0);
    simulator.advanceClock(Duration.ofSeconds(2));
    assertThat(status(id)).isEqualTo("EXPIRED");
    Answer late = caller.post("/v1/approval", alice.approvalOf(task));
    assertThat(late.status()).isEqualTo(404);
    assertThat(late.errorCode()).isEqualTo(652);
  }

  @Test
  void aTimelockDelaysTheExecution() {
    key(rule(token(3600, 7200, group(1, alice))));
    String id = ask();
    alice.approve(caller).ok();
    assertThat(status(id)).isEqualTo("APPROVED");
    simulator.advanceClock(Duration.ofSeconds(3601));
    assertThat(status(id)).isEqualTo("EXECUTED");
  }

  @Test
  void timeAloneFulfilsATokenWithoutGroups() {
    key(rule(token(60, 0)));
    String id = ask();
    assertThat(status(id)).isEqualTo("APPROVED");
    simulator.advanceClock(Duration.ofSeconds(61));
    assertThat(status(id)).isEqualTo("EXECUTED");
  }

  @Test
  void anEmptyRuleIsExecutedAtOnce() {
    key("null");
    assertThat(status(ask())).isEqualTo("EXECUTED");
    caller.post("/v1/synchronousSign", Bodies.sign("k", "payload")).ok();
  }

  @Test
  void aPlainKeyIsExecutedAtOnce() {
    caller.post("/v1/key", Bodies.ecKey("k")).ok();
    JsonNode request = request(ask());
    assertThat(request.path("status").asText()).isEqualTo("EXECUTED");
    assertThat(request.path("result").asText()).startsWith("ME");
  }

  @Test
  void anAlgorithmThatDoesNotFitFailsWithoutDetail() {
    caller.post("/v1/key", Bodies.ecKey("k")).ok();
    String id =
        caller
            .post("/v1/sign", Bodies.sign("k", "payload").replace("ECDSA", "RSA"))
            .ok()
            .member("signRequestId");
    assertThat(status(id)).isEqualTo("FAILED");
    assertThat(request(id).path("result").isNull()).isTrue();
  }

  @Test
  void aSynchronousSignatureOfAGatedKeyIsRefused() {
    key(rule(token(0, 600, group(1, alice))));
    Answer answer = caller.post("/v1/synchronousSign", Bodies.sign("k", "payload"));
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.errorCode()).isEqualTo(701);
    assertThat(answer.message()).contains("approvals are insufficient");
  }

  @Test
  void aReplayedApprovalIsRefused() {
    key(rule(token(0, 600, group(1, alice))));
    ask();
    JsonNode task = alice.tasks(caller, 1).get(0);
    caller.post("/v1/approval", alice.approvalOf(task)).ok();
    assertThat(caller.post("/v1/approval", alice.approvalOf(task)).errorCode()).isEqualTo(652);
  }

  @Test
  void anApprovalOfAnotherRequestIsRefused() {
    key(rule(token(0, 600, group(1, alice))));
    String first = ask();
    JsonNode firstTask = alice.tasks(caller, 1).get(0);
    caller.delete("/v1/request/" + first).ok();
    simulator.advanceClock(Duration.ofSeconds(1));
    String second = ask();
    JsonNode secondTask = alice.tasks(caller, 1).get(0);
    String replayed =
        alice
            .approvalOf(firstTask)
            .replace(firstTask.path("id").asText(), secondTask.path("id").asText());
    Answer answer = caller.post("/v1/approval", replayed);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.errorCode()).isEqualTo(403);
    assertThat(status(second)).isEqualTo("PENDING");
  }

  @Test
  void anAlteredApprovalIsRefused() {
    key(rule(token(0, 600, group(1, alice))));
    String id = ask();
    JsonNode task = alice.tasks(caller, 1).get(0);
    String signature =
        alice.sign("something else".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    String altered =
        alice
            .approvalOf(task)
            .replaceFirst("\"signature\": \"[^\"]*\"", "\"signature\": \"" + signature + "\"");
    assertThat(caller.post("/v1/approval", altered).errorCode()).isEqualTo(403);
    assertThat(status(id)).isEqualTo("PENDING");
  }

  @Test
  void aForeignApproverSeesAndApprovesNothing() {
    key(rule(token(0, 600, group(1, alice))));
    String id = ask();
    assertThat(bob.tasks(caller, 1)).isEmpty();
    JsonNode task = alice.tasks(caller, 1).get(0);
    assertThat(caller.post("/v1/approval", bob.approvalOf(task)).errorCode()).isEqualTo(652);
    assertThat(status(id)).isEqualTo("PENDING");
  }

  @Test
  void aTimestampOutsideTheWindowIsRefused() {
    Answer old =
        caller.post(
            "/v1/filteredAllApprovalTask",
            "{" + alice.authentication(Instant.parse("2020-01-01T00:00:00Z")) + "}");
    assertThat(old.status()).isEqualTo(400);
    assertThat(old.errorCode()).isEqualTo(404);
    Answer early =
        caller.post(
            "/v1/filteredAllApprovalTask",
            "{" + alice.authentication(Instant.now(simulator.clock()).plusSeconds(5)) + "}");
    assertThat(early.errorCode()).isEqualTo(404);
  }

  @Test
  void anotherKeysTimestampSignatureIsRefused() {
    Answer answer =
        caller.post(
            "/v1/filteredAllApprovalTask",
            "{" + alice.authentication().replace(alice.publicKey(), bob.publicKey()) + "}");
    assertThat(answer.errorCode()).isEqualTo(403);
  }

  @Test
  void aCancelledRequestHasNoTasks() {
    key(rule(token(0, 600, group(1, alice))));
    String id = ask();
    caller.delete("/v1/request/" + id).ok();
    assertThat(status(id)).isEqualTo("CANCELLED");
    assertThat(alice.tasks(caller, 1)).isEmpty();
  }

  @Test
  void deletingTheKeyCancelsItsRequests() {
    key(rule(token(0, 600, group(1, alice))));
    String id = ask();
    caller.post("/v1/key/deleteKey", "{`label`: `k`}").ok();
    assertThat(status(id)).isEqualTo("CANCELLED");
    assertThat(alice.tasks(caller, 1)).isEmpty();
  }

  @Test
  void aBlockedKeyFailsAndWorksAgainOnceUnblocked() {
    key(rule(token(0, 600, group(1, alice))));
    caller.post("/v1/block", "{`blockRequest`: {`blockKeyName`: `k`}}").ok();
    alice.approve(caller).ok();
    JsonNode blocked =
        caller.post("/v1/key/attributes", "{`label`: `k`}").ok().body().at("/json/policy");
    assertThat(blocked.at("/keyStatus/blocked").asBoolean()).isTrue();
    String id = ask();
    alice.approve(caller).ok();
    assertThat(status(id)).isEqualTo("FAILED");
    caller.post("/v1/unblock", "{`unblockRequest`: {`unblockKeyName`: `k`}}").ok();
    alice.approve(caller).ok();
    String again = ask();
    alice.approve(caller).ok();
    assertThat(status(again)).isEqualTo("EXECUTED");
  }

  @Test
  void aPolicyThatWasTightenedMeanwhileCounts() {
    caller
        .post(
            "/v1/key",
            Bodies.gatedKey("k", rule(token(0, 600, group(1, alice))))
                .replaceFirst("`ruleModify`: \\{.*\n", "`ruleModify`: null,\n"))
        .ok();
    String id = ask();
    caller
        .post(
            "/v1/synchronousModify",
            "{`modifyRequest`: {`modifyKeyName`: `k`, `policy`: {`ruleUse`: %s}}}"
                .formatted(rule(token(0, 600, group(1, bob)))))
        .ok();
    alice.approve(caller).ok();
    assertThat(status(id)).isEqualTo("FAILED");
  }

  @Test
  void tasksAreFilteredAndPaged() {
    key(rule(token(0, 600, group(1, alice))));
    String first = ask();
    simulator.advanceClock(Duration.ofSeconds(1));
    String second = ask();
    assertThat(fetch("`requestId`: `" + first + "`")).hasSize(1);
    JsonNode newest = fetch("`detailLevel`: `level6`, " + page(0, 1, "CREATION_DATE_DESC"));
    assertThat(newest).hasSize(1);
    assertThat(newest.at("/0/requestStatus/id").asText()).isEqualTo(second);
    assertThat(
            fetch("`detailLevel`: `level6`, " + page(1, 1, "CREATION_DATE_DESC"))
                .at("/0/requestStatus/id")
                .asText())
        .isEqualTo(first);
    assertThat(fetch(page(2, 1, "CREATION_DATE_DESC"))).isEmpty();
  }

  private JsonNode fetch(String more) {
    return caller
        .post("/v1/filteredSignApprovalTask", "{" + alice.authentication() + ", " + more + "}")
        .ok()
        .body()
        .path("tasks");
  }

  private static String page(int number, int size, String order) {
    return "`paging`: {`pageNumber`: %d, `pageSize`: %d, `sortOrder`: `%s`}"
        .formatted(number, size, order);
  }

  @Test
  void eachKindOfTaskHasItsOwnList() {
    key(rule(token(0, 600, group(1, alice))));
    caller.post("/v1/block", "{`blockRequest`: {`blockKeyName`: `k`}}").ok();
    String body = "{" + alice.authentication() + "}";
    assertThat(caller.post("/v1/filteredSignApprovalTask", body).ok().body().path("tasks"))
        .isEmpty();
    assertThat(caller.post("/v1/filteredBlockKeyApprovalTask", body).ok().body().path("tasks"))
        .hasSize(1);
  }

  @Test
  void requestsAreListedByStatus() {
    key(rule(token(0, 600, group(1, alice))));
    String id = ask();
    JsonNode pending =
        caller
            .post("/v1/filteredRequests", "{`requestStatusList`: [`PENDING`, `APPROVED`]}")
            .ok()
            .body();
    assertThat(pending.toString())
        .isEqualTo("{\"requests\":[{\"id\":\"" + id + "\",\"status\":\"PENDING\"}]}");
    assertThat(
            caller
                .post("/v1/filteredRequests", "{`requestStatusList`: [`EXECUTED`]}")
                .ok()
                .body()
                .path("requests"))
        .isEmpty();
  }

  @Test
  void idsAreUuidsAndMustExist() {
    assertThat(caller.get("/v1/request/1").errorCode()).isEqualTo(609);
    Answer unknown = caller.get("/v1/request/00000000-0000-0000-0000-000000000000");
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.errorCode()).isEqualTo(651);
  }

  @Test
  void helpersForTestsApproveRejectAndExpire() {
    String publicKey = simulator.addApprover("dora");
    String rule = rule(token(0, 600, group(1, alice))).replace(alice.publicKey(), publicKey);
    key(rule);
    String first = ask();
    assertThat(simulator.pendingRequests()).containsExactly(first);
    assertThat(simulator.approve(first, "dora")).isEqualTo("EXECUTED");
    String second = ask();
    assertThat(simulator.reject(second, "dora")).isEqualTo("REJECTED");
    String third = ask();
    simulator.expire(third);
    assertThat(status(third)).isEqualTo("EXPIRED");
  }
}
