package io.hsmrest.client.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.client.Clients;
import io.hsmrest.client.HsmClient;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.MonotonicClock;
import io.hsmrest.client.VirtualTime;
import io.hsmrest.client.model.RequestState;
import io.hsmrest.client.model.RequestStatus;
import io.hsmrest.client.rest.HsmClients;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Ten thousand waits through one waiter, in virtual time. */
@Timeout(120)
class ManyWaitsTest {
  private static final int WAITS = 10_000;
  private static final int BLOCKED = 5;

  private final VirtualTime time = new VirtualTime();
  private final InMemoryApprovals service = new InMemoryApprovals(time);
  private final Set<Thread> ours = ConcurrentHashMap.newKeySet();
  private final CountDownLatch looking = new CountDownLatch(1);
  private final CountDownLatch allWait = new CountDownLatch(1);

  private ApprovalWaiter waiter() throws HsmException {
    return new ApprovalWaiter(
        service,
        Clients.approvals("approval.timeout=1h"),
        new ApprovalListener() {},
        time,
        new VirtualAlarm(time),
        new Random(3));
  }

  private static PendingApproval pending(String id) {
    return new PendingApproval(id, "k", "sign", null);
  }

  private void look() {
    looking.countDown();
    await(allWait);
    ours.addAll(
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().startsWith("hsmrest-"))
            .toList());
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Ends between ten seconds and five minutes from now, a thousand at the same moment. */
  private List<String> requests() {
    Random random = new Random(1);
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < WAITS; i++) {
      Duration takes =
          i % 10 == 0
              ? Duration.ofMinutes(5)
              : Duration.ofSeconds(10).plusMillis(random.nextInt(289_000));
      ids.add(service.earlier(TestSigning.payload("p" + i), RequestState.EXECUTED, takes));
    }
    return ids;
  }

  @Test
  void costTwoListsAndTwoRefreshesPerSecondAtMostAndOneLookForEachEnd() throws Exception {
    service.beforeEachLook(this::look);
    ApprovalWaiter waiter = waiter();
    List<String> ids = requests();
    List<CompletableFuture<RequestStatus>> later = new ArrayList<>();
    for (String id : ids.subList(BLOCKED, WAITS)) {
      later.add(waiter.awaitLater(pending(id), time.instant(), Runnable::run));
      // Which makes the first round a look at that one alone.
      await(looking);
    }
    List<FutureTask<RequestStatus>> blocked = new ArrayList<>();
    for (String id : ids.subList(0, BLOCKED)) {
      FutureTask<RequestStatus> task = new FutureTask<>(() -> waiter.await(pending(id)));
      Thread thread = new Thread(task, "caller");
      thread.start();
      while (thread.getState() != Thread.State.TIMED_WAITING) {
        Thread.onSpinWait();
      }
      blocked.add(task);
    }
    allWait.countDown();
    for (int i = 0; i < WAITS; i++) {
      RequestStatus status = i < BLOCKED ? blocked.get(i).get() : later.get(i - BLOCKED).get();
      assertThat(status.result()).isEqualTo(result(i));
    }
    double seconds = time.passed().toMillis() / 1000.0;
    List<InMemoryApprovals.Look> refreshes = looks(false);
    // The first look came before there were many.
    refreshes = refreshes.subList(1, refreshes.size());
    String measured =
        "%d waits in %.1f s: %d lists, %d refreshes, %d looks at an end"
            .formatted(
                WAITS, seconds, service.lists().size(), refreshes.size(), looks(true).size());
    assertThat(mostInOneSecond(service.lists())).as(measured).isLessThanOrEqualTo(2);
    assertThat(mostInOneSecond(refreshes.stream().map(InMemoryApprovals.Look::at).toList()))
        .as(measured)
        .isLessThanOrEqualTo(2);
    assertThat(looks(true)).as(measured).hasSize(WAITS);
    assertThat(looks(true).stream().map(InMemoryApprovals.Look::id).collect(Collectors.toSet()))
        .as(measured)
        .hasSize(WAITS);
    // In five minutes 600 of each would be allowed.
    assertThat(service.lists()).as(measured).hasSizeBetween(300, 602);
    assertThat(refreshes).as(measured).hasSizeBetween(300, 602);
    assertThat(ours)
        .as(measured)
        .singleElement()
        .extracting(Thread::getName)
        .isEqualTo("hsmrest-approvals");
    // Ends when nobody waits.
    ours.iterator().next().join();
  }

  private static String result(int number) {
    return TestSigning.payload("p" + number).toBase64() + ":request-%05d".formatted(number);
  }

  private List<InMemoryApprovals.Look> looks(boolean atTheEnd) {
    return service.looks().stream().filter(look -> look.state().isTerminal() == atTheEnd).toList();
  }

  private static int mostInOneSecond(List<Instant> instants) {
    int most = 0;
    for (int first = 0, i = 0; i < instants.size(); i++) {
      while (!instants.get(i).isBefore(instants.get(first).plusSeconds(1))) {
        first++;
      }
      most = Math.max(most, i - first + 1);
    }
    return most;
  }

  @Test
  void thePollerBeginsAnewAfterItHasEnded() throws Exception {
    ApprovalWaiter waiter = waiter();
    allWait.countDown();
    service.beforeEachLook(this::look);
    for (int i = 0; i < 3; i++) {
      String id =
          service.earlier(
              TestSigning.payload("p" + i), RequestState.EXECUTED, Duration.ofSeconds(3));
      assertThat(waiter.await(pending(id)).result()).endsWith(id);
      for (Thread thread : ours) {
        thread.join();
      }
    }
    assertThat(ours).hasSize(3);
  }

  /** Whatever they are called, and those of the HTTP library too. */
  @Test
  void throughTheRealClientThereIsOneThreadOfOurs() throws Exception {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    try (HttpApprovals http = new HttpApprovals();
        HsmClient client = HsmClients.connect(Clients.config(http.url()))) {
      ApprovalWaiter waiter =
          ApprovalWaiter.of(
              client,
              Clients.approvals("approval.poll=1ms..1ms"),
              new ApprovalListener() {},
              MonotonicClock.system(),
              Alarm.system());
      List<CompletableFuture<RequestStatus>> later = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        later.add(waiter.awaitLater(pending("r1"), Instant.now(), Runnable::run));
      }
      http.awaitLook();
      Set<String> names =
          Thread.getAllStackTraces().keySet().stream()
              .filter(thread -> !before.contains(thread))
              .map(Thread::getName)
              .collect(Collectors.toSet());
      http.executingAtLook(0);
      for (CompletableFuture<RequestStatus> one : later) {
        assertThat(one.get().state()).isEqualTo(RequestState.EXECUTED);
      }
      // The test's own server, and threads of the JDK; its cleaner, one for each JVM, closes
      // clients
      // that nobody uses any more, and has nothing to do with waiting.
      names.removeAll(Set.of("raw-server", "CompletableFutureDelayScheduler", "Common-Cleaner"));
      names.removeIf(name -> name.startsWith("Cleaner-"));
      assertThat(names).containsExactly("hsmrest-approvals");
    }
  }

  @Test
  void nothingOfAWaiterStaysWhenNobodyWaits() throws Exception {
    allWait.countDown();
    service.beforeEachLook(this::look);
    WeakReference<ApprovalWaiter> waiter = waitedOnce();
    for (Thread thread : ours) {
      thread.join();
    }
    // A shutdown hook that stayed would hold it.
    while (waiter.get() != null) {
      System.gc();
    }
    assertThat(waiter.get()).isNull();
  }

  private WeakReference<ApprovalWaiter> waitedOnce() throws HsmException {
    ApprovalWaiter waiter = waiter();
    String id =
        service.earlier(TestSigning.payload("p"), RequestState.EXECUTED, Duration.ofSeconds(3));
    waiter.await(pending(id));
    return new WeakReference<>(waiter);
  }
}
