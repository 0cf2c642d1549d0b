package io.hsmrest.client.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hsmrest.client.ApprovalSettings;
import io.hsmrest.client.Clients;
import io.hsmrest.client.HsmConnectionException;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.HsmProtocolException;
import io.hsmrest.client.VirtualTime;
import io.hsmrest.client.approval.InMemoryApprovals.Fate;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.RequestState;
import io.hsmrest.client.model.RequestStatus;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Operations that nobody waits for with a thread. */
@Timeout(60)
class AwaitLaterTest {
  private static final Octets PAYLOAD = TestSigning.payload("ours");

  private final VirtualTime time = new VirtualTime();
  private final VirtualAlarm alarm = new VirtualAlarm(time);
  private final InMemoryApprovals service = new InMemoryApprovals(time);
  private final List<ApprovalProgress> ends = new ArrayList<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Deque<Runnable> handedOver = new ArrayDeque<>();

  private ApprovedRequests requests(String... settings) throws HsmException {
    ApprovalSettings approvals = Clients.approvals(settings);
    ApprovalListener listener =
        new ApprovalListener() {
          @Override
          public void ended(ApprovalProgress progress) {
            ends.add(progress);
            ended.countDown();
          }
        };
    return new ApprovedRequests(
        approvals,
        new ApprovalWaiter(service, approvals, listener, time, alarm, () -> 0L),
        new RequestLedger(service, time),
        new Resumption(service, approvals, null),
        time);
  }

  private TestSigning signing() {
    return new TestSigning(service::submitSign, PAYLOAD);
  }

  /** An executor whose work the test does itself. */
  private void later(Runnable task) {
    synchronized (handedOver) {
      handedOver.add(task);
      handedOver.notifyAll();
    }
  }

  private void runNext() throws InterruptedException {
    Runnable task;
    synchronized (handedOver) {
      while (handedOver.isEmpty()) {
        handedOver.wait();
      }
      task = handedOver.remove();
    }
    task.run();
  }

  @Test
  void theResultComesWhenItIsThere() throws Exception {
    CompletableFuture<String> later = requests().runLater(signing(), Runnable::run);
    assertThat(later.get()).isEqualTo(PAYLOAD.toBase64() + ":request-00000");
    assertThat(ends).hasSize(1);
  }

  @Test
  void whatNobodyHasToApproveIsThereAtOnce() throws Exception {
    ApprovedOperation<String> direct =
        new ApprovedOperation<>() {
          private final TestSigning gated = signing();

          @Override
          public Optional<String> runDirectly() {
            return Optional.of("at once");
          }

          @Override
          public PendingApproval pending(String requestId) {
            return gated.pending(requestId);
          }

          @Override
          public String submit() throws HsmException {
            return gated.submit();
          }

          @Override
          public String read(RequestStatus executed) throws HsmException {
            return gated.read(executed);
          }

          @Override
          public boolean isOurs(String result) {
            return gated.isOurs(result);
          }

          @Override
          public String identity() {
            return gated.identity();
          }
        };
    assertThat(requests().run(direct)).isEqualTo("at once");
    assertThat(requests().runLater(direct, Runnable::run)).isCompletedWithValue("at once");
    assertThat(service.lists()).isEmpty();
  }

  @Test
  void creationAndEndRunOnTheExecutorAndNothingWaitsBetween() throws Exception {
    CompletableFuture<String> later = requests().runLater(signing(), this::later);
    assertThat(service.requestsFor(PAYLOAD)).isEmpty();
    runNext();
    assertThat(service.requestsFor(PAYLOAD)).hasSize(1);
    // The executor is free until the end; then it gets the end.
    runNext();
    assertThat(later).isCompletedWithValue(PAYLOAD.toBase64() + ":request-00000");
    synchronized (handedOver) {
      assertThat(handedOver).isEmpty();
    }
  }

  @Test
  void badEndsFailTheFuture() throws Exception {
    service.onCreation(id -> service.end(id, RequestState.REJECTED));
    assertThatThrownBy(requests().runLater(signing(), Runnable::run)::join)
        .hasCauseInstanceOf(ApprovalRejectedException.class);
    assertThat(service.cancelled()).isEmpty();
  }

