package io.hsmrest.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hsmrest.simulator.Caller.Answer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The approver's page, as a browser calls it. */
class ApproverPageTest {
  private static final String SETTINGS =
      """
      {"approvers": [{"name": "alice"}, {"name": "bob"}],
       "partitions": [{"name": "default", "keys": [
         {"label": "k", "algorithm": "EC", "curveOid": "1.2.840.10045.3.1.7",
          "attributes": {"sign": true, "decrypt": false, "unwrap": false},
          "policy": {"ruleUse": {"tokens": [{"name": "t", "timelock": 0, "timeout": 600,
             "groups": [{"name": "officers", "quorum": 2, "approvals": [
               {"type": "public_key", "name": "alice"},
               {"type": "public_key", "name": "bob"}]}]}]},
           "keyStatus": {"blocked": false}}}]}]}
      """;

  private HsmSimulator simulator;
  private Caller caller;

  @BeforeEach
  void start() {
    simulator =
        HsmSimulator.builder()
            .settings(SETTINGS)
            .clock(Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC))
            .start();
    caller = new Caller(simulator);
  }

  @AfterEach
  void end() {
    simulator.close();
  }

  private String ask(String payload) {
    return caller
        .post(
            "/v1/sign",
            Bodies.sign("k", payload)
                .replace(
                    "`signKeyName`",
                    "`metaData`: `" + Bodies.base64("{\"app\":\"test\"}") + "`, `signKeyName`"))
        .ok()
        .member("signRequestId");
  }

  private Answer click(String verb, String id, String approver) {
    return caller.post(
        "/approver/" + verb, "{`requestId`: `%s`, `approver`: `%s`}".formatted(id, approver));
  }

  @Test
  void thePageNeedsNothingFromElsewhere() {
    Answer page = caller.get("/approver");
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.response().headers().firstValue("Content-Type"))
        .hasValue("text/html; charset=utf-8");
    assertThat(page.text())
        .contains("<meta name=\"viewport\"")
        .doesNotContain("http://", "https://", "src=", "@import", "url(");
  }

  @Test
  void aTaskShowsWhatIsToBeSignedAndByWhom() {
    ask("pay 10 francs");
    simulator.advanceClock(Duration.ofSeconds(10));
    JsonNode task = caller.get("/approver/tasks?approver=alice").ok().body().at("/tasks/0");
    assertThat(task.path("key").asText()).isEqualTo("k");
    assertThat(task.path("operation").asText()).isEqualTo("SIGN");
    assertThat(task.at("/payload/text").asText()).isEqualTo("pay 10 francs");
    assertThat(task.path("metaData").asText()).isEqualTo("{\"app\":\"test\"}");
    assertThat(task.path("secondsLeft").asInt()).isEqualTo(590);
    assertThat(task.at("/groups/0/quorum").asInt()).isEqualTo(2);
    assertThat(task.at("/groups/0/approvers/1/answer").asText()).isEqualTo("open");
  }

  @Test
  void bytesThatAreNoTextAreShownInHex() {
    caller.post("/v1/sign", Bodies.sign("k", "x").replace(Bodies.base64("x"), "/wA=")).ok();
    assertThat(
            caller
                .get("/approver/tasks?approver=alice")
                .ok()
                .body()
                .at("/tasks/0/payload/hex")
                .asText())
        .isEqualTo("ff00");
  }

  @Test
  void oneClickApprovesAndTheLastExecutes() {
    String id = ask("p");
    assertThat(click("approve", id, "alice").ok().member("status")).isEqualTo("PENDING");
    assertThat(caller.get("/approver/tasks?approver=alice").ok().body().path("tasks")).isEmpty();
    assertThat(
            caller
                .get("/approver/tasks?approver=bob")
                .ok()
                .body()
                .at("/tasks/0/groups/0/approvers/0/answer")
                .asText())
        .isEqualTo("approved");
    assertThat(click("approve", id, "bob").ok().member("status")).isEqualTo("EXECUTED");
  }

  @Test
  void oneClickRejects() {
    String id = ask("p");
    assertThat(click("reject", id, "bob").ok().member("status")).isEqualTo("REJECTED");
    assertThat(caller.get("/v1/request/" + id).ok().member("status")).isEqualTo("REJECTED");
  }

  @Test
  void whatCannotBeIsSaid() {
    String id = ask("p");
    assertThat(click("approve", id, "nobody").message())
        .isEqualTo("there is no approver 'nobody'; there are [alice, bob]");
    click("approve", id, "alice").ok();
    assertThat(click("approve", id, "alice").status()).isEqualTo(400);
    assertThat(click("approve", "rubbish", "alice").status()).isEqualTo(400);
    assertThat(caller.get("/approver/nothing").status()).isEqualTo(404);
    assertThat(
            caller
                .send("POST", "/approver/approve", "requestId=" + id, "Content-Type", "text/plain")
                .status())
        .isEqualTo(415);
  }
}
