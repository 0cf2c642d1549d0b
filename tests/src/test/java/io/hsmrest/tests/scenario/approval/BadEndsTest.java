package io.hsmrest.tests.scenario.approval;

import static io.hsmrest.tests.scenario.approval.GatedHsm.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.client.approval.ApprovalCancelledException;
import io.hsmrest.client.approval.ApprovalException;
import io.hsmrest.client.approval.ApprovalExpiredException;
import io.hsmrest.client.approval.ApprovalRejectedException;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.Policy;
import io.hsmrest.client.model.RequestState;
import io.hsmrest.tests.scenario.CertificateFiles;
import io.hsmrest.tests.scenario.HsmContents;
import io.hsmrest.tests.scenario.Policies;
import io.hsmrest.tests.scenario.SoftwareKeys;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.SignatureException;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the program is told when people, the service or somebody else end its request. */
@Tag("scenario")
class BadEndsTest {
  private static final KeyPair DAVE = SoftwareKeys.newKeys();

  private final GatedHsm gated =
      new GatedHsm(
          """
          {"approvers": [{"name": "dave", "privateKey": "%s", "certificate": "%s"}]}"""
              .formatted(base64(DAVE.getPrivate().getEncoded()), certificate()));
  private final Policies policies = gated.policies();

  private static String certificate() {
    return CertificateFiles.pem(SoftwareKeys.selfSigned("Dave of audit", DAVE))
        .replaceAll("-----[^-]+-----|\\s", "");
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  @AfterEach
  void end() {
    gated.close();
  }

  private ApprovalException approvalFailure(Future<byte[]> signing) throws Exception {
    Throwable failure = failure(signing);
    assertThat(failure)
        .isInstanceOf(SignatureException.class)
        .hasMessageStartingWith("SHA256withECDSA with key 'ca': request ")
        .hasCauseInstanceOf(ApprovalException.class);
    assertThat(failure.getMessage()).contains(failure.getCause().getMessage());
    return (ApprovalException) failure.getCause();
  }

  @Test
  void aRejectionTellsWhoRejectedWhoApprovedAndWhatToDo() throws Exception {
    gated.create("ca", policies.use(2, "alice", "bob", "carol"));
    Future<byte[]> signing = gated.signing("ca");
    String request = gated.awaitAnnounced();
    gated.simulator().approve(request, "carol");
    gated.simulator().reject(request, "bob");
    assertThat(gated.log().awaitLine("rejected by: bob")).contains("1 of 2 approvals");
    assertThat(signing.isDone()).as("alice can still make the quorum").isFalse();
    gated.simulator().reject(request, "alice");

    assertThat(approvalFailure(signing))
        .isInstanceOf(ApprovalRejectedException.class)
        .hasMessageStartingWith("request " + request + " to sign with key 'ca' was rejected after ")
        .hasMessageContaining("REJECTED, 1 of 2 approvals")
        .hasMessageContaining("approved by: carol")
        .hasMessageContaining("rejected by: bob, alice")
        .hasMessageEndingWith("; talk to the approvers before you ask again")
        .satisfies(
            e -> {
              assertThat(e.requestId()).isEqualTo(request);
              assertThat(e.waited()).isPositive();
              assertThat(e.lastStatus())
                  .satisfies(
                      status -> {
                        assertThat(status.state()).isEqualTo(RequestState.REJECTED);
                        assertThat(status.approvedBy())
                            .containsExactly(Octets.ofBase64(policies.publicKey("carol")));
                        assertThat(status.rejectedBy()).hasSize(2);
                      });
            });
    assertThat(gated.requests()).containsExactly(Map.entry(request, "REJECTED"));
    assertThat(gated.withdrawals()).as("there is nothing to withdraw").isZero();
  }

  @Test
  void approversAreNamedByThePolicyByTheirCertificateOrByTheirKey() throws Exception {
    Policy.Group nameless = new Policy.Group("keys", 1, List.of(policies.approver("erin", null)));
    Policy.Group certified =
        new Policy.Group(
            "certificates",
            1,
            List.of(new Policy.Approver("certificate", null, Octets.ofBase64(certificate()))));
    gated.create(
        "ca",
        Policies.use(
            Policies.token(
                Duration.ZERO, policies.group("names", 1, "alice"), nameless, certified)));
    Future<byte[]> signing = gated.signing("ca");
    String request = gated.awaitAnnounced();
    String erin = "key SHA-256:" + fingerprint(policies.publicKey("erin"));
    String announced = gated.log().awaitLine("approval needed");
    assertThat(announced).contains("alice").contains(erin).contains("Dave of audit");

    gated.simulator().approve(request, "alice");
    assertThat(gated.log().awaitLine("1 of 3 approvals")).contains(erin).contains("Dave of audit");
    gated.simulator().reject(request, "erin");

    assertThat(approvalFailure(signing))
        .isInstanceOf(ApprovalRejectedException.class)
        .hasMessageContaining("rejected by: " + erin);
  }

  private static String fingerprint(String spki) throws Exception {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(Base64.getDecoder().decode(spki));
    return HexFormat.of().formatHex(digest).substring(0, 16);
  }

  @Test
  void theServicesOwnTimeRunsOutByThePolicy() throws Exception {
    gated.create(
        "ca",
        Policies.use(
            Policies.token(
                Duration.ZERO,
                Duration.ofMinutes(5),
                policies.group("Group1", 2, "alice", "bob"))));
    Future<byte[]> signing = gated.signing("ca", "approval.timeout = 30m");
    String request = gated.awaitAnnounced();
    gated.simulator().approve(request, "alice");
    gated.log().awaitLine("1 of 2 approvals");
    gated.simulator().advanceClock(Duration.ofMinutes(5).plusSeconds(1));

    assertThat(approvalFailure(signing))
        .isInstanceOf(ApprovalExpiredException.class)
        .hasMessageStartingWith(
            "request " + request + " to sign with key 'ca' expired at the service after ")
        .hasMessageContaining("EXPIRED, 1 of 2 approvals")
        .hasMessageContaining("missing: bob")
        .hasMessageEndingWith("ask again");
    assertThat(gated.requests()).containsExactly(Map.entry(request, "EXPIRED"));
    assertThat(gated.withdrawals()).isZero();
  }

  /** Whoever waits thirty minutes for what ends after five should know. */
  @Test
  void theAnnouncementSaysUntilWhenPeopleCanApprove() throws Exception {
    gated.create(
        "ca",
        Policies.use(
            Policies.token(
                Duration.ZERO, Duration.ofMinutes(5), policies.group("Group1", 1, "alice"))));
    gated.signing("ca", "approval.timeout = 30m");

    assertThat(gated.log().awaitLine("approval needed"))
        .contains("waiting up to 30 min")
        .contains("5 min");
  }

  @Test
  void somebodyElsesWithdrawalIsNoRejection() throws Exception {
    gated.create("ca", policies.use(1, "alice"));
    Future<byte[]> signing = gated.signing("ca");
    String request = gated.awaitAnnounced();
    HsmContents.of(gated.hsm()).session().client().cancelRequest(request);

    assertThat(approvalFailure(signing))
        .isInstanceOf(ApprovalCancelledException.class)
        .hasMessageStartingWith(
            "request " + request + " to sign with key 'ca' was cancelled at the service after ")
        .hasMessageContaining("CANCELLED, 0 of 1 approvals")
        .hasMessageContaining("somebody withdrew it");
    assertThat(gated.requests()).containsExactly(Map.entry(request, "CANCELLED"));
    assertThat(gated.withdrawals()).as("the other program's alone").isOne();
  }

  @Test
  void aKeyThatIsDeletedWhileItWaitsTakesItsRequestsAlong() throws Exception {
    gated.create("ca", policies.use(1, "alice"));
    gated.create("other", policies.use(1, "alice"));
    Future<byte[]> signing = gated.signing("ca");
    String request = gated.awaitAnnounced();
    HsmContents.of(gated.hsm()).delete("ca");

    assertThat(approvalFailure(signing))
        .isInstanceOf(ApprovalCancelledException.class)
        .hasMessageContaining(request)
        .hasMessageContaining("deleted its key");
    assertThat(gated.requests()).containsExactly(Map.entry(request, "CANCELLED"));
    assertThat(gated.withdrawals()).isZero();
  }

  /** Each use is asked for anew: nobody's no is remembered. */
  @Test
  void afterABadEndTheNextSignatureAsksAgain() throws Exception {
    gated.create("ca", policies.use(1, "alice"));
    var keyStore = gated.keyStore();
    Future<byte[]> first = gated.running(() -> GatedHsm.sign(keyStore, "ca"));
    gated.simulator().reject(gated.awaitAnnounced(), "alice");
    assertThat(approvalFailure(first)).isInstanceOf(ApprovalRejectedException.class);

    Future<byte[]> second = gated.running(() -> GatedHsm.sign(keyStore, "ca"));
    gated.simulator().approve(gated.awaitAnnounced(), "alice");
    assertThat(gated.isGood(GatedHsm.result(second), "ca")).isTrue();
    assertThat(gated.requests().values()).containsExactly("REJECTED", "EXECUTED");
  }
}