  @Test
  void theDeadlineFailsTheFutureAndWithdraws() throws Exception {
    CountDownLatch cancelled = cancellation();
    service.taking(Duration.ofHours(1));
    assertThatThrownBy(requests().runLater(signing(), Runnable::run)::join)
        .hasCauseInstanceOf(ApprovalTimedOutException.class);
    cancelled.await();
    assertThat(service.cancelled()).containsExactly("request-00000");
  }

  private CountDownLatch cancellation() {
    CountDownLatch cancelled = new CountDownLatch(1);
    service.onCancellation(id -> cancelled.countDown());
    return cancelled;
  }

  @Test
  void cancellingTheFutureWithdrawsTheRequest() throws Exception {
    alarm.hold();
    CountDownLatch cancelled = cancellation();
    CompletableFuture<String> later = requests().runLater(signing(), Runnable::run);
    assertThat(later.cancel(true)).isTrue();
    cancelled.await();
    ended.await();
    assertThat(service.cancelled()).containsExactly("request-00000");
    assertThat(service.state("request-00000")).isEqualTo(RequestState.CANCELLED);
    assertThat(later).isCancelled();
  }

  @Test
  void cancellingTheFutureKeepsTheRequestWhereThatIsSet() throws Exception {
    alarm.hold();
    CompletableFuture<String> later =
        requests("approval.onGiveUp=keep").runLater(signing(), Runnable::run);
    later.cancel(true);
    ended.await();
    assertThat(service.cancelled()).isEmpty();
  }

  @Test
  void whoCancelsBeforeTheCreationAsksNobody() throws Exception {
    CompletableFuture<String> later = requests().runLater(signing(), this::later);
    later.cancel(false);
    runNext();
    assertThat(service.requestsFor(PAYLOAD)).isEmpty();
    assertThat(service.lists()).isEmpty();
  }

  @Test
  void whoCancelsDuringTheCreationHasItWithdrawn() throws Exception {
    alarm.hold();
    CountDownLatch cancelled = cancellation();
    List<CompletableFuture<String>> later = new ArrayList<>();
    service.onCreation(id -> later.get(0).cancel(false));
    later.add(requests().runLater(signing(), this::later));
    runNext();
    runNext();
    cancelled.await();
    assertThat(service.cancelled()).containsExactly("request-00000");
  }

  @Test
  void anExecutorThatAcceptsNothingFailsTheFutureAndAsksNobody() throws Exception {
    CompletableFuture<String> later =
        requests()
            .runLater(
                signing(),
                task -> {
                  throw new RejectedExecutionException("full");
                });
    assertThatThrownBy(later::join)
        .hasCauseInstanceOf(RejectedExecutionException.class)
        .hasMessageContaining("full");
    assertThat(service.requestsFor(PAYLOAD)).isEmpty();
  }

  /** Takes one task and then none. */
  private static Executor closing() {
    boolean[] closed = {false};
    return task -> {
      if (closed[0]) {
        throw new RejectedExecutionException("closed");
      }
      closed[0] = true;
      task.run();
    };
  }

  @Test
  void anExecutorThatIsClosedMeanwhileFailsTheFuture() throws Exception {
    CompletableFuture<String> later = requests().runLater(signing(), closing());
    assertThatThrownBy(later::join).hasCauseInstanceOf(RejectedExecutionException.class);
    ended.await();
    assertThat(service.cancelled()).isEmpty();
  }

  @Test
  void whatIsCancelledIsWithdrawnEvenWhenTheExecutorIsClosed() throws Exception {
    alarm.hold();
    CountDownLatch cancelled = cancellation();
    CompletableFuture<String> later = requests().runLater(signing(), closing());
    later.cancel(false);
    cancelled.await();
    assertThat(service.cancelled()).containsExactly("request-00000");
  }

  @Test
  void aRefusedCreationFailsTheFuture() throws Exception {
    service.silent(true);
    assertThatThrownBy(requests().runLater(signing(), Runnable::run)::join)
        .hasCauseInstanceOf(HsmConnectionException.class);
  }

