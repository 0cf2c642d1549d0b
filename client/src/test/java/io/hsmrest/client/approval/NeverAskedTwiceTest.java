package io.hsmrest.client.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.client.ApprovalSettings;
import io.hsmrest.client.Clients;
import io.hsmrest.client.RequestOutcomeUnknownException;
import io.hsmrest.client.VirtualTime;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.RequestState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Answers to creations get lost at random, and people are asked once for each operation. */
@Timeout(180)
class NeverAskedTwiceTest {
  private static final List<RequestState> EXECUTED = List.of(RequestState.EXECUTED);

  @Test
  void aThousandOperationsOneAfterTheOther() throws Exception {
    assertEachHasItsOwn(new LostAnswerRun(List.of()), 1000, 1);
  }

  @Test
  void aThousandOperationsWithRequestsOfOthersInBetween() throws Exception {
    assertEachHasItsOwn(new LostAnswerRun(EXECUTED), 1000, 1);
  }

  @Test
  void aThousandOperationsOfThirtyTwoThreadsOnOneKey() throws Exception {
    assertEachHasItsOwn(new LostAnswerRun(List.of()), 1000, 32);
  }

  @Test
  void aThousandOperationsOfThirtyTwoThreadsWithRequestsOfOthersInBetween() throws Exception {
    assertEachHasItsOwn(new LostAnswerRun(EXECUTED), 1000, 32);
  }

  private static void assertEachHasItsOwn(LostAnswerRun run, int operations, int threads)
      throws Exception {
    Random random = new Random(42);
    for (int i = 0; i < operations; i++) {
      run.add(i, random);
    }
    List<LostAnswerRun.Ended> ended = run.run(threads);
    assertThat(ended).hasSize(operations).allSatisfy(run::assertOwnResult);
    assertThat(run.service().cancelled()).isEmpty();
  }

  /**
   * Whose a rejected request was nobody can tell: an operation whose own one is not found among the
   * others then ends in an error, and never asks a second time.
   */
  @Test
  void requestsOfOthersThatAreRejectedMayLeaveItOpenAndNeverMakeASecondOne() throws Exception {
    for (int threads : new int[] {1, 32}) {
      LostAnswerRun run =
          new LostAnswerRun(
              List.of(
                  RequestState.EXECUTED,
                  RequestState.EXECUTED,
                  RequestState.EXECUTED,
                  RequestState.EXECUTED,
                  RequestState.EXECUTED,
                  RequestState.REJECTED));
      Random random = new Random(43);
      for (int i = 0; i < 1000; i++) {
        run.add(i, random);
      }
      int open = 0;
      for (LostAnswerRun.Ended ended : run.run(threads)) {
        if (ended.failure() == null) {
          run.assertOwnResult(ended);
        } else {
          open++;
          assertThat(ended.failure())
              .isInstanceOf(RequestOutcomeUnknownException.class)
              .hasMessageContaining("one of these requests may be this operation's: request-");
          assertThat(run.service().requestsFor(ended.payload())).hasSizeLessThanOrEqualTo(1);
        }
      }
      assertThat(open).as("%d threads", threads).isBetween(1, 950);
    }
  }

  /** Equal payloads cannot be told apart: each gets a result, and nobody is asked more often. */
  @Test
  void equalPayloadsAtOnceGetAsManyResultsFromNoMoreRequests() throws Exception {
    VirtualTime time = new VirtualTime();
    InMemoryApprovals service = new InMemoryApprovals(time);
    Random random = new Random(44);
    Set<Thread> lostBefore = ConcurrentHashMap.newKeySet();
    service.losing(
        payload -> {
          if (random.nextBoolean() && lostBefore.add(Thread.currentThread())) {
            return InMemoryApprovals.Fate.LOST_BEFORE_ARRIVAL;
          }
          lostBefore.remove(Thread.currentThread());
          return random.nextBoolean()
              ? InMemoryApprovals.Fate.ANSWERED
              : InMemoryApprovals.Fate.LOST_AFTER_CREATION;
        });
    ApprovalSettings settings = Clients.approvals("approval.timeout=10000h");
    ApprovedRequests requests =
        new ApprovedRequests(
            settings,
            new ApprovalWaiter(
                service, settings, new ApprovalListener() {}, time, new VirtualAlarm(time), random),
            new RequestLedger(service, time),
            new Resumption(service, settings, null),
            time);
    Octets payload = TestSigning.payload("the same");
    ExecutorService callers = Executors.newFixedThreadPool(32);
    List<String> results = new ArrayList<>();
    try {
      List<Future<String>> running = new ArrayList<>();
      for (int i = 0; i < 320; i++) {
        running.add(
            callers.submit(() -> requests.run(new TestSigning(service::submitSign, payload))));
      }
      for (Future<String> one : running) {
        results.add(one.get());
      }
    } finally {
      callers.shutdownNow();
    }
    assertThat(results).hasSize(320).allMatch(result -> result.startsWith(payload.toBase64()));
    assertThat(service.requestsFor(payload)).hasSizeLessThanOrEqualTo(320);
    assertThat(new HashSet<>(results)).hasSizeBetween(250, 320);
  }

  @Test
  void theTimeThatThePeopleTakeIsNotCutShortByASearch() throws Exception {
    VirtualTime time = new VirtualTime();
    InMemoryApprovals service = new InMemoryApprovals(time).taking(Duration.ofMinutes(9));
    service.losing(payload -> InMemoryApprovals.Fate.LOST_AFTER_CREATION);
    ApprovalSettings settings = Clients.approvals();
    ApprovedRequests requests =
        new ApprovedRequests(
            settings,
            new ApprovalWaiter(
                service,
                settings,
                new ApprovalListener() {},
                time,
                new VirtualAlarm(time),
                () -> 0L),
            new RequestLedger(service, time),
            new Resumption(service, settings, null),
            time);
    Octets payload = TestSigning.payload("slow");
    assertThat(requests.run(new TestSigning(service::submitSign, payload)))
        .startsWith(payload.toBase64());
    assertThat(service.requestsFor(payload)).hasSize(1);
  }
}
