package io.hsmrest.client.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hsmrest.client.ApprovalSettings;
import io.hsmrest.client.CapturedLogs;
import io.hsmrest.client.Clients;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.HsmProtocolException;
import io.hsmrest.client.HsmResponseException;
import io.hsmrest.client.RequestOutcomeUnknownException;
import io.hsmrest.client.Sleeper;
import io.hsmrest.client.VirtualTime;
import io.hsmrest.client.approval.InMemoryApprovals.Fate;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.RequestState;
import io.hsmrest.client.model.ServiceError;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What follows a lost answer to a creation, step by step. */
@Timeout(60)
class LostRequestTest {
  private static final Octets PAYLOAD = TestSigning.payload("ours");
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final String LOST = "the answer was lost; it was not sent again: look first";

  private final VirtualTime time = new VirtualTime();
  private final VirtualAlarm alarm = new VirtualAlarm(time);
  private final InMemoryApprovals service = new InMemoryApprovals(time);
  private final RequestLedger ledger = new RequestLedger(service, time);
  private Sleeper sleeper = time;

  private ApprovedRequests requests(String... settings) throws HsmException {
    ApprovalSettings approvals = Clients.approvals(settings);
    return new ApprovedRequests(
        approvals,
        new ApprovalWaiter(service, approvals, new ApprovalListener() {}, time, alarm, () -> 0L),
        ledger,
        new Resumption(service, approvals, null),
        duration -> sleeper.sleep(duration));
  }

  private TestSigning signing() {
    return new TestSigning(service::submitSign, PAYLOAD);
  }

  /** The first creations end so, all others are answered. */
  private void fates(Fate... first) {
    Deque<Fate> fates = new ArrayDeque<>(Arrays.asList(first));
    service.losing(
        payload -> {
          Fate fate = fates.poll();
          return fate == null ? Fate.ANSWERED : fate;
        });
  }

  private RequestOutcomeUnknownException failure(String... settings) throws HsmException {
    ApprovedRequests requests = requests(settings);
    RequestOutcomeUnknownException failure =
        catchThrowableOfType(RequestOutcomeUnknownException.class, () -> requests.run(signing()));
    assertThat(failure).isNotNull();
    return failure;
  }

  private String ours() {
    List<String> made = service.requestsFor(PAYLOAD);
    assertThat(made).hasSize(1);
    return PAYLOAD.toBase64() + ":" + made.get(0);
  }

  @Test
  void whatDidNotArriveIsSentAgainAfterASecondLook() throws Exception {
    fates(Fate.LOST_BEFORE_ARRIVAL);
    assertThat(requests().run(signing())).isEqualTo(ours());
    // The baseline, one look at once, one two seconds later.
    assertThat(service.lists())
        .containsExactly(VirtualTime.START, VirtualTime.START, VirtualTime.START.plusSeconds(2));
  }

  @Test
  void eachFurtherLossIsGivenTwiceTheTime() throws Exception {
    fates(Fate.LOST_BEFORE_ARRIVAL, Fate.LOST_BEFORE_ARRIVAL, Fate.LOST_BEFORE_ARRIVAL);
    assertThat(requests().run(signing())).isEqualTo(ours());
    assertThat(time.sleeps())
        .containsSubsequence(Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(8));
  }

  @Test
  void whatArrivesLateIsFoundAndNotSentAgain() throws Exception {
    fates(Fate.LOST_AND_LATE);
    assertThat(requests().run(signing())).isEqualTo(ours());
  }

  @Test
  void aRequestOfOthersDoesNotCutShortTheTimeForOursToArrive() throws Exception {
    fates(Fate.LOST_AND_LATE);
    service.onCreation(id -> service.foreign(RequestState.EXECUTED, Duration.ZERO));
    assertThat(requests().run(signing())).isEqualTo(ours());
  }

