package io.hsmrest.tests.scenario.approval;

import static io.hsmrest.tests.scenario.approval.GatedHsm.failure;
import static io.hsmrest.tests.scenario.approval.GatedHsm.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.client.approval.ApprovalRejectedException;
import io.hsmrest.tests.scenario.Policies;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How many people it takes, and how a wait says which of them are missing. */
@Tag("scenario")
class QuorumTest {
  private final GatedHsm gated = new GatedHsm();
  private final Policies policies = gated.policies();

  @AfterEach
  void end() {
    gated.close();
  }

  @Test
  void oneOfTwoApprovalsKeepsWaitingAndTheSecondEndsIt() throws Exception {
    gated.create("ca", policies.use(2, "alice", "bob", "carol"));
    Future<byte[]> signing = gated.signing("ca", "approval.timeout = 5m");

    String request = gated.awaitAnnounced();
    assertThat(gated.log().awaitLine("approval needed"))
        .isEqualTo(
            "approval needed to sign with key 'ca': request "
                + request
                + ", may be approved by alice, bob, carol; waiting up to 5 min");

    gated.simulator().approve(request, "bob");
    assertThat(gated.log().awaitLine("1 of 2"))
        .startsWith(
            "waiting for approval of sign with 'ca': 1 of 2 approvals, missing: alice, carol; 4:5")
        .endsWith(" left; request " + request.substring(0, 8) + "...");
    assertThat(signing.isDone()).isFalse();
    assertThat(gated.requests()).containsExactly(Map.entry(request, "PENDING"));

    gated.simulator().approve(request, "alice");
    assertThat(gated.isGood(result(signing), "ca")).isTrue();
    assertThat(gated.requests()).containsExactly(Map.entry(request, "EXECUTED"));
    assertThat(gated.withdrawals()).isZero();
    assertThat(gated.log().awaitLine("EXECUTED"))
        .startsWith("request " + request + " to sign with key 'ca': EXECUTED after ");
  }

  @Test
  void eachGroupNeedsItsOwnQuorum() throws Exception {
    gated.create(
        "ca",
        Policies.use(
            Policies.token(
                Duration.ZERO,
                policies.group("operations", 2, "alice", "bob", "dave"),
                policies.group("audit", 1, "carol", "erin"))));
    Future<byte[]> signing = gated.signing("ca");
    String request = gated.awaitAnnounced();

    gated.simulator().approve(request, "alice");
    gated.simulator().approve(request, "bob");
    gated.log().awaitLine("2 of 3 approvals");
    assertThat(signing.isDone()).isFalse();

    gated.simulator().approve(request, "erin");
    assertThat(gated.isGood(result(signing), "ca")).isTrue();
    assertThat(gated.requests()).containsExactly(Map.entry(request, "EXECUTED"));
  }

  /** Dave has been asked too, and his approval would change nothing any more. */
  @Test
  void whoeverIsInAGroupThatIsCompleteIsNotMissing() throws Exception {
    gated.create(
        "ca",
        Policies.use(
            Policies.token(
                Duration.ZERO,
                policies.group("operations", 1, "alice", "dave"),
                policies.group("audit", 1, "carol", "erin"))));
    Future<byte[]> signing = gated.signing("ca");
    String request = gated.awaitAnnounced();
    gated.simulator().approve(request, "alice");

    assertThat(gated.log().awaitLine("1 of 2 approvals")).contains("missing: carol, erin;");
    gated.simulator().approve(request, "carol");
    assertThat(gated.isGood(result(signing), "ca")).isTrue();
  }

  /** As many approvals as the quorums add up to are not enough when they are of one group. */
  @Test
  void moreThanTheQuorumOfOneGroupDoesNotCountForAnother() throws Exception {
    gated.create(
        "ca",
        Policies.use(
            Policies.token(
                Duration.ZERO,
                policies.group("operations", 1, "alice", "dave"),
                policies.group("audit", 1, "carol"))));
    Future<byte[]> signing = gated.signing("ca");
    String request = gated.awaitAnnounced();
    gated.simulator().approve(request, "alice");
    gated.log().awaitLine("1 of 2 approvals");
    gated.simulator().approve(request, "dave");
    gated.simulator().reject(request, "carol");

    assertThat(failure(signing))
        .hasCauseInstanceOf(ApprovalRejectedException.class)
        .hasMessageContaining("rejected by: carol")
        .hasMessageNotContaining("2 of 2 approvals");
    assertThat(gated.requests()).containsExactly(Map.entry(request, "REJECTED"));
  }

  @Test
  void oneAlternativeIsEnough() throws Exception {
    gated.create(
        "ca",
        Policies.use(
            Policies.token(Duration.ZERO, policies.group("operations", 2, "alice", "bob")),
            Policies.token(Duration.ZERO, policies.group("management", 1, "carol"))));
    Future<byte[]> signing = gated.signing("ca");
    String request = gated.awaitAnnounced();
    assertThat(gated.log().awaitLine("approval needed"))
        .contains("may be approved by alice, bob, carol");

    gated.simulator().approve(request, "carol");
    assertThat(gated.isGood(result(signing), "ca")).isTrue();
    assertThat(gated.requests()).containsExactly(Map.entry(request, "EXECUTED"));
  }

  @Test
  void twoSignaturesWithOneKeyAreTwoRequestsAndNeitherWaitsForTheOther() throws Exception {
    gated.create("ca", policies.use(1, "alice"));
    Future<byte[]> first = gated.signing("ca");
    String firstRequest = gated.awaitAnnounced();
    Future<byte[]> second = gated.signing("ca");
    String secondRequest = awaitOtherThan(firstRequest);

    gated.simulator().approve(secondRequest, "alice");
    assertThat(gated.isGood(result(second), "ca")).isTrue();
    assertThat(first.isDone()).isFalse();
    gated.simulator().approve(firstRequest, "alice");
    assertThat(gated.isGood(result(first), "ca")).isTrue();

    assertThat(gated.requests())
        .containsExactly(Map.entry(firstRequest, "EXECUTED"), Map.entry(secondRequest, "EXECUTED"));
  }

  /** The other's announcement tells its id. */
  private String awaitOtherThan(String request) throws Exception {
    while (true) {
      List<String> others =
          gated.requests().keySet().stream().filter(id -> !id.equals(request)).toList();
      if (!others.isEmpty()) {
        gated.log().awaitLine(others.get(0));
        return others.get(0);
      }
    }
  }

  @Test
  void lookingAtAGatedKeyAsksNobody() throws Exception {
    gated.create("ca", policies.use(1, "alice"));
    var keyStore = gated.keyStore("keys.withoutCertificate = placeholder");

    assertThat(keyStore.size()).isOne();
    assertThat(keyStore.getKey("ca", null))
        .isInstanceOfSatisfying(
            io.hsmrest.keystore.HsmPrivateKey.class,
            key -> assertThat(key.requiresApproval()).isTrue());
    assertThat(keyStore.getCertificateChain("ca")).hasSize(1);
    assertThat(gated.requests()).isEmpty();
  }
}
