package io.hsmrest.tests.scenario.approval;

import static io.hsmrest.tests.scenario.approval.GatedHsm.failure;
import static io.hsmrest.tests.scenario.approval.GatedHsm.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.client.approval.ApprovalTimedOutException;
import io.hsmrest.tests.scenario.Policies;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Keys that cannot be used before some time has passed, whoever has approved. */
@Tag("scenario")
class TimelockTest {
  private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

  private final GatedHsm gated = new GatedHsm();

  @BeforeEach
  void makeKey() {
    gated.create(
        "ca",
        Policies.use(
            Policies.token(
                TEN_MINUTES,
                Duration.ofHours(1),
                gated.policies().group("Group1", 1, "alice", "bob"))));
  }

  @AfterEach
  void end() {
    gated.close();
  }

  @Test
  void theAnnouncementSaysWhenItCanRunAtTheEarliest() throws Exception {
    Future<byte[]> signing = gated.signing("ca", "approval.timeout = 30m");
    String request = gated.awaitAnnounced();
    assertThat(gated.log().awaitLine("approval needed"))
        .contains(request)
        .contains("may be approved by alice, bob")
        .contains("at the earliest");
    assertThat(gated.log().warnings()).isEmpty();

    gated.simulator().approve(request, "alice");
    gated.log().awaitLine("1 of 1 approvals");
    assertThat(gated.requests()).containsExactly(Map.entry(request, "APPROVED"));
    assertThat(signing.isDone()).isFalse();

    gated.simulator().advanceClock(TEN_MINUTES);
    assertThat(gated.isGood(result(signing), "ca")).isTrue();
    assertThat(gated.requests()).containsExactly(Map.entry(request, "EXECUTED"));
  }

  @Test
  void whatIsApprovedAndLockedIsNotSaidToWaitForTheHsm() throws Exception {
    gated.signing("ca", "approval.timeout = 30m");
    gated.simulator().approve(gated.awaitAnnounced(), "alice");

    assertThat(gated.log().awaitLine("1 of 1 approvals"))
        .containsAnyOf("timelock", "earliest")
        .doesNotContain("waiting for the HSM");
  }

  @Test
  void aDeadlineBeforeTheEarliestInstantIsWarnedAboutAtTheStart() throws Exception {
    Future<byte[]> signing = gated.signing("ca", "approval.timeout = 9m");
    String request = gated.awaitAnnounced();

    assertThat(gated.log().awaitWarning("approval.timeout"))
        .contains(request)
        .contains("'ca'")
        .contains("earliest");

    gated.simulator().approve(request, "alice");
    gated.simulator().advanceClock(TEN_MINUTES);
    assertThat(gated.isGood(result(signing), "ca"))
        .as("the clocks of two machines may differ, so that it is tried all the same")
        .isTrue();
  }

  @Test
  void givingUpBeforeTheEarliestInstantSaysWhyNobodyCouldHaveHelped() throws Exception {
    Future<byte[]> signing = gated.signing("ca", "approval.timeout = 300ms");
    String request = gated.awaitAnnounced();

    assertThat(failure(signing))
        .hasCauseInstanceOf(ApprovalTimedOutException.class)
        .hasMessageContaining(request)
        .hasMessageContaining("earliest")
        .hasMessageContaining("approval.timeout");
    assertThat(gated.requests()).containsExactly(Map.entry(request, "CANCELLED"));
  }

  @Test
  void timeAloneNeedsNobody() throws Exception {
    gated.create("clock", Policies.use(Policies.token(TEN_MINUTES)));
    Future<byte[]> signing = gated.signing("clock", "approval.timeout = 30m");
    assertThat(gated.log().awaitLine("key 'clock'"))
        .contains("at the earliest")
        .doesNotContain("approved by");

    gated.simulator().advanceClock(TEN_MINUTES);
    assertThat(gated.isGood(result(signing), "clock")).isTrue();
    assertThat(gated.requests().values()).containsExactly("EXECUTED");
  }

  /** Of several alternatives the one that people can take at once is not held up. */
  @Test
  void anAlternativeWithoutTimelockRunsAtOnce() throws Exception {
    gated.create(
        "both",
        Policies.use(
            Policies.token(Duration.ZERO, gated.policies().group("all", 2, "alice", "bob")),
            Policies.token(Duration.ofDays(1), gated.policies().group("one", 1, "carol"))));
    Future<byte[]> signing = gated.signing("both");
    String request = gated.awaitAnnounced();
    gated.simulator().approve(request, "alice");
    gated.simulator().approve(request, "bob");

    assertThat(gated.isGood(result(signing), "both")).isTrue();
    assertThat(gated.log().warnings()).isEmpty();
  }
}