  @Test
  void aResultThatCannotBeReadFailsTheFuture() throws Exception {
    service.onCreation(service::dropResult);
    assertThatThrownBy(requests().runLater(signing(), Runnable::run)::join)
        .hasCauseInstanceOf(HsmProtocolException.class)
        .hasMessageContaining("request request-00000 carries no result");
  }

  @Test
  void aLostAnswerIsLookedForHereToo() throws Exception {
    Deque<Fate> fates = new ArrayDeque<>(List.of(Fate.LOST_BEFORE_ARRIVAL));
    service.losing(payload -> fates.isEmpty() ? Fate.LOST_AFTER_CREATION : fates.remove());
    Assertions.assertThat(requests().runLater(signing(), Runnable::run).get())
        .isEqualTo(PAYLOAD.toBase64() + ":request-00000");
    assertThat(service.requestsFor(PAYLOAD)).hasSize(1);
  }

  @Test
  void whateverEndsTheOneEndsTheOtherWhicheverComesFirst() {
    CompletableFuture<String> inner = new CompletableFuture<>();
    CompletableFuture<String> outer = new CompletableFuture<>();
    Cancellation.handOn(outer, inner);
    outer.cancel(true);
    assertThat(inner).isCancelled();
    CompletableFuture<String> another = new CompletableFuture<>();
    Cancellation.handOn(outer, another);
    assertThat(another).isCancelled();
    CompletableFuture<String> source = CompletableFuture.completedFuture("done");
    CompletableFuture<String> good = new CompletableFuture<>();
    Cancellation.handOn(good, source);
    good.complete("done");
    assertThat(source).isCompletedWithValue("done");
  }

  private static Stream<Consumer<CompletableFuture<String>>> waysToEndIt() {
    return Stream.of(
        later -> later.orTimeout(1, TimeUnit.NANOSECONDS),
        later -> later.completeOnTimeout("another", 1, TimeUnit.NANOSECONDS),
        later -> later.completeExceptionally(new IllegalStateException("on purpose")),
        later -> later.complete("another"));
  }

  @ParameterizedTest
  @MethodSource("waysToEndIt")
  void whoeverEndsTheFutureHasTheRequestWithdrawn(Consumer<CompletableFuture<String>> way)
      throws Exception {
    alarm.hold();
    CountDownLatch cancelled = cancellation();
    CompletableFuture<String> later = requests().runLater(signing(), Runnable::run);
    way.accept(later);
    cancelled.await();
    ended.await();
    assertThat(service.cancelled()).containsExactly("request-00000");
  }

  /** Takes one task and then has no thread. */
  private static Executor exhausted(Error failure) {
    boolean[] used = {false};
    return task -> {
      if (used[0]) {
        throw failure;
      }
      used[0] = true;
      task.run();
    };
  }

  @Test
  void anExecutorWithoutAThreadFailsTheFuture() throws Exception {
    OutOfMemoryError none = new OutOfMemoryError("unable to create native thread");
    CompletableFuture<String> later = requests().runLater(signing(), exhausted(none));
    assertThatThrownBy(later::join).hasCause(none);
    ended.await();
    CompletableFuture<String> never =
        requests()
            .runLater(
                signing(),
                task -> {
                  throw none;
                });
    assertThatThrownBy(never::join).hasCause(none);
  }

  @Test
  void anErrorInWhatFollowsTheEndFailsTheFuture() throws Exception {
    NoClassDefFoundError error = new NoClassDefFoundError("on purpose");
    CompletableFuture<String> later =
        requests()
            .runLater(
                new TestSigning(service::submitSign, PAYLOAD) {
                  @Override
                  public String read(RequestStatus executed) {
                    throw error;
                  }
                },
                Runnable::run);
    assertThatThrownBy(later::join).hasCause(error);
  }

  /** The time-out is a real one here, as that of the JDK is; the look hangs until after it. */
  @Test
  void aLookThatHangsHoldsNoDeadlineUp() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    service.taking(Duration.ofHours(1)).beforeEachLook(() -> awaitQuietly(never));
    CountDownLatch cancelled = cancellation();
    CompletableFuture<String> later =
        requests("approval.timeout=1ms").runLater(signing(), Runnable::run);
    assertThatThrownBy(later::join).hasCauseInstanceOf(ApprovalTimedOutException.class);
    ended.await();
    never.countDown();
    cancelled.await();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
