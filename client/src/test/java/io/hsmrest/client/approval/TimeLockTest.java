package io.hsmrest.client.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.client.CapturedLogs;
import io.hsmrest.client.Clients;
import io.hsmrest.client.VirtualTime;
import io.hsmrest.client.model.Policy;
import io.hsmrest.client.model.RequestState;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Policies that ask for time to pass (contract 5.2). */
@Timeout(60)
class TimeLockTest {
  private final VirtualTime time = new VirtualTime();
  private final InMemoryApprovals service = new InMemoryApprovals(time);

  private static Policy policy(Policy.@Nullable Rule rule) {
    return new Policy(rule, null, null, null, false);
  }

  /** Alternatives with these time locks in minutes. */
  private static Policy locked(int... minutes) {
    List<Policy.Group> group =
        List.of(
            new Policy.Group("g", 1, List.of(new Policy.Approver("public_key", "alice", null))));
    return policy(
        new Policy.Rule(
            Arrays.stream(minutes)
                .mapToObj(m -> new Policy.Token("t", Duration.ofMinutes(m), Duration.ZERO, group))
                .toList()));
  }

  @Test
  void theShortestOfTheAlternativesCounts() {
    assertThat(locked(30, 10, 20).earliestUse()).isEqualTo(Duration.ofMinutes(10));
    assertThat(locked(30, 0).earliestUse()).isZero();
  }

  @Test
  void withoutAnyThereIsNothingToWaitFor() {
    assertThat(policy(null).earliestUse()).isZero();
    assertThat(policy(new Policy.Rule(null)).earliestUse()).isZero();
    assertThat(policy(new Policy.Rule(List.of())).earliestUse()).isZero();
  }

  private ApprovalProgress begun(@Nullable Policy policy) {
    return new ApprovalProgress(
        new PendingApproval("r1", "k", "sign", policy),
        null,
        Duration.ZERO,
        Duration.ofMinutes(45));
  }

  @Test
  void theAnnouncementSaysWhenItCanRun() {
    assertThat(ProgressText.announcement(begun(locked(30))))
        .isEqualTo(
            "approval needed to sign with key 'k': request r1, may be approved by alice, can run"
                + " 30 min after it was made at the earliest; waiting up to 45 min");
    assertThat(ProgressText.announcement(begun(locked(1)))).contains("can run 60 s after");
    assertThat(ProgressText.announcement(begun(locked(0)))).doesNotContain("earliest");
    assertThat(ProgressText.announcement(begun(null))).doesNotContain("earliest");
  }

  @ParameterizedTest(name = "{0} min and approval.timeout={1}")
  @CsvSource({"9, 10m, false", "10, 10m, true", "30, 10m, true", "30, 1h, false"})
  void aDeadlineThatLeavesNoRoomIsWarnedAbout(int minutes, String timeout, boolean warned)
      throws Exception {
    ApprovalWaiter waiter =
        new ApprovalWaiter(
            service,
            Clients.approvals("approval.timeout=" + timeout),
            new ApprovalListener() {},
            time,
            new VirtualAlarm(time),
            () -> 0L);
    String id =
        service.earlier(TestSigning.payload("p"), RequestState.EXECUTED, Duration.ofSeconds(1));
    PendingApproval pending = new PendingApproval(id, "k", "sign", locked(minutes));
    try (CapturedLogs logs = new CapturedLogs("io.hsmrest.approval")) {
      waiter.await(pending);
      waiter.awaitLater(pending, time.instant(), Runnable::run).get();
      String expected =
          "request request-00000 with key 'k' can run "
              + minutes
              + " min after it was made at the earliest, and approval.timeout gives it up after"
              + " 10 min; raise approval.timeout";
      assertThat(logs.messages(Level.WARNING))
          .isEqualTo(warned ? List.of(expected, expected) : List.of());
    }
  }
}
