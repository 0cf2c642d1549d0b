package io.hsmrest.simulator;

import static io.hsmrest.simulator.Bodies.group;
import static io.hsmrest.simulator.Bodies.rule;
import static io.hsmrest.simulator.Bodies.token;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The vendor's timer jobs, when they are switched on (contract 5.3). */
class TimersTest {
  private HsmSimulator simulator;
  private Caller caller;
  private TestApprover alice;

  @BeforeEach
  void start() {
    simulator =
        HsmSimulator.builder()
            .settings(
                """
                {"timers": {"hsmRequestsTimerServiceInterval": 60000,
                            "approvalTaskCleanupInterval": 300000}}
                """)
            .clock(Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC))
            .start();
    caller = new Caller(simulator);
    alice = TestApprover.ec("alice", simulator);
  }

  @AfterEach
  void end() {
    simulator.close();
  }

  private String ask(String rule) {
    caller.post("/v1/key", Bodies.gatedKey("k", rule)).ok();
    return caller.post("/v1/sign", Bodies.sign("k", "p")).ok().member("signRequestId");
  }

  private String status(String id) {
    return caller.get("/v1/request/" + id).ok().member("status");
  }

  private void pass(int seconds) {
    simulator.advanceClock(Duration.ofSeconds(seconds));
  }

  @Test
  void anApprovedRequestWaitsForTheNextRun() {
    String id = ask(rule(token(0, 600, group(1, alice))));
    pass(30);
    alice.approve(caller).ok();
    assertThat(status(id)).isEqualTo("APPROVED");
    pass(29);
    assertThat(status(id)).isEqualTo("APPROVED");
    pass(1);
    assertThat(status(id)).isEqualTo("EXECUTED");
  }

  @Test
  void aRunThatFoundTheTimelockStillClosedExecutesNothing() {
    String id = ask(rule(token(120, 600)));
    pass(119);
    assertThat(status(id)).isEqualTo("APPROVED");
    pass(2);
    // The run at 120 s found it due.
    assertThat(status(id)).isEqualTo("EXECUTED");
  }

  @Test
  void aRequestExpiresWhenTheCleanupRuns() {
    String id = ask(rule(token(0, 60, group(1, alice))));
    pass(299);
    assertThat(status(id)).isEqualTo("PENDING");
    pass(1);
    assertThat(status(id)).isEqualTo("EXPIRED");
  }

  @Test
  void whatNeedsNothingIsExecutedAtOnceAllTheSame() {
    assertThat(status(ask("null"))).isEqualTo("EXECUTED");
  }
}
