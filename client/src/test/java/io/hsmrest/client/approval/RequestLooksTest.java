package io.hsmrest.client.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.client.CapturedLogs;
import io.hsmrest.client.Clients;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.HsmProtocolException;
import io.hsmrest.client.HsmResponseException;
import io.hsmrest.client.Jitter;
import io.hsmrest.client.RateLimitedException;
import io.hsmrest.client.UnknownRequestException;
import io.hsmrest.client.VirtualTime;
import io.hsmrest.client.model.RequestState;
import io.hsmrest.client.model.ServiceError;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.random.RandomGenerator;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the service is asked for those who wait, round by round. */
@Timeout(60)
class RequestLooksTest {
  private static final Duration HALF_A_SECOND = Duration.ofMillis(500);

  private final VirtualTime time = new VirtualTime();
  private final InMemoryApprovals service = new InMemoryApprovals(time);
  private int rounds;

  private RequestLooks looks(RandomGenerator random) throws HsmException {
    return new RequestLooks(service, Clients.approvals(), time, new Jitter(random));
  }

  private WatchedRequest watch(String id, Duration timeout) {
    return new WatchedRequest(
        new PendingApproval(id, "k", "sign", null),
        new ApprovalListener() {},
        true,
        time.instant(),
        time.instant().plus(timeout));
  }