  @Test
  void whatWasExecutedForOthersIsIgnored() throws Exception {
    fates(Fate.LOST_BEFORE_ARRIVAL);
    service.onCreation(
        id -> {
          if (id.equals("none")) {
            service.foreign(RequestState.EXECUTED, Duration.ofSeconds(30));
          }
        });
    assertThat(requests().run(signing())).isEqualTo(ours());
    assertThat(time.passed()).isGreaterThan(Duration.ofSeconds(30));
  }

  @Test
  void whatWasThereBeforeIsNoCandidate() throws Exception {
    service.foreign(RequestState.REJECTED, Duration.ZERO);
    service.foreign(RequestState.EXECUTED, Duration.ofHours(3));
    fates(Fate.LOST_AFTER_CREATION);
    assertThat(requests().run(signing())).isEqualTo(ours());
    assertThat(service.looks()).allMatch(look -> look.id().equals("request-00002"));
  }

  @Test
  void aCandidateThatAnotherOperationOfOursOwnsIsLetGo() throws Exception {
    fates(Fate.LOST_BEFORE_ARRIVAL);
    service.onCreation(
        id -> {
          if (id.equals("none")) {
            service.foreign(RequestState.EXECUTED, Duration.ofDays(1000));
          }
        });
    boolean[] claimed = {false};
    service.beforeEachLook(
        () -> {
          if (time.passed().compareTo(Duration.ofSeconds(10)) > 0 && !claimed[0]) {
            claimed[0] = true;
            // Its answer has come to the other one at last.
            assertThat(ledger.claim("request-00000")).isTrue();
          }
        });
    assertThat(requests("approval.timeout=100000h").run(signing())).isEqualTo(ours());
    assertThat(time.passed()).isLessThan(Duration.ofDays(1000));
  }

  @Test
  void aRequestIsClaimedOnceOnly() {
    assertThat(ledger.claim("r")).isTrue();
    assertThat(ledger.claim("r")).isFalse();
    assertThat(ledger.isClaimed("r")).isTrue();
    assertThat(ledger.isClaimed("other")).isFalse();
  }

  @Test
  void whoComesToAClaimedRequestIsLetGoAtOnce() {
    WatchedRequest request =
        new WatchedRequest(
            signing().pending("r"),
            new ApprovalListener() {},
            false,
            time.instant(),
            time.instant());
    ledger.claim("r");
    ledger.contest(request);
    assertThat(request.ended()).isCancelled();
  }

  @Test
  void aRejectedCandidateLeavesItOpenAndIsNamed() throws Exception {
    fates(Fate.LOST_BEFORE_ARRIVAL);
    service.onCreation(id -> service.foreign(RequestState.REJECTED, Duration.ofSeconds(5)));
    assertThat(failure())
        .hasMessage(LOST + "; one of these requests may be this operation's: request-00000")
        .cause()
        .hasMessage(LOST);
    assertThat(service.requestsFor(PAYLOAD)).isEmpty();
  }

  @Test
  void oursIsFoundAmongRejectedOnes() throws Exception {
    fates(Fate.LOST_AFTER_CREATION);
    service.onCreation(id -> service.foreign(RequestState.REJECTED, Duration.ZERO));
    assertThat(requests().run(signing())).isEqualTo(ours());
  }

  @Test
  void theDeadlineBoundsTheSearchAndNamesWhatIsStillOpen() throws Exception {
    fates(Fate.LOST_BEFORE_ARRIVAL);
    service.onCreation(
        id -> {
          service.foreign(RequestState.EXECUTED, Duration.ofDays(1));
          service.foreign(RequestState.EXECUTED, Duration.ofDays(1));
        });
    assertThat(failure("approval.timeout=5m"))
        .hasMessage(
            LOST + "; one of these requests may be this operation's: request-00000, request-00001");
    assertThat(time.passed()).isEqualTo(Duration.ofMinutes(5));
    // They may be anybody's.
    assertThat(service.cancelled()).isEmpty();
  }

