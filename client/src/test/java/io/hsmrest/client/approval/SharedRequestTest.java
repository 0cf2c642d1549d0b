package io.hsmrest.client.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hsmrest.client.ApprovalSettings;
import io.hsmrest.client.Clients;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.VirtualTime;
import io.hsmrest.client.model.Octets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Identical operations, which share one request where open requests are noted. */
@Timeout(60)
class SharedRequestTest {
  private static final Octets PAYLOAD = TestSigning.payload("ours");

  @TempDir private Path folder;

  private final VirtualTime time = new VirtualTime();
  private final VirtualAlarm alarm = new VirtualAlarm(time);
  private final InMemoryApprovals service = new InMemoryApprovals(time);

  private final Set<PendingApproval> waits = Collections.newSetFromMap(new IdentityHashMap<>());
  private final CountDownLatch allWait = new CountDownLatch(1);

  /** On the poller's thread alone. */
  private final ApprovalListener listener =
      new ApprovalListener() {
        @Override
        public void waiting(ApprovalProgress progress) {
          waits.add(progress.pending());
          if (waits.size() == 3) {
            allWait.countDown();
          }
        }
      };

  private ApprovedRequests requests() throws HsmException {
    ApprovalSettings approvals = Clients.approvals("approval.resume=true");
    return new ApprovedRequests(
        approvals,
        new ApprovalWaiter(service, approvals, listener, time, alarm, () -> 0L),
        new RequestLedger(service, time),
        new Resumption(service, approvals, journal()),
        time);
  }

  private RequestJournal journal() {
    return new RequestJournal(folder, "[http://a]");
  }

  private TestSigning signing() {
    return new TestSigning(service::submitSign, PAYLOAD);
  }

  @Test
  void whoGivesUpLeavesTheRequestToTheOthers() throws Exception {
    alarm.hold();
    CountDownLatch cancelled = new CountDownLatch(1);
    service.taking(Duration.ofHours(1)).onCancellation(id -> cancelled.countDown());
    ApprovedRequests requests = requests();
    CompletableFuture<String> first = requests.runLater(signing(), Runnable::run);
    CompletableFuture<String> second = requests.runLater(signing(), Runnable::run);
    CompletableFuture<String> third = requests.runLater(signing(), Runnable::run);
    assertThat(service.requestsFor(PAYLOAD)).hasSize(1);
    first.cancel(false);
    third.cancel(false);
    assertThat(journal().open(signing().identity())).contains("request-00000");
    assertThat(service.cancelled()).isEmpty();
    // The last one takes it back.
    second.cancel(false);
    cancelled.await();
    assertThat(service.cancelled()).containsExactly("request-00000");
    assertThatThrownBy(second::join).isInstanceOf(CancellationException.class);
  }

  @Test
  void anInterruptLeavesTheNoteToTheOthersToo() throws Exception {
    alarm.hold();
    service.taking(Duration.ofMinutes(5));
    CountDownLatch created = new CountDownLatch(1);
    service.beforeEachLook(created::countDown);
    ApprovedRequests requests = requests();
    CompletableFuture<String> first = requests.runLater(signing(), Runnable::run);
    created.await();
    FutureTask<ApprovalInterruptedException> second =
        new FutureTask<>(
            () ->
                catchThrowableOfType(
                    ApprovalInterruptedException.class, () -> requests.run(signing())));
    Thread waiting = new Thread(second);
    waiting.start();
    while (waiting.getState() != Thread.State.TIMED_WAITING && !second.isDone()) {
      Thread.onSpinWait();
    }
    waiting.interrupt();
    assertThat(second.get()).isNotNull();
    assertThat(journal().open(signing().identity())).contains("request-00000");
    time.pass(Duration.ofMinutes(5));
    alarm.ring();
    assertThat(first.get()).isEqualTo(PAYLOAD.toBase64() + ":request-00000");
    assertThat(service.cancelled()).isEmpty();
    assertThat(journal().open(signing().identity())).isEmpty();
  }

  @Test
  void theOthersGetTheResult() throws Exception {
    alarm.hold();
    service.taking(Duration.ofMinutes(5));
    ApprovedRequests requests = requests();
    CompletableFuture<String> first = requests.runLater(signing(), Runnable::run);
    CompletableFuture<String> second = requests.runLater(signing(), Runnable::run);
    first.cancel(false);
    time.pass(Duration.ofMinutes(5));
    alarm.ring();
    assertThat(second.get()).isEqualTo(PAYLOAD.toBase64() + ":request-00000");
    assertThat(service.cancelled()).isEmpty();
  }

  @Test
  void whoBeginsMeanwhileWaitsForTheCreationOfTheFirst() throws Exception {
    alarm.hold();
    service.taking(Duration.ofMinutes(5));
    CountDownLatch arrived = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    service.onCreation(
        id -> {
          arrived.countDown();
          await(answer);
        });
    ApprovedRequests requests = requests();
    FutureTask<String> first = new FutureTask<>(() -> requests.run(signing()));
    new Thread(first).start();
    arrived.await();
    FutureTask<String> second = new FutureTask<>(() -> requests.run(signing()));
    Thread waiting = new Thread(second);
    waiting.start();
    // Nor does a future hold its executor: this returns.
    CompletableFuture<String> third = requests.runLater(signing(), Runnable::run);
    while (waiting.getState() != Thread.State.WAITING && !second.isDone()) {
      Thread.onSpinWait();
    }
    answer.countDown();
    allWait.await();
    time.pass(Duration.ofMinutes(5));
    alarm.ring();
    String result = PAYLOAD.toBase64() + ":request-00000";
    assertThat(first.get()).isEqualTo(result);
    assertThat(second.get()).isEqualTo(result);
    assertThat(third.get()).isEqualTo(result);
    assertThat(service.requestsFor(PAYLOAD)).hasSize(1);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
