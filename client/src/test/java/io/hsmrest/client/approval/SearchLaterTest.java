package io.hsmrest.client.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.client.ApprovalSettings;
import io.hsmrest.client.CapturedLogs;
import io.hsmrest.client.Clients;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.VirtualTime;
import io.hsmrest.client.approval.InMemoryApprovals.Fate;
import io.hsmrest.client.model.Octets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The search for a lost answer while nobody waits with a thread. */
@Timeout(60)
class SearchLaterTest {
  private static final Octets PAYLOAD = TestSigning.payload("ours");

  private final VirtualTime time = new VirtualTime();
  private final InMemoryApprovals service = new InMemoryApprovals(time);
  private final CountDownLatch searching = new CountDownLatch(1);
  private final CountDownLatch goOn = new CountDownLatch(1);
  private volatile Thread searcher = Thread.currentThread();
  private volatile Runnable atTheEnd = () -> {};

  /** What is searched for stays so until the test says, or somebody interrupts it. */
  private ApprovedRequests requests() throws HsmException {
    ApprovalSettings approvals = Clients.approvals();
    Deque<Fate> fates = new ArrayDeque<>(List.of(Fate.LOST_BEFORE_ARRIVAL));
    service.losing(payload -> fates.isEmpty() ? Fate.ANSWERED : fates.remove());
    return new ApprovedRequests(
        approvals,
        new ApprovalWaiter(
            service, approvals, new ApprovalListener() {}, time, new VirtualAlarm(time), () -> 0L),
        new RequestLedger(service, time),
        new Resumption(service, approvals, null),
        duration -> {
          searcher = Thread.currentThread();
          searching.countDown();
          goOn.await();
          time.sleep(duration);
          atTheEnd.run();
        });
  }

  private CompletableFuture<String> later() throws HsmException {
    // Returns before anything is found: the caller's executor is not held.
    return requests().runLater(new TestSigning(service::submitSign, PAYLOAD), Runnable::run);
  }

  @Test
  void theSearchHasAThreadOfItsOwnThatEnds() throws Exception {
    CompletableFuture<String> later = later();
    searching.await();
    assertThat(searcher.getName()).isEqualTo("hsmrest-search");
    assertThat(searcher.isDaemon()).isTrue();
    assertThat(later).isNotDone();
    goOn.countDown();
    assertThat(later.get()).isEqualTo(PAYLOAD.toBase64() + ":request-00000");
    searcher.join();
  }

  @Test
  void afterACancellationNothingIsCreated() throws Exception {
    try (CapturedLogs logs = new CapturedLogs("io.hsmrest.approval")) {
      CompletableFuture<String> later = later();
      searching.await();
      later.cancel(true);
      searcher.join();
      assertThat(logs.messages(Level.WARNING))
          .singleElement()
          .isEqualTo(
              "nobody waits for it any more, and people may be asked: the answer was lost; it was"
                  + " not sent again: look first");
    }
    assertThat(service.requestsFor(PAYLOAD)).isEmpty();
    assertThat(service.cancelled()).isEmpty();
  }

  @Test
  void whoEndsTheFutureJustBeforeTheSecondCreationIsHeard() throws Exception {
    CompletableFuture<String> later = later();
    searching.await();
    // On its own thread, so that no interrupt tells the search.
    atTheEnd = () -> later.complete("from elsewhere");
    goOn.countDown();
    searcher.join();
    assertThat(service.requestsFor(PAYLOAD)).isEmpty();
  }
}