  @Test
  void oursThatIsExecutedAtTheLastMomentIsFoundAmongThoseStillOpen() throws Exception {
    fates(Fate.LOST_AFTER_CREATION);
    service.taking(Duration.ofMinutes(5));
    service.onCreation(
        id -> {
          for (int i = 0; i < 5; i++) {
            service.foreign(RequestState.EXECUTED, Duration.ofDays(1));
          }
        });
    assertThat(requests("approval.timeout=5m").run(signing())).isEqualTo(ours());
  }

  @Test
  void theDeadlineBoundsTheWaitForAServiceThatIsAway() throws Exception {
    fates(Fate.LOST_BEFORE_ARRIVAL);
    service.onCreation(id -> service.silent(true));
    assertThat(failure("approval.timeout=5m")).hasMessage(LOST);
    assertThat(time.passed())
        .isBetween(Duration.ofMinutes(5), Duration.ofMinutes(5).plusSeconds(2));
  }

  @Test
  void aServiceThatComesBackIsAskedTwiceBeforeAnythingIsSentAgain() throws Exception {
    fates(Fate.LOST_BEFORE_ARRIVAL);
    service.onCreation(id -> service.silent(id.equals("none")));
    sleeper =
        duration -> {
          time.sleep(duration);
          service.silent(time.passed().compareTo(Duration.ofSeconds(20)) < 0);
        };
    assertThat(requests().run(signing())).isEqualTo(ours());
    assertThat(service.lists())
        .containsExactly(
            VirtualTime.START,
            VirtualTime.START.plusSeconds(20),
            VirtualTime.START.plusSeconds(22));
  }

  @Test
  void whereThatIsSetALostAnswerIsAnErrorAtOnce() throws Exception {
    fates(Fate.LOST_AFTER_CREATION);
    assertThat(failure("approval.recover=fail")).hasMessage(LOST);
    assertThat(service.lists()).isEmpty();
    assertThat(time.passed()).isZero();
    assertThat(service.requestsFor(PAYLOAD)).hasSize(1);
  }

  @Test
  void withoutListsALostAnswerIsAnErrorAtOnce() throws Exception {
    fates(Fate.LOST_AFTER_CREATION);
    service.failLists(new HsmResponseException("list requests", 404, ServiceError.NONE));
    try (CapturedLogs logs = new CapturedLogs("io.hsmrest.approval")) {
      assertThat(failure()).hasMessage(LOST).hasNoSuppressedExceptions();
      assertThat(logs.messages(Level.INFO))
          .containsExactly(
              "the service does not list requests, a lost answer will be an error: list requests"
                  + " refused: HTTP 404");
    }
    assertThat(time.passed()).isZero();
  }

  @Test
  void aListThatIsNotUnderstoodKeepsNobodyFromSigning() throws Exception {
    service.failLists(new HsmProtocolException("list requests failed: too long", null));
    assertThat(requests().run(signing())).isEqualTo(ours());
    assertThat(service.lists()).hasSize(1);
  }

  @Test
  void aListThatIsRefusedInTheMiddleLeavesTheReasonAsItIs() throws Exception {
    fates(Fate.LOST_AFTER_CREATION);
    HsmResponseException refusal =
        new HsmResponseException("list requests", 403, ServiceError.NONE);
    service.onCreation(id -> service.failLists(refusal));
    assertThat(failure()).hasMessage(LOST).hasSuppressedException(refusal);
  }

  @Test
  void anInterruptWhileItSettlesLeavesTheReasonAsItIs() throws Exception {
    fates(Fate.LOST_BEFORE_ARRIVAL);
    sleeper =
        duration -> {
          throw new InterruptedException("woken");
        };
    RequestOutcomeUnknownException failure = failure();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(failure).hasMessage(LOST);
    assertThat(failure.getSuppressed()).singleElement().isInstanceOf(InterruptedException.class);
  }

