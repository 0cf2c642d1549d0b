package io.hsmrest.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.simulator.Caller.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Many callers at once. */
class ConcurrencyTest {
  private static final int CALLERS = 8;

  @RegisterExtension static final HsmSimulatorExtension HSM = new HsmSimulatorExtension();

  private Caller caller;

  @BeforeEach
  void connect() {
    caller = new Caller(HSM.simulator());
  }

  private static List<Answer> atOnce(List<Callable<Answer>> calls) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
    try {
      List<Answer> answers = new ArrayList<>();
      for (Future<Answer> future : threads.invokeAll(calls)) {
        answers.add(future.get());
      }
      return answers;
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void oneOfManyCreatesTheKey() throws Exception {
    List<Callable<Answer>> calls = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      calls.add(() -> caller.post("/v1/key", Bodies.ecKey("k")));
    }
    assertThat(atOnce(calls))
        .extracting(Answer::status)
        .containsOnlyOnce(201)
        .filteredOn(status -> status != 201)
        .hasSize(CALLERS - 1)
        .containsOnly(400);
  }

  @Test
  void manyApproversCompleteOneQuorumOnce() throws Exception {
    TestApprover[] approvers = new TestApprover[CALLERS];
    for (int i = 0; i < CALLERS; i++) {
      approvers[i] = TestApprover.ec("a" + i, HSM.simulator());
    }
    caller
        .post(
            "/v1/key",
            Bodies.gatedKey(
                "k", Bodies.rule(Bodies.token(0, 600, Bodies.group(CALLERS, approvers)))))
        .ok();
    String id = caller.post("/v1/sign", Bodies.sign("k", "p")).ok().member("signRequestId");
    List<Callable<Answer>> calls = new ArrayList<>();
    for (TestApprover approver : approvers) {
      calls.add(() -> approver.approve(caller));
    }
    assertThat(atOnce(calls)).extracting(Answer::status).containsOnly(200);
    Answer request = caller.get("/v1/request/" + id).ok();
    assertThat(request.member("status")).isEqualTo("EXECUTED");
    assertThat(request.body().path("approvedBy")).hasSize(CALLERS);
    assertThat(
            caller
                .post("/v1/key/attributes", "{`label`: `k`}")
                .ok()
                .body()
                .at("/json/keyUsageCount")
                .asInt())
        .isEqualTo(1);
  }

  @Test
  void everySignatureIsCounted() throws Exception {
    caller.post("/v1/key", Bodies.ecKey("k")).ok();
    List<Callable<Answer>> calls = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      calls.add(() -> caller.post("/v1/synchronousSign", Bodies.sign("k", "p")));
    }
    assertThat(atOnce(calls)).extracting(Answer::status).containsOnly(200);
    assertThat(HSM.simulator().requests()).containsEntry("POST /v1/synchronousSign", 100L);
  }
}
