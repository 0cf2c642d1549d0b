package io.hsmrest.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hsmrest.simulator.Caller.Answer;
import io.hsmrest.simulator.control.Fault;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Queued faults, counted requests, and the control endpoint. */
class FaultsTest {
  @RegisterExtension static final HsmSimulatorExtension HSM = new HsmSimulatorExtension();

  private HsmSimulator simulator;
  private Caller caller;

  @BeforeEach
  void connect() {
    simulator = HSM.simulator();
    caller = new Caller(simulator);
  }

  private boolean exists(String label) {
    return caller.post("/v1/key/attributes", "{`label`: `" + label + "`}").status() == 200;
  }

  private void assertCut(String label) {
    String body = Bodies.ecKey(label).replace('`', '"');
    assertThatThrownBy(
            () -> caller.trySend("POST", "/v1/key", body, "Content-Type", "application/json"))
        .isInstanceOf(IOException.class);
  }

  @Test
  void aCutBeforeTheEffectHasNone() {
    simulator.faults().add(Fault.cutBefore().on("POST", "/v1/key"));
    assertCut("k");
    assertThat(exists("k")).isFalse();
  }

  @Test
  void aCutAfterTheEffectHasIt() {
    simulator.faults().add(Fault.cutAfter().on("POST", "/v1/key"));
    assertCut("k");
    assertThat(exists("k")).isTrue();
  }

  @Test
  void halfAnAnswerIsNone() {
    simulator.faults().add(Fault.half().on("POST", "/v1/key"));
    assertCut("k");
    assertThat(exists("k")).isTrue();
  }

  @Test
  void anotherAnswerHasNoEffect() {
    simulator.faults().add(Fault.answer(503, "text/html", "<h1>busy</h1>").retryAfter("2"));
    Answer answer = caller.post("/v1/key", Bodies.ecKey("k"));
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.text()).isEqualTo("<h1>busy</h1>");
    assertThat(answer.response().headers().firstValue("Retry-After")).hasValue("2");
    assertThat(exists("k")).isFalse();
  }

  @Test
  void anAnswerOfAGatewayMayComeAfterTheEffect() {
    simulator.faults().add(Fault.answerAfter(504, "text/plain", "timed out"));
    assertThat(caller.post("/v1/key", Bodies.ecKey("k")).status()).isEqualTo(504);
    assertThat(exists("k")).isTrue();
  }

  @Test
  void aDrippingAnswerIsWhole() {
    simulator.faults().add(Fault.drip(Duration.ofMillis(1)));
    assertThat(caller.get("/v1/versionInfo").ok().member("Version")).isEqualTo("2.5.1");
  }

  @Test
  void aDelayedAnswerIsTheTrueOne() {
    simulator.faults().add(Fault.delayed(Duration.ofMillis(20)));
    long start = System.nanoTime();
    caller.get("/v1/versionInfo").ok();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(19));
  }

  @Test
  void aFaultWaitsForTheLabelAndMethodItMatches() {
    caller.post("/v1/key", Bodies.ecKey("k")).ok();
    caller.post("/v1/key", Bodies.ecKey("other")).ok();
    simulator.faults().add(Fault.answer(500, "text/plain", "").forLabel("k").times(2));
    assertThat(exists("other")).isTrue();
    assertThat(caller.get("/v1/certificate/k").status()).isEqualTo(500);
    assertThat(exists("k")).isFalse();
    assertThat(exists("k")).isTrue();
    assertThat(simulator.faults().waiting()).isEmpty();
  }

  @Test
  void requestsAreCountedByMethodAndPath() {
    caller.get("/v1/versionInfo");
    caller.get("/v1/versionInfo");
    caller.get("/v1/request/00000000-0000-0000-0000-000000000000");
    assertThat(simulator.requests())
        .containsEntry("GET /v1/versionInfo", 2L)
        .containsEntry("GET /v1/request/{id}", 1L)
        .hasSize(2);
    assertThat(simulator.requestCount()).isEqualTo(3);
    assertThat(caller.get("/__simulator/requests").text())
        .isEqualTo(
            "{\"total\":3,\"paths\":{\"GET /v1/request/{id}\":1,\"GET /v1/versionInfo\":2}}");
    caller.delete("/__simulator/requests").ok();
    assertThat(simulator.requestCount()).isZero();
  }

  @Test
  void faultsAreQueuedOverTheControlEndpoint() {
    caller
        .post(
            "/__simulator/faults",
            "{`kind`: `answer`, `status`: 429, `retryAfter`: `1`, `path`: `/v1/version`, `times`:"
                + " 3}")
        .ok();
    assertThat(caller.get("/v1/versionInfo").status()).isEqualTo(429);
    assertThat(caller.get("/__simulator/faults").body().at("/0/times").asInt()).isEqualTo(2);
    caller.delete("/__simulator/faults").ok();
    caller.get("/v1/versionInfo").ok();
  }

  @Test
  void theControlEndpointRefusesWhatItDoesNotKnow() {
    assertThat(caller.post("/__simulator/faults", "{`kind`: `flood`}").status()).isEqualTo(400);
    assertThat(caller.post("/__simulator/faults", "{`kind`: `half`, `x`: 1}").status())
        .isEqualTo(400);
    assertThat(caller.post("/__simulator/faults", "{`kind`: `answer`, `status`: 7}").status())
        .isEqualTo(400);
    assertThat(caller.get("/__simulator/nothing").status()).isEqualTo(404);
  }

  @Test
  void aResetMakesThePartitionNew() {
    caller.post("/v1/key", Bodies.ecKey("k")).ok();
    caller.post("/__simulator/reset", "").ok();
    assertThat(exists("k")).isFalse();
    assertThat(caller.get("/v1/key").ok().text()).contains("attestation-key");
  }

  @Test
  void withoutControlThereIsNoControlEndpoint() {
    try (HsmSimulator plain = HsmSimulator.builder().control(false).start()) {
      assertThat(new Caller(plain).get("/__simulator/requests").status()).isEqualTo(404);
    }
  }
}