  @Test
  void anInterruptWhileItWaitsForCandidatesNamesThem() throws Exception {
    fates(Fate.LOST_AFTER_CREATION);
    alarm.hold();
    CountDownLatch looked = new CountDownLatch(1);
    service.beforeEachLook(looked::countDown);
    ApprovedRequests requests = requests();
    boolean[] interrupted = {false};
    FutureTask<RequestOutcomeUnknownException> task =
        new FutureTask<>(
            () -> {
              RequestOutcomeUnknownException e =
                  catchThrowableOfType(
                      RequestOutcomeUnknownException.class, () -> requests.run(signing()));
              interrupted[0] = Thread.interrupted();
              return e;
            });
    Thread thread = new Thread(task);
    thread.start();
    looked.await();
    thread.interrupt();
    assertThat(task.get())
        .hasMessage(LOST + "; one of these requests may be this operation's: request-00000");
    assertThat(interrupted[0]).isTrue();
    // Whose it is was not known yet.
    assertThat(service.cancelled()).isEmpty();
  }

  @Test
  void anInterruptOfTheCreationItselfIsNotSearchedFor() throws Exception {
    fates(Fate.LOST_AFTER_CREATION);
    service.onCreation(id -> Thread.currentThread().interrupt());
    assertThat(failure()).hasMessage(LOST);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(service.lists()).hasSize(1);
  }

  @Test
  void earlierLossesAreTold() throws Exception {
    fates(Fate.LOST_BEFORE_ARRIVAL, Fate.LOST_BEFORE_ARRIVAL);
    int[] creations = {0};
    service.onCreation(
        id -> {
          if (++creations[0] == 2) {
            service.foreign(RequestState.FAILED, Duration.ZERO);
          }
        });
    RequestOutcomeUnknownException failure = failure();
    assertThat(failure).hasMessageEndingWith("may be this operation's: request-00000");
    assertThat(failure.getCause().getSuppressed()).hasSize(1);
  }

  @Test
  void thereIsOneListForManyAndAnotherAfterFiveMinutes() throws Exception {
    ApprovedRequests requests = requests();
    for (int i = 0; i < 5; i++) {
      requests.run(new TestSigning(service::submitSign, TestSigning.payload("p" + i)));
    }
    assertThat(service.lists()).hasSize(1);
    time.pass(Duration.ofMinutes(5));
    requests.run(signing());
    assertThat(service.lists()).hasSize(2);
  }

  /** Else one that takes the other's result leaves behind what the other does not see. */
  @Test
  void whoAsksForTheSameAtOnceComparesWithTheSameList() throws Exception {
    long first = ledger.mark("same").orElseThrow();
    String between = service.foreign(RequestState.EXECUTED, Duration.ZERO);
    time.pass(Duration.ofMinutes(5));
    assertThat(ledger.mark("same")).hasValue(first);
    long another = ledger.mark("another").orElseThrow();
    assertThat(ledger.candidates(first, null, LONG)).containsExactly(between);
    assertThat(ledger.candidates(another, null, LONG)).isEmpty();
    ledger.answered("same");
    assertThat(ledger.mark("same")).hasValue(first);
    ledger.answered("same");
    ledger.answered("same");
    assertThat(ledger.candidates(ledger.mark("same").orElseThrow(), null, LONG)).isEmpty();
  }

  /** What a list has had before a creation is never a candidate, however many lists follow. */
  @Test
  void eachListSparesLaterCreationsWhatItHas() throws Exception {
    long first = ledger.mark("first").orElseThrow();
    String early = service.foreign(RequestState.EXECUTED, Duration.ZERO);
    assertThat(ledger.candidates(first, null, LONG)).containsExactly(early);
    long second = ledger.mark("second").orElseThrow();
    String late = service.foreign(RequestState.EXECUTED, Duration.ZERO);
    assertThat(ledger.candidates(second, null, LONG)).containsExactly(late);
    assertThat(ledger.candidates(first, null, LONG)).containsExactlyInAnyOrder(early, late);
  }

  @Test
  void anInterruptWhileAnotherListsIsNoError() throws Exception {
    Thread.currentThread().interrupt();
    assertThat(ledger.mark("same")).isEmpty();
    assertThat(Thread.interrupted()).isTrue();
  }
}
