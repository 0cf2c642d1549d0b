package io.hsmrest.client.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.Policy;
import io.hsmrest.client.model.RequestStatus;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressTextTest {
  private static final String ID = "1c82583f-2cd2-486d-8b03-63f91aad9b7a";
  private static final Octets ALICE = Octets.of(new byte[] {1});
  private static final Octets BOB = Octets.of(new byte[] {2});
  private static final Octets CAROL = Octets.of(new byte[] {3});

  static final Policy TWO_OF_THREE = twoOf("alice", "bob", "carol");

  static Policy twoOf(String first, String second, String third) {
    return new Policy(
        new Policy.Rule(
            List.of(
                new Policy.Token(
                    null,
                    Duration.ZERO,
                    Duration.ZERO,
                    List.of(
                        new Policy.Group(
                            null,
                            2,
                            List.of(
                                new Policy.Approver("public_key", first, ALICE),
                                new Policy.Approver("public_key", second, BOB),
                                new Policy.Approver("public_key", third, CAROL))))))),
        null,
        null,
        null,
        false);
  }

  private static ApprovalProgress progress(
      String operation, @Nullable RequestStatus status, int waitedSeconds) {
    return new ApprovalProgress(
        new PendingApproval(ID, "payments-ca", operation, TWO_OF_THREE),
        status,
        Duration.ofSeconds(waitedSeconds),
        Duration.ofSeconds(600 - waitedSeconds));
  }

  private static RequestStatus oneOfTwo() {
    return FakeRequests.status("PENDING", List.of(ALICE), List.of(BOB, CAROL), List.of());
  }

  @Test
  void announcesWhatWhichKeyTheWholeIdWhoAndHowLong() {
    assertThat(
            ProgressText.announcement(
                progress(
                    "sign",
                    FakeRequests.status(
                        "PENDING", List.of(), List.of(ALICE, BOB, CAROL), List.of()),
                    0)))
        .isEqualTo(
            "approval needed to sign with key 'payments-ca': request "
                + ID
                + ", may be approved by alice, bob, carol; waiting up to 10 min");
  }

  @Test
  void announcesWhoMayApproveBeforeTheServiceHasSaidSo() {
    assertThat(ProgressText.announcement(progress("sign", null, 0)))
        .isEqualTo(
            "approval needed to sign with key 'payments-ca': request "
                + ID
                + ", may be approved by alice, bob, carol; waiting up to 10 min");
  }

  @Test
  void announcesWithoutApproversWhereNobodyKnowsThem() {
    assertThat(
            ProgressText.announcement(
                new ApprovalProgress(
                    new PendingApproval("r1", "k", "sign", null),
                    null,
                    Duration.ZERO,
                    Duration.ofSeconds(90))))
        .isEqualTo("approval needed to sign with key 'k': request r1; waiting up to 90 s");
  }

  @ParameterizedTest
  @CsvSource({
    "sign, sign",
    "self-sign, self-sign",
    "CSR, make a CSR",
    "issue certificate, issue a certificate"
  })
  void saysWhatIsToBeDone(String operation, String words) {
    assertThat(ProgressText.announcement(progress(operation, null, 0)))
        .startsWith("approval needed to " + words + " with key 'payments-ca'");
  }

  @Test
  void theLineTellsCountsWhoIsMissingTheTimeLeftAndTheRequest() {
    assertThat(ProgressText.line(progress("sign", oneOfTwo(), 348)))
        .isEqualTo(
            "waiting for approval of sign with 'payments-ca': 1 of 2 approvals, missing: bob,"
                + " carol; 4:12 left; request 1c82583f...");
  }

  @Test
  void theLineTellsWhoRejected() {
    assertThat(
            ProgressText.line(
                progress(
                    "sign",
                    FakeRequests.status("PENDING", List.of(), List.of(CAROL), List.of(ALICE)),
                    1)))
        .contains("0 of 2 approvals, missing: carol, rejected by: alice; 9:59 left");
  }

  @Test
  void whatIsApprovedWaitsForTheHsmAndForNobodyElse() {
    assertThat(
            ProgressText.line(
                progress(
                    "sign",
                    FakeRequests.status("APPROVED", List.of(ALICE, BOB), List.of(CAROL), List.of()),
                    0)))
        .contains("2 of 2 approvals, waiting for the HSM; 10:00 left");
  }

  @Test
  void aSilentServiceIsCalledSo() {
    assertThat(ProgressText.line(progress("sign", null, 5)))
        .contains(": the service has not answered yet; 9:55 left;");
  }

  @Test
  void aNarrowTerminalGetsWhatTheAnnouncementHasNotTold() {
    assertThat(ProgressText.line(progress("sign", oneOfTwo(), 348), 79))
        .isEqualTo("4:12 left for request 1c82583f...: 1 of 2 approvals, missing: bob, carol");
    assertThat(ProgressText.line(progress("sign", oneOfTwo(), 348), 50))
        .isEqualTo("4:12 left for request 1c82583f...: 1 of 2 appro...")
        .hasSize(50);
    assertThat(ProgressText.line(progress("sign", oneOfTwo(), 348), 200))
        .isEqualTo(ProgressText.line(progress("sign", oneOfTwo(), 348)));
  }

  @Test
  void theEndTellsStateAndTime() {
    assertThat(ProgressText.end(progress("sign", FakeRequests.executed("x"), 12)))
        .isEqualTo("request " + ID + " to sign with key 'payments-ca': EXECUTED after 12 s");
    assertThat(ProgressText.end(progress("sign", null, 600)))
        .isEqualTo("request " + ID + " to sign with key 'payments-ca': no answer after 10 min");
  }

  @Test
  void namesFromElsewhereCannotMoveTheCursor() {
    PendingApproval pending = new PendingApproval("r\u001b[8m1", "k\u001b[2J\nx", "sign", null);
    ApprovalProgress progress =
        new ApprovalProgress(
            pending, FakeRequests.status("PEN\u0007DING"), Duration.ZERO, Duration.ofMinutes(1));
    assertThat(ProgressText.announcement(progress)).contains("with key 'k?[2J x'");
    assertThat(ProgressText.announcement(progress)).contains(": request r?[8m1;");
    assertThat(ProgressText.line(progress)).contains("with 'k?[2J x'").endsWith("; request r?[8m1");
    assertThat(ProgressText.end(progress)).startsWith("request r?[8m1 to ");
    assertThat(ProgressText.end(progress)).contains("'k?[2J x': PEN?DING after");
  }
}