  /** That many requests, which are executed after {@code takes}. */
  private List<WatchedRequest> open(int count, Duration takes) {
    List<WatchedRequest> open = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String id = service.earlier(TestSigning.payload("p" + i), RequestState.EXECUTED, takes);
      open.add(watch(id, Duration.ofHours(1)));
    }
    return open;
  }

  /** Rounds until nobody waits, or the time is over. */
  private void run(RequestLooks looks, List<WatchedRequest> requests, Duration longest) {
    Instant end = time.instant().plus(longest);
    while (time.instant().isBefore(end)) {
      List<WatchedRequest> open = requests.stream().filter(r -> !r.isOver()).toList();
      if (open.isEmpty()) {
        return;
      }
      rounds++;
      time.pass(looks.round(open));
    }
  }

  private List<Instant> looksAt(String id) {
    return service.looks().stream()
        .filter(look -> look.id().equals(id))
        .map(InMemoryApprovals.Look::at)
        .toList();
  }

  private static void assertApart(List<Instant> instants, Duration least) {
    for (int i = 1; i < instants.size(); i++) {
      assertThat(Duration.between(instants.get(i - 1), instants.get(i)))
          .isGreaterThanOrEqualTo(least);
    }
  }

  @Test
  void upToSixteenAreLookedAtOneByOneWithGrowingIntervalsAndJitter() throws Exception {
    List<WatchedRequest> open = open(16, Duration.ofHours(2));
    run(looks(new Random(7)), open, Duration.ofMinutes(1));
    assertThat(service.lists()).isEmpty();
    HashSet<Duration> firsts = new HashSet<>();
    for (WatchedRequest request : open) {
      List<Instant> at = looksAt(request.id());
      double longest = 250;
      for (int i = 1; i < at.size(); i++) {
        Duration interval = Duration.between(at.get(i - 1), at.get(i));
        assertThat(interval.toNanos() / 1e6)
            .as("interval %d", i)
            .isBetween(longest / 2 - 1, longest + 1);
        longest = Math.min(5000, longest * 1.5);
      }
      assertThat(longest).isEqualTo(5000);
      firsts.add(Duration.between(at.get(0), at.get(1)));
    }
    assertThat(firsts).hasSizeGreaterThan(10);
  }

  @Test
  void moreThanSixteenCostOneListAndOneRefreshEachHalfSecondAtMost() throws Exception {
    List<WatchedRequest> open = open(17, Duration.ofHours(2));
    run(looks(new Random(7)), open, Duration.ofMinutes(1));
    assertApart(service.lists(), HALF_A_SECOND);
    assertApart(service.looks().stream().map(InMemoryApprovals.Look::at).toList(), HALF_A_SECOND);
    // Intervals between lists grow to those of approval.poll.
    assertThat(service.lists()).hasSizeBetween(12, 40);
    assertThat(service.looks()).hasSizeBetween(100, 121);
  }

  @Test
  void theCountsNotSeenForLongestAreRefreshedFirst() throws Exception {
    List<WatchedRequest> open = open(20, Duration.ofHours(2));
    run(looks(() -> 0L), open, Duration.ofSeconds(30));
    List<String> ids = service.looks().stream().map(InMemoryApprovals.Look::id).toList();
    assertThat(ids.subList(0, 20)).doesNotHaveDuplicates();
    assertThat(ids.subList(20, 40)).isEqualTo(ids.subList(0, 20));
  }

  @Test
  void whatIsListedNoLongerIsReadOnce() throws Exception {
    List<WatchedRequest> open = open(30, Duration.ofHours(2));
    open.addAll(open(5, Duration.ofSeconds(3)));
    run(looks(() -> 0L), open, Duration.ofMinutes(1));
    List<String> ended =
        service.looks().stream()
            .filter(look -> look.state() == RequestState.EXECUTED)
            .map(InMemoryApprovals.Look::id)
            .toList();
    assertThat(ended).hasSize(5).doesNotHaveDuplicates();
    assertThat(open.stream().filter(WatchedRequest::isOver)).hasSize(5);
  }

  @Test
  void aListThatHoldsFinishedRequestsTooCostsNoResult() throws Exception {
    service.listingAll();
    List<WatchedRequest> open = open(30, Duration.ofSeconds(3));
    run(looks(() -> 0L), open, Duration.ofMinutes(1));
    assertThat(open).allMatch(request -> request.status().result() != null);
    assertThat(service.looks().stream().filter(look -> look.state().isTerminal())).hasSize(30);
  }

  @Test
  void listsComeOftenAgainWhereSomeHaveEnded() throws Exception {
    List<WatchedRequest> open = open(30, Duration.ofHours(2));
    open.addAll(open(1, Duration.ofSeconds(40)));
    run(looks(() -> 0L), open, Duration.ofSeconds(60));
    List<Duration> gaps = new ArrayList<>();
    for (int i = 1; i < service.lists().size(); i++) {
      gaps.add(Duration.between(service.lists().get(i - 1), service.lists().get(i)));
    }
    int longest = gaps.indexOf(Duration.ofMillis(2500));
    assertThat(longest).isPositive();
    assertThat(gaps.subList(longest, gaps.size())).contains(HALF_A_SECOND);
  }

  @Test
  void oneRequestThatTwoWaitForIsReadOnceForBoth() throws Exception {
    service.handingOutOnce();
    List<WatchedRequest> open = open(1, Duration.ofSeconds(3));
    open.add(watch(open.get(0).id(), Duration.ofHours(1)));
    run(looks(() -> 0L), open, Duration.ofMinutes(1));
    assertThat(open).allMatch(request -> request.status().result() != null);
    List<Instant> together = looksAt(open.get(0).id());
    assertThat(together).doesNotHaveDuplicates();
  }

  @Test
  void aServiceWithoutListsIsAskedForEachByItself() throws Exception {
    service.failLists(new HsmResponseException("list requests", 404, ServiceError.NONE));
    assertFallsBack("list requests refused: HTTP 404");
  }

  @Test
  void aListThatIsNotUnderstoodEndsNobodysWaiting() throws Exception {
    service.failLists(new HsmProtocolException("list requests failed: too long", null));
    assertFallsBack("list requests failed: too long");
  }

  private void assertFallsBack(String why) throws HsmException {
    List<WatchedRequest> open = open(40, Duration.ofSeconds(20));
    try (CapturedLogs logs = new CapturedLogs("io.hsmrest.approval")) {
      run(looks(() -> 0L), open, Duration.ofMinutes(1));
      assertThat(logs.messages(Level.WARNING))
          .containsExactly(
              "the service does not list requests, each is looked at by itself: " + why);
    }
    assertThat(service.lists()).hasSize(1);
    assertThat(open).allSatisfy(request -> assertThat(request.ended()).isCompleted());
  }

  @Test
  void listsAreTriedAgainAfterFiveMinutes() throws Exception {
    List<WatchedRequest> open = open(40, Duration.ofHours(2));
    service.failLists(new HsmProtocolException("list requests failed: cut off", null));
    RequestLooks looks = looks(() -> 0L);
    run(looks, open, Duration.ofMinutes(4));
    service.failLists(null);
    assertThat(service.lists()).hasSize(1);
    run(looks, open, Duration.ofMinutes(3));
    assertThat(service.lists()).hasSizeGreaterThan(10);
    assertThat(Duration.between(service.lists().get(0), service.lists().get(1)))
        .isBetween(Duration.ofMinutes(5), Duration.ofMinutes(5).plusSeconds(5));
    int looked = service.looks().size();
    run(looks, open, Duration.ofSeconds(60));
    assertThat(service.looks().size() - looked).isLessThanOrEqualTo(121);
  }

  @Test
  void aListThatIsCutOffCostsNoMoreLooksThanOneThatIsNot() throws Exception {
    List<WatchedRequest> open = open(2000, Duration.ofHours(2));
    service.listingFirst(200);
    RequestLooks looks = looks(() -> 0L);
    run(looks, open, Duration.ofMinutes(1));
    assertThat(service.looks().size()).isLessThanOrEqualTo(125);
    assertThat(open).noneMatch(WatchedRequest::isOver);
    assertApart(service.lists(), HALF_A_SECOND);
  }

  @Test
  void whatACutListDoesNotShowIsReadAllTheSameInTurn() throws Exception {
    List<WatchedRequest> open = open(200, Duration.ofHours(2));
    List<WatchedRequest> hidden = open(20, Duration.ofSeconds(10));
    open.addAll(hidden);
    service.listingFirst(200);
    run(looks(() -> 0L), open, Duration.ofSeconds(60));
    assertThat(hidden).allSatisfy(request -> assertThat(request.ended()).isCompleted());
    // And the counts of the others are refreshed meanwhile.
    assertThat(service.looks().stream().filter(look -> look.id().compareTo("request-00200") < 0))
        .hasSizeBetween(40, 110);
  }

  @Test
  void whatGoesToAStateThatIsNotListedIsReadOnce() throws Exception {
    List<WatchedRequest> open = open(100, Duration.ofSeconds(10));
    open.forEach(request -> service.endsIn(request.id(), RequestState.UNKNOWN));
    run(looks(() -> 0L), open, Duration.ofMinutes(2));
    // One each when it has gone from the list, and two each second.
    assertThat(service.looks().size()).isBetween(200, 100 + 245);
  }

  @Test
  void aListThatShowsNowTheseAndNowThoseIsNotFollowedForEver() throws Exception {
    List<WatchedRequest> open = open(300, Duration.ofHours(2));
    service.listingInTurns();
    run(looks(() -> 0L), open, Duration.ofMinutes(10));
    assertThat(service.looks().size()).isLessThanOrEqualTo(3 * 300 + 1205);
  }

  @Test
  void aReadThatFailsIsTriedOnceForEachList() throws Exception {
    List<WatchedRequest> open = open(300, Duration.ofSeconds(10));
    int[] failed = {0};
    service.beforeEachLook(
        () -> {
          if (time.passed().toSeconds() < 60) {
            failed[0]++;
            throw new IllegalStateException("on purpose");
          }
        });
    RequestLooks looks = looks(() -> 0L);
    run(looks, open, Duration.ofMinutes(1));
    assertThat(failed[0]).isLessThanOrEqualTo(60 * 4);
    assertThat(open).noneMatch(WatchedRequest::isOver);
    run(looks, open, Duration.ofMinutes(5));
    assertThat(open).allSatisfy(request -> assertThat(request.ended()).isCompleted());
  }

  @Test
  void aListThatFailsForAWhileIsAskedForAgain() throws Exception {
    List<WatchedRequest> open = open(40, Duration.ofSeconds(20));
    RequestLooks looks = looks(() -> 0L);
    service.failLists(new HsmResponseException("list requests", 503, ServiceError.NONE));
    run(looks, open, Duration.ofSeconds(10));
    service.failLists(new RateLimitedException("list requests", 429, ServiceError.NONE));
    run(looks, open, Duration.ofSeconds(10));
    assertThat(open).noneMatch(WatchedRequest::isOver);
    service.failLists(null);
    run(looks, open, Duration.ofSeconds(30));
    assertThat(open).allSatisfy(request -> assertThat(request.ended()).isCompleted());
  }

  @Test
  void whileTheServiceIsAwayOneOfSeveralIsTriedAtATime() throws Exception {
    List<WatchedRequest> open = open(16, Duration.ofSeconds(20));
    RequestLooks looks = looks(() -> 0L);
    service.silent(true);
    run(looks, open.subList(0, 1), Duration.ofMinutes(1));
    int alone = service.inVain();
    RequestLooks others = looks(() -> 0L);
    run(others, open, Duration.ofMinutes(1));
    assertThat(service.inVain()).isEqualTo(2 * alone);
    assertThat(open)
        .noneMatch(WatchedRequest::isOver)
        .allSatisfy(request -> assertThat(request.unreachable()).hasMessage("no answer"));
    service.silent(false);
    run(others, open, Duration.ofMinutes(1));
    assertThat(open).allSatisfy(request -> assertThat(request.ended()).isCompleted());
  }

  @Test
  void whileTheServiceIsAwayManyAreNotTriedInVain() throws Exception {
    List<WatchedRequest> open = open(100, Duration.ofSeconds(20));
    RequestLooks looks = looks(() -> 0L);
    service.silent(true);
    run(looks, open, Duration.ofMinutes(1));
    // Two lists and two refreshes per second at most; not a hundred.
    assertThat(service.inVain()).isLessThanOrEqualTo(4 * 60);
    assertThat(open)
        .noneMatch(WatchedRequest::isOver)
        .allSatisfy(request -> assertThat(request.unreachable()).hasMessage("no answer"));
    service.silent(false);
    run(looks, open, Duration.ofMinutes(1));
    assertThat(open).allSatisfy(request -> assertThat(request.ended()).isCompleted());
  }

  @Test
  void theLastLooksAtAServiceThatIsAwayAreNotForEachByItself() throws Exception {
    List<WatchedRequest> open = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      open.add(watch("r" + i, Duration.ofSeconds(10)));
    }
    service.silent(true);
    run(looks(() -> 0L), open, Duration.ofMinutes(1));
    assertThat(service.inVain()).isLessThan(30);
    assertThat(open)
        .allSatisfy(
            request ->
                Assertions.assertThatThrownBy(() -> request.ended().join())
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(TimeoutException.class));
  }

  @Test
  void aRefusalEndsTheWaitingForThatRequestAlone() throws Exception {
    List<WatchedRequest> open = open(20, Duration.ofSeconds(20));
    WatchedRequest gone = watch("gone", Duration.ofHours(1));
    open.add(gone);
    run(looks(() -> 0L), open, Duration.ofSeconds(5));
    Assertions.assertThatThrownBy(() -> gone.ended().join())
        .hasCauseInstanceOf(UnknownRequestException.class);
    assertThat(open.stream().filter(WatchedRequest::isOver)).containsExactly(gone);
  }

  @Test
  void aListenerThatInterruptsThePollerSpoilsNoLookThatFollows() throws Exception {
    ApprovalListener interrupting =
        new ApprovalListener() {
          @Override
          public void waiting(ApprovalProgress progress) {
            Thread.currentThread().interrupt();
          }
        };
    List<WatchedRequest> open = new ArrayList<>();
    for (ApprovalListener listener : List.of(interrupting, new ApprovalListener() {})) {
      String id = service.foreign(RequestState.EXECUTED, Duration.ofHours(1));
      open.add(
          new WatchedRequest(
              new PendingApproval(id, "k", "sign", null),
              listener,
              true,
              time.instant(),
              time.instant().plusSeconds(open.isEmpty() ? 60 : 0)));
    }
    List<Boolean> interrupted = new ArrayList<>();
    service.beforeEachLook(() -> interrupted.add(Thread.currentThread().isInterrupted()));
    looks(() -> 0L).round(open);
    // Both, and the last look at the second, whose time is over.
    assertThat(interrupted).containsExactly(false, false, false);
  }

  @Test
  void manyListenersAtDifferentTimesDoNotKeepThePollerBusy() throws Exception {
    List<WatchedRequest> open = new ArrayList<>();
    RequestLooks looks = looks(new Random(7));
    for (int i = 0; i < 1000; i++) {
      open.addAll(open(1, Duration.ofHours(2)));
      // Each begins at a time of its own, so that its next second is over at one, too.
      looks.round(open);
      time.pass(Duration.ofMillis(1));
    }
    rounds = 0;
    run(looks, open, Duration.ofSeconds(10));
    assertThat(rounds).isLessThanOrEqualTo(20 * 10);
  }
}
