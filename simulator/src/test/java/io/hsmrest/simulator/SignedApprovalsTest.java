package io.hsmrest.simulator;

import static io.hsmrest.simulator.Bodies.group;
import static io.hsmrest.simulator.Bodies.rule;
import static io.hsmrest.simulator.Bodies.token;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hsmrest.simulator.Caller.Answer;
import io.hsmrest.simulator.crypto.Bytes;
import io.hsmrest.simulator.policy.SignedApproval;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Synchronous use of a gated key with approvals that were collected before (contract 2.6.6). */
class SignedApprovalsTest {
  @RegisterExtension static final HsmSimulatorExtension HSM = new HsmSimulatorExtension();

  private Caller caller;
  private TestApprover alice;
  private TestApprover bob;

  @BeforeEach
  void connect() {
    caller = new Caller(HSM.simulator());
    alice = TestApprover.ec("alice", HSM.simulator());
    bob = TestApprover.rsa("bob", HSM.simulator());
    caller.post("/v1/key", Bodies.gatedKey("k", rule(token(0, 600, group(2, alice, bob))))).ok();
  }

  private static String approval(TestApprover approver, JsonNode task) {
    Bytes toBeSigned = Bytes.ofBase64(task.path("approvalToBeSigned").asText());
    return SignedApproval.of(
            toBeSigned,
            approver.digest(),
            Bytes.ofBase64(approver.sign(toBeSigned.toArray())),
            Bytes.ofBase64(approver.publicKey()),
            false)
        .toBytes()
        .toBase64();
  }

  private Answer sign(String payload, String... approvals) {
    return caller.post(
        "/v1/synchronousSign",
        Bodies.sign("k", payload)
            .replace(
                "`signKeyName`",
                "`signedApprovals`: ["
                    + (approvals.length == 0 ? "" : "`" + String.join("`, `", approvals) + "`")
                    + "], `signKeyName`"));
  }

  @Test
  void enoughApprovalsOverTheSameTimestampSign() {
    caller.post("/v1/sign", Bodies.sign("k", "p")).ok();
    String first = approval(alice, alice.tasks(caller, 1).get(0));
    String second = approval(bob, bob.tasks(caller, 1).get(0));
    assertThat(sign("p", first, second).ok().member("signature")).startsWith("ME");
    assertInsufficient(sign("p", first));
    assertInsufficient(sign("p", first, first));
    assertInsufficient(sign("another payload", first, second));
  }

  @Test
  void approvalsOfTwoRequestsAreNotAddedUp() {
    caller.post("/v1/sign", Bodies.sign("k", "p")).ok();
    String first = approval(alice, alice.tasks(caller, 1).get(0));
    String id = caller.post("/v1/sign", Bodies.sign("k", "p")).ok().member("signRequestId");
    JsonNode later =
        bob.tasks(caller, 6).stream()
            .filter(task -> task.at("/requestStatus/id").asText().equals(id))
            .findFirst()
            .orElseThrow();
    assertInsufficient(sign("p", first, approval(bob, later)));
  }

  @Test
  void approvalsGetOld() {
    caller.post("/v1/sign", Bodies.sign("k", "p")).ok();
    String first = approval(alice, alice.tasks(caller, 1).get(0));
    String second = approval(bob, bob.tasks(caller, 1).get(0));
    HSM.simulator().advanceClock(Duration.ofSeconds(601));
    assertInsufficient(sign("p", first, second));
  }

  @Test
  void rubbishIsRefused() {
    Answer answer = sign("p", "QUJD");
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.errorCode()).isEqualTo(701);
    assertThat(answer.message()).contains("extended Key Attribute Parameters are invalid");
  }

  private static void assertInsufficient(Answer answer) {
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.errorCode()).isEqualTo(701);
    assertThat(answer.message()).contains("approvals are insufficient");
  }
}
