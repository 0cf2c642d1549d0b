package io.hsmrest.tests.scenario.approval;

import static io.hsmrest.tests.scenario.approval.GatedHsm.failure;
import static io.hsmrest.tests.scenario.approval.GatedHsm.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.client.approval.ApprovalFailedException;
import io.hsmrest.client.model.Policy;
import io.hsmrest.keystore.HsmPrivateKey;
import io.hsmrest.tests.scenario.Policies;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Policies that change between reading a key, asking people, and the HSM's own check. */
@Tag("scenario")
class PolicyChangeTest {
  private static final String MODIFY = "/v1/synchronousModify";

  private final GatedHsm gated = new GatedHsm();
  private final Policies policies = gated.policies();

  @AfterEach
  void end() {
    gated.close();
  }

  /** The HSM checks against the policy of now, with the approvals of then. */
  @Test
  void aPolicyTightenedWhileItWaitsFailsAndTheMessageNamesThatCause() throws Exception {
    gated.create("ca", policies.use(1, "alice"));
    Future<byte[]> signing = gated.signing("ca");
    String request = gated.awaitAnnounced();
    gated.post(MODIFY, policies.modification("ca", 2, "bob", "carol"));
    gated.simulator().approve(request, "alice");

    assertThat(failure(signing))
        .hasCauseInstanceOf(ApprovalFailedException.class)
        .hasMessageContaining("request " + request + " to sign with key 'ca' failed in the HSM")
        .hasMessageContaining("FAILED, 1 of 1 approvals")
        .hasMessageContaining("policy");
    assertThat(gated.requests()).containsExactly(Map.entry(request, "FAILED"));
  }

  @Test
  void theNextSignatureIsAnnouncedWithTheNewPolicy() throws Exception {
    gated.create("ca", policies.use(1, "alice"));
    KeyStore keyStore = gated.keyStore();
    Future<byte[]> first = gated.running(() -> GatedHsm.sign(keyStore, "ca"));
    String request = gated.awaitAnnounced();
    gated.post(MODIFY, policies.modification("ca", 2, "bob", "carol"));
    gated.simulator().approve(request, "alice");
    assertThat(failure(first)).hasCauseInstanceOf(ApprovalFailedException.class);

    Future<byte[]> second = gated.running(() -> GatedHsm.sign(keyStore, "ca"));
    String next = gated.awaitAnnounced();
    assertThat(gated.log().awaitLine(next)).contains("may be approved by bob, carol");
    gated.simulator().approve(next, "bob");
    gated.simulator().approve(next, "carol");
    assertThat(gated.isGood(result(second), "ca")).isTrue();
  }

  /** Changing a policy may take approvals as well; that request is nobody's of ours. */
  @Test
  void aChangeThatPeopleApproveMeanwhileIsNotTakenForOurs() throws Exception {
    Policy.Rule modify =
        new Policy.Rule(
            List.of(Policies.token(Duration.ZERO, policies.group("owners", 1, "carol"))));
    Policy.Rule use = policies.use(2, "alice", "bob").ruleUse();
    gated.create("ca", new Policy(use, null, null, modify, false));
    Future<byte[]> signing = gated.signing("ca");
    String ours = gated.awaitAnnounced();

    String theirs =
        gated
            .post("/v1/modify", policies.modification("ca", 1, "alice"))
            .path("modifyKeyRequestId")
            .asText();
    assertThat(gated.requests())
        .containsExactly(Map.entry(ours, "PENDING"), Map.entry(theirs, "PENDING"));
    gated.simulator().approve(theirs, "carol");
    assertThat(signing.isDone()).isFalse();

    gated.simulator().approve(ours, "alice");
    gated.simulator().approve(ours, "bob");
    assertThat(gated.isGood(result(signing), "ca")).isTrue();
    assertThat(gated.requests())
        .containsExactly(Map.entry(ours, "EXECUTED"), Map.entry(theirs, "EXECUTED"));
    assertThat(gated.withdrawals()).isZero();
  }

  @Test
  void aKeyThatIsGatedSinceItWasReadIsAskedForOnce() throws Exception {
    gated.create("ca", Policies.free());
    KeyStore keyStore = gated.keyStore();
    assertThat(((HsmPrivateKey) keyStore.getKey("ca", null)).requiresApproval()).isFalse();
    gated.post(MODIFY, policies.modification("ca", 1, "alice"));

    Future<byte[]> signing = gated.running(() -> GatedHsm.sign(keyStore, "ca"));
    String request = gated.awaitAnnounced();
    assertThat(gated.log().awaitLine(request)).contains("may be approved by alice");
    gated.simulator().approve(request, "alice");

    assertThat(gated.isGood(result(signing), "ca")).isTrue();
    assertThat(gated.requests()).containsExactly(Map.entry(request, "EXECUTED"));
    assertThat(gated.simulator().requests())
        .containsEntry("POST /v1/synchronousSign", 1L)
        .containsEntry("POST /v1/sign", 1L);
  }

  @Test
  void aKeyThatIsFreeSinceItWasReadAsksNobodyAndSaysNothing() throws Exception {
    gated.create("ca", policies.use(1, "alice"));
    KeyStore keyStore = gated.keyStore();
    assertThat(((HsmPrivateKey) keyStore.getKey("ca", null)).requiresApproval()).isTrue();
    gated.post(MODIFY, Policies.liberation("ca"));

    assertThat(gated.isGood(GatedHsm.sign(keyStore, "ca"), "ca")).isTrue();
    assertThat(gated.requests().values()).containsExactly("EXECUTED");
    assertThat(gated.log().lines()).isEmpty();
  }
}
