package io.hsmrest.client.approval;

import static io.hsmrest.client.approval.FakeRequests.executed;
import static io.hsmrest.client.approval.FakeRequests.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hsmrest.client.ApprovalSettings;
import io.hsmrest.client.AuthenticationException;
import io.hsmrest.client.CapturedLogs;
import io.hsmrest.client.HsmConnectionException;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.HsmProtocolException;
import io.hsmrest.client.HsmResponseException;
import io.hsmrest.client.RateLimitedException;
import io.hsmrest.client.UnknownRequestException;
import io.hsmrest.client.VirtualTime;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.RequestStatus;
import io.hsmrest.client.model.ServiceError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class ApprovalWaiterTest {
  private static final PendingApproval PENDING = new PendingApproval("r1", "k", "sign", null);
  private static final Octets ALICE = Octets.of(new byte[] {1});
  private static final ServiceError NO_CODE = ServiceError.NONE;

  private final VirtualTime time = new VirtualTime();
  private final VirtualAlarm alarm = new VirtualAlarm(time);
  private final FakeRequests requests = new FakeRequests();
  private final List<ApprovalProgress> told = new ArrayList<>();
  private final List<ApprovalProgress> ends = new ArrayList<>();

  private final ApprovalListener listener =
      new ApprovalListener() {
        @Override
        public void waiting(ApprovalProgress progress) {
          told.add(progress);
        }

        @Override
        public void ended(ApprovalProgress progress) {
          ends.add(progress);
        }
      };

  private static ApprovalSettings settings(ApprovalSettings.GiveUp onGiveUp) {
    return new ApprovalSettings(
        Duration.ofMinutes(10),
        Duration.ofMillis(250),
        Duration.ofSeconds(5),
        onGiveUp,
        ApprovalSettings.Recovery.PROBE,
        false,
        ApprovalSettings.Progress.NONE,
        Map.of());
  }

  private ApprovalWaiter waiter(ApprovalSettings.GiveUp onGiveUp) {
    // A generator that always answers zero: intervals are half of what they may be at most.
    return new ApprovalWaiter(requests, settings(onGiveUp), listener, time, alarm, () -> 0L);
  }

  private final Thread caller = Thread.currentThread();

  private RequestStatus await() throws HsmException {
    return waiter(ApprovalSettings.GiveUp.CANCEL).await(PENDING);
  }

  private <T extends Throwable> T failure(Class<T> type) {
    T failure = catchThrowableOfType(type, this::await);
    assertThat(failure).isNotNull();
    return failure;
  }

  @Test
  void whatIsExecutedAlreadyIsNotWaitedFor() throws Exception {
    requests.then(executed("AQID"));
    assertThat(await().result()).isEqualTo("AQID");
    assertThat(requests.looked()).isEqualTo(1);
    assertThat(time.sleeps()).isEmpty();
    assertThat(told).isEmpty();
    assertThat(ends).hasSize(1);
  }

  @Test
  void waitsThroughPendingAndApproved() throws Exception {
    requests
        .then(status("PENDING"))
        .then(status("APPROVED"))
        .then(status("PENDING"))
        .then(executed("AQID"));
    assertThat(await().result()).isEqualTo("AQID");
    assertThat(requests.looked()).isEqualTo(4);
    assertThat(requests.cancelled()).isEmpty();
  }

  @Test
  void neverLooksAgainAfterTheEnd() throws Exception {
    // Services can be told to hand a result out only once (contract 2.4.1).
    requests
        .then(status("PENDING"))
        .then(executed("the result"))
        .then(
            id -> {
              throw new AssertionError("looked once more");
            });
    assertThat(await().result()).isEqualTo("the result");
    assertThat(ends.get(0).status())
        .isNotNull()
        .extracting(RequestStatus::stateName)
        .isEqualTo("EXECUTED");
  }

  @Test
  void intervalsGrowToTheLargest() throws Exception {
    List<Duration> at = new ArrayList<>();
    requests.then(
        id -> {
          at.add(time.passed());
          return at.size() == 14 ? executed("AQID") : status("PENDING");
        });
    await();
    List<Long> intervals = new ArrayList<>();
    for (int i = 1; i < at.size(); i++) {
      intervals.add(at.get(i).minus(at.get(i - 1)).toMillis());
    }
    // Half of 250 ms, then half as much again each time, up to half of 5 s.
    assertThat(intervals)
        .containsExactly(
            125L, 187L, 281L, 421L, 632L, 949L, 1423L, 2135L, 2500L, 2500L, 2500L, 2500L, 2500L);
  }

  @Test
  void theListenerHearsAtLeastEachSecond() throws Exception {
    requests.then(status("PENDING"));
    requests.then(id -> time.passed().toSeconds() < 60 ? status("PENDING") : executed("AQID"));
    await();
    for (int i = 1; i < told.size(); i++) {
      assertThat(told.get(i).waited().minus(told.get(i - 1).waited()))
          .isLessThanOrEqualTo(Duration.ofSeconds(1));
    }
    assertThat(told.get(0).waited()).isZero();
    assertThat(told.get(0).left()).isEqualTo(Duration.ofMinutes(10));
    assertThat(told)
        .allSatisfy(
            progress ->
                assertThat(progress.waited().plus(progress.left()))
                    .isEqualTo(Duration.ofMinutes(10)));
    assertThat(requests.looked()).isLessThan(told.size());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "REJECTED  | ApprovalRejectedException  | was rejected after 0 s (REJECTED, 0 approvals, rejected by: key SHA-256:4bf5122f344554c5); talk to the approvers before you ask again",
        "EXPIRED   | ApprovalExpiredException   | expired at the service after 0 s (EXPIRED, 0 approvals, rejected by: key SHA-256:4bf5122f344554c5); too few people approved within the time that the key's policy allows; ask again",
        "FAILED    | ApprovalFailedException    | failed in the HSM after 0 s (FAILED, 0 approvals, rejected by: key SHA-256:4bf5122f344554c5); the service tells no more, its log does; the key may be blocked, its policy may have changed meanwhile, or the algorithm does not fit it",
        "CANCELLED | ApprovalCancelledException | was cancelled at the service after 0 s (CANCELLED, 0 approvals, rejected by: key SHA-256:4bf5122f344554c5); somebody withdrew it, or deleted its key",
      })
  void eachBadEndHasItsOwnException(String state, String type, String message) {
    requests.then(status("PENDING")).then(status(state, List.of(), List.of(), List.of(ALICE)));
    ApprovalException failure = failure(ApprovalException.class);
    assertThat(failure.getClass().getSimpleName()).isEqualTo(type);
    assertThat(failure).hasMessage("request r1 to sign with key 'k' " + message);
    assertThat(failure.requestId()).isEqualTo("r1");
    assertThat(failure.waited()).isEqualTo(Duration.ofMillis(125));
    assertThat(failure.lastStatus())
        .isNotNull()
        .extracting(RequestStatus::stateName)
        .isEqualTo(state);
    assertThat(requests.cancelled()).isEmpty();
    assertThat(ends).hasSize(1);
  }

  @Test
  void givesUpWhenTheTimeIsOverAndWithdraws() {
    requests.then(status("PENDING", List.of(), List.of(ALICE), List.of()));
    ApprovalTimedOutException failure = failure(ApprovalTimedOutException.class);
    assertThat(failure)
        .hasMessage(
            "request r1 to sign with key 'k' was given up after 10 min (PENDING, 0 approvals,"
                + " missing: key SHA-256:4bf5122f344554c5); approval.timeout is over; the request is being withdrawn")
        .hasNoSuppressedExceptions();
    assertThat(failure.waited()).isEqualTo(Duration.ofMinutes(10));
    assertThat(requests.awaitCancelled()).containsExactly("r1");
  }

  @Test
  void looksOnceMoreWhenTheTimeIsOver() throws Exception {
    requests.then(
        id ->
            time.passed().compareTo(Duration.ofMinutes(10)) < 0
                ? status("PENDING")
                : executed("x"));
    assertThat(await().result()).isEqualTo("x");
  }

  @Test
  void givesUpAndKeepsTheRequestWhereThatIsSet() {
    requests.then(status("PENDING"));
    assertThatThrownBy(() -> waiter(ApprovalSettings.GiveUp.KEEP).await(PENDING))
        .isInstanceOf(ApprovalTimedOutException.class);
    assertThat(requests.cancelled()).isEmpty();
  }

  @Test
  void aWithdrawalThatFailsNeverHidesTheReason() {
    requests
        .then(status("PENDING"))
        .onCancel(
            id -> {
              throw new HsmResponseException("cancel request r1", 500, NO_CODE);
            });
    try (CapturedLogs logs = new CapturedLogs("io.hsmrest.approval")) {
      // Told in the exception too where it comes in time; see WithdrawalTest.
      assertThat(failure(ApprovalTimedOutException.class))
          .hasMessageContaining("approval.timeout is over");
      while (logs.messages(Level.WARNING).isEmpty()) {
        Thread.onSpinWait();
      }
      assertThat(logs.messages(Level.WARNING))
          .containsExactly("request r1 may still be approved: cancel request r1 refused: HTTP 500");
    }
  }

  @Test
  void waitsForAServiceThatIsAwayLikeForAnApprover() throws Exception {
    requests
        .then(status("PENDING"))
        .then(
            id -> {
              throw new HsmConnectionException("no answer", 4, false, null);
            })
        .then(
            id -> {
              throw new HsmResponseException("read request r1", 503, NO_CODE);
            })
        .then(
            id -> {
              throw new RateLimitedException("read request r1", 429, NO_CODE);
            })
        .then(
            id -> {
              throw new HsmResponseException(
                  "read request r1", 500, new ServiceError(703, "res.error.io", "disk"));
            })
        .then(executed("x"));
    assertThat(await().result()).isEqualTo("x");
  }

  @Test
  void tellsWhyTheServiceWasAwayAllTheTime() {
    HsmConnectionException away = new HsmConnectionException("no answer", 4, false, null);
    requests.then(
        id -> {
          throw away;
        });
    ApprovalTimedOutException failure = failure(ApprovalTimedOutException.class);
    assertThat(failure)
        .hasCause(away)
        .hasMessage(
            "request r1 to sign with key 'k' was given up after 10 min; approval.timeout is over;"
                + " the request is being withdrawn");
    assertThat(failure.lastStatus()).isNull();
    assertThat(requests.awaitCancelled()).containsExactly("r1");
    assertThat(told).isNotEmpty().allSatisfy(progress -> assertThat(progress.status()).isNull());
  }

  private static Stream<HsmException> oddAnswers() {
    return Stream.of(
        new HsmResponseException("read request r1", 400, NO_CODE),
        new HsmResponseException("read request r1", 404, NO_CODE),
        new HsmResponseException("read request r1", 407, NO_CODE),
        new HsmProtocolException("read request r1 failed: no JSON", null),
        new HsmException("looking at request r1 failed", new IllegalStateException()));
  }

  @ParameterizedTest
  @MethodSource("oddAnswers")
  void anAnswerThatSaysNothingAboutTheRequestIsWarnedAboutOnceAndWaitedOn(HsmException odd)
      throws Exception {
    requests
        .then(status("PENDING"))
        .then(
            id -> {
              if (time.passed().toMinutes() < 5) {
                throw odd;
              }
              return executed("x");
            });
    try (CapturedLogs logs = new CapturedLogs("io.hsmrest.approval")) {
      assertThat(await().result()).isEqualTo("x");
      assertThat(logs.messages(Level.WARNING))
          .containsExactly("request r1 cannot be looked at, waiting on: " + odd.getMessage());
    }
  }

  @Test
  void whatTheServiceItselfDoesNotKnowEndsTheWaitingAtOnce() {
    UnknownRequestException gone =
        new UnknownRequestException("read request r1", 404, new ServiceError(651, "r", "gone"));
    requests
        .then(status("PENDING"))
        .then(
            id -> {
              throw gone;
            });
    assertThatThrownBy(this::await).isSameAs(gone);
    assertThat(ends).hasSize(1);
    assertThat(requests.looked()).isEqualTo(2);
    assertThat(requests.cancelled()).isEmpty();
  }

  private static Stream<HsmResponseException> refusals() {
    return Stream.of(
        new AuthenticationException("read request r1", 401, NO_CODE),
        new HsmResponseException("read request r1", 403, NO_CODE),
        new HsmResponseException("read request r1", 400, new ServiceError(600, "r", "no")));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void aRefusalNowAndThenIsWaitedOn(HsmResponseException refusal) throws Exception {
    requests.then(
        id -> {
          if (time.passed().toMinutes() >= 5) {
            return executed("x");
          }
          if (requests.looked() % 4 == 0) {
            return status("PENDING");
          }
          throw refusal;
        });
    assertThat(await().result()).isEqualTo("x");
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void aRefusalThatStaysEndsTheWaitingAndTheRequestIsWithdrawn(HsmResponseException refusal) {
    refuseAfterOneLook(refusal);
    ApprovalUnreadableException failure = failure(ApprovalUnreadableException.class);
    assertThat(failure)
        .hasCause(refusal)
        .hasMessage(
            "request r1 to sign with key 'k' was given up after %s s (PENDING, 0 approvals); the"
                    .formatted(failure.waited().toSeconds())
                + " service does not let it be looked at ("
                + refusal.getMessage()
                + "); the request is being withdrawn");
    assertThat(failure.waited()).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(36));
    assertThat(requests.awaitCancelled()).containsExactly("r1");
    assertThat(ends).hasSize(1);
  }

  @Test
  void aRefusalThatStaysLeavesTheRequestWhereThatIsSet() {
    refuseAfterOneLook(new AuthenticationException("read request r1", 401, NO_CODE));
    assertThatThrownBy(() -> waiter(ApprovalSettings.GiveUp.KEEP).await(PENDING))
        .isInstanceOf(ApprovalUnreadableException.class)
        .hasMessageEndingWith("; the request stays, and may still be approved");
    assertThat(requests.cancelled()).isEmpty();
  }

  private void refuseAfterOneLook(HsmResponseException refusal) {
    requests
        .then(status("PENDING"))
        .then(
            id -> {
              throw refusal;
            });
  }

  /** Intervals are long there: three refusals it takes, however late they come. */
  @Test
  void twoRefusalsAreNoEndHoweverLongTheyLast() throws Exception {
    requests
        .then(status("PENDING"))
        .then(
            id -> {
              time.pass(Duration.ofMinutes(1));
              throw new AuthenticationException("read request r1", 401, NO_CODE);
            })
        .then(
            id -> {
              time.pass(Duration.ofMinutes(1));
              throw new AuthenticationException("read request r1", 401, NO_CODE);
            })
        .then(executed("x"));
    assertThat(await().result()).isEqualTo("x");
  }

  @Test
  void anUnknownStateIsWarnedAboutOnceWaitedOnAndLeftAlone() {
    requests.then(status("ON_HOLD"));
    try (CapturedLogs logs = new CapturedLogs("io.hsmrest.approval")) {
      assertThat(failure(UnknownRequestStateException.class))
          .hasMessage(
              "request r1 to sign with key 'k' is in a state that this version does not know after"
                  + " 10 min (ON_HOLD, 0 approvals); approval.timeout is over and it was left as"
                  + " it is");
      assertThat(logs.messages(Level.WARNING))
          .containsExactly("request r1 is in the unknown state 'ON_HOLD'; waiting on");
    }
    assertThat(requests.cancelled()).isEmpty();
  }

  @Test
  void anUnknownStateMayEndWell() throws Exception {
    requests.then(status("ON_HOLD")).then(executed("x"));
    assertThat(await().result()).isEqualTo("x");
  }

  @Test
  void anInterruptEndsAPauseAndWithdraws() {
    requests.then(
        id -> {
          if (requests.looked() == 3) {
            alarm.hold();
            caller.interrupt();
          }
          return status("PENDING");
        });
    ApprovalInterruptedException failure = failure(ApprovalInterruptedException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(failure)
        .hasMessage(
            "request r1 to sign with key 'k' was given up after 0 s (PENDING, 0 approvals); the"
                + " waiting thread was interrupted; the request is being withdrawn")
        .hasCauseInstanceOf(InterruptedException.class);
    assertThat(requests.awaitCancelled()).containsExactly("r1");
    assertThat(requests.looked()).isEqualTo(3);
  }

  @Test
  void anInterruptDuringALookIsNoTimeOut() {
    requests.then(
        id -> {
          if (requests.looked() == 1) {
            caller.interrupt();
          }
          time.pass(Duration.ofMinutes(11));
          throw new HsmConnectionException("read request r1 was interrupted", 1, false, null);
        });
    failure(ApprovalInterruptedException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(requests.awaitCancelled()).containsExactly("r1");
  }

  @Test
  void theWithdrawalAfterAnInterruptIsNotInterrupted() {
    List<Boolean> flags = new ArrayList<>();
    requests
        .then(
            id -> {
              alarm.hold();
              caller.interrupt();
              return status("PENDING");
            })
        .onCancel(id -> flags.add(Thread.currentThread().isInterrupted()));
    failure(ApprovalInterruptedException.class);
    assertThat(Thread.interrupted()).isTrue();
    requests.awaitCancelled();
    assertThat(flags).containsExactly(false);
  }

  @Test
  void aResultThatIsThereIsKeptInSpiteOfAnInterrupt() throws Exception {
    requests.then(
        id -> {
          caller.interrupt();
          return executed("x");
        });
    assertThat(await().result()).isEqualTo("x");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void whoIsInterruptedDoesNotWaitForAServiceThatDoesNotAnswer() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    CompletableFuture<String> canceller = new CompletableFuture<>();
    requests
        .then(
            id -> {
              alarm.hold();
              caller.interrupt();
              return status("PENDING");
            })
        .onCancel(
            id -> {
              canceller.complete(Thread.currentThread().getName());
              awaitQuietly(never);
            });
    ApprovalWaiter waiter =
        new ApprovalWaiter(
            requests, settings(ApprovalSettings.GiveUp.CANCEL), listener, time, alarm, () -> 0L);
    // Returns although the cancellation does not.
    assertThatThrownBy(() -> waiter.await(PENDING))
        .isInstanceOf(ApprovalInterruptedException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(canceller.get()).isEqualTo("hsmrest-approvals");
    never.countDown();
  }

  @Test
  void whoGivesUpGoesOnWithinAFifthOfASecond() {
    assertThat(ApprovalWaiter.GRACE.plus(ApprovalEnd.AT_ONCE))
        .isLessThanOrEqualTo(Duration.ofMillis(200));
  }

  private ApprovalWaiter soonOver() {
    ApprovalSettings settings = settings(ApprovalSettings.GiveUp.CANCEL);
    return new ApprovalWaiter(
        requests,
        new ApprovalSettings(
            Duration.ofMillis(1),
            settings.pollFirst(),
            settings.pollLargest(),
            settings.onGiveUp(),
            settings.recover(),
            settings.resume(),
            settings.progress(),
            settings.metadata()),
        listener,
        time,
        alarm,
        () -> 0L);
  }

  @Test
  void aLookThatHangsHoldsNobodyUpAndWhatHasEndedIsNotWithdrawnAfterwards() throws Exception {
    CountDownLatch after = new CountDownLatch(1);
    CompletableFuture<Thread> poller = new CompletableFuture<>();
    requests.then(
        id -> {
          poller.complete(Thread.currentThread());
          awaitQuietly(after);
          return status("REJECTED");
        });
    assertThatThrownBy(() -> soonOver().await(PENDING))
        .isInstanceOf(ApprovalTimedOutException.class);
    after.countDown();
    poller.get().join();
    assertThat(requests.cancelled()).isEmpty();
  }

  @Test
  void aLookThatHangsHoldsNobodyUpAndWhatIsOpenIsWithdrawnAfterwards() throws Exception {
    CountDownLatch after = new CountDownLatch(1);
    requests.then(
        id -> {
          awaitQuietly(after);
          return status("PENDING");
        });
    assertThatThrownBy(() -> soonOver().await(PENDING))
        .isInstanceOf(ApprovalTimedOutException.class);
    after.countDown();
    assertThat(requests.awaitCancelled()).containsExactly("r1");
  }

  @Test
  void anInterruptAtTheVeryDeadlineIsNoTimeOut() {
    WatchedRequest request =
        new WatchedRequest(PENDING, listener, true, time.instant(), time.instant());
    ApprovalEnd end =
        new ApprovalEnd(
            settings(ApprovalSettings.GiveUp.CANCEL),
            time,
            new Withdrawal(requests, Runnable::run),
            new RequestHolders());
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> end.failed(request, new TimeoutException(), Duration.ZERO))
        .isInstanceOf(ApprovalInterruptedException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(requests.cancelled()).containsExactly("r1");
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void manyMayWaitThroughOneWaiter() throws Exception {
    requests
        .then(status("PENDING"))
        .then(executed("one"))
        .then(status("PENDING"))
        .then(executed("two"));
    ApprovalWaiter waiter = waiter(ApprovalSettings.GiveUp.CANCEL);
    assertThat(waiter.await(PENDING).result()).isEqualTo("one");
    assertThat(waiter.await(new PendingApproval("r2", "k", "CSR", null)).result()).isEqualTo("two");
    assertThat(ends).hasSize(2);
  }
}
