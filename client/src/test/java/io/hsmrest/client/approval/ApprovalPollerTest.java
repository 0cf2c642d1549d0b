package io.hsmrest.client.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hsmrest.client.CapturedLogs;
import io.hsmrest.client.Clients;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.VirtualTime;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.RequestState;
import io.hsmrest.client.model.RequestStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may go wrong on the one thread that looks after all who wait. */
@Timeout(60)
class ApprovalPollerTest {
  private static final Octets PAYLOAD = TestSigning.payload("p");

  private final VirtualTime time = new VirtualTime();
  private final InMemoryApprovals service = new InMemoryApprovals(time);

  private ApprovalWaiter waiter(ApprovalListener listener) throws HsmException {
    return new ApprovalWaiter(
        service, Clients.approvals(), listener, time, new VirtualAlarm(time), () -> 0L);
  }

  private PendingApproval open(Duration takes) {
    return new PendingApproval(
        service.earlier(PAYLOAD, RequestState.EXECUTED, takes), "k", "sign", null);
  }

  private static ApprovalListener failing(Runnable failure) {
    return new ApprovalListener() {
      @Override
      public void waiting(ApprovalProgress progress) {
        failure.run();
      }

      @Override
      public void ended(ApprovalProgress progress) {
        failure.run();
      }
    };
  }

  /** As languages do that declare no exceptions, and Lombok. */
  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void throwSneakily(Throwable failure) throws T {
    throw (T) failure;
  }

  /** As that of Kotlin and Scala, which is below Error itself. */
  static final class NotImplementedError extends Error {
    private static final long serialVersionUID = 1L;

    NotImplementedError() {}
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        IllegalStateException.class,
        AssertionError.class,
        NoClassDefFoundError.class,
        StackOverflowError.class,
        OutOfMemoryError.class,
        IOException.class,
        InterruptedException.class,
        NotImplementedError.class
      })
  void aListenerThatFailsIsLoggedAndEndsNobodysWaiting(Class<? extends Throwable> type)
      throws Exception {
    Throwable failure = type.getDeclaredConstructor().newInstance();
    ApprovalWaiter waiter = waiter(failing(() -> throwSneakily(failure)));
    try (CapturedLogs logs = new CapturedLogs("io.hsmrest.approval")) {
      assertThat(waiter.await(open(Duration.ofSeconds(3))).state())
          .isEqualTo(RequestState.EXECUTED);
      // What the listener throws at the end may be an interrupt of the one who waits.
      assertThat(Thread.interrupted()).isEqualTo(failure instanceof InterruptedException);
      assertThat(
              waiter
                  .awaitLater(open(Duration.ofSeconds(3)), time.instant(), Runnable::run)
                  .get()
                  .state())
          .isEqualTo(RequestState.EXECUTED);
      assertThat(logs.messages(Level.WARNING))
          .hasSizeGreaterThan(6)
          .containsOnly("an ApprovalListener failed");
    }
  }

  @Test
  void bothListenersAreToldThoughTheFirstOneFails() throws Exception {
    List<String> told = new ArrayList<>();
    ApprovalListener second =
        new ApprovalListener() {
          @Override
          public void waiting(ApprovalProgress progress) {
            told.add("waiting");
          }

          @Override
          public void ended(ApprovalProgress progress) {
            told.add("ended");
          }
        };
    ApprovalListener first =
        failing(
            () -> {
              told.add("first");
              throw new IllegalStateException("on purpose");
            });
    waiter(first.and(second)).await(open(Duration.ofMillis(100)));
    assertThat(told).containsExactly("first", "waiting", "first", "ended");
  }

  @ParameterizedTest
  @ValueSource(classes = {IllegalStateException.class, OutOfMemoryError.class})
  void aDefectInALookIsWaitedOut(Class<? extends Throwable> type) throws Exception {
    Throwable defect = type.getDeclaredConstructor().newInstance();
    ApprovalWaiter waiter = waiter(new ApprovalListener() {});
    service.beforeEachLook(
        () -> {
          if (time.passed().compareTo(Duration.ofMinutes(1)) < 0) {
            throwSneakily(defect);
          }
        });
    try (CapturedLogs logs = new CapturedLogs("io.hsmrest.approval")) {
      assertThat(waiter.await(open(Duration.ofSeconds(3))).state())
          .isEqualTo(RequestState.EXECUTED);
      assertThat(logs.messages(Level.WARNING))
          .containsExactly(
              "request request-00000 cannot be looked at, waiting on: looking at request"
                  + " request-00000 failed: "
                  + defect);
    }
    assertThat(time.passed()).isGreaterThanOrEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void aDefectThatStaysIsTheCauseOfTheTimeOut() throws Exception {
    ApprovalWaiter waiter = waiter(new ApprovalListener() {});
    service.beforeEachLook(
        () -> {
          throw new IllegalStateException("on purpose");
        });
    assertThatThrownBy(() -> waiter.await(open(Duration.ofSeconds(3))))
        .isInstanceOf(ApprovalTimedOutException.class)
        .hasRootCauseMessage("on purpose");
  }

  /** Here the log, which is told of what went wrong before. */
  @Test
  void whateverEndsThePollersThreadAnotherOneGoesOn() throws Exception {
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    CompletableFuture<Throwable> died = new CompletableFuture<>();
    Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> died.complete(failure));
    Logger logger = Logger.getLogger("io.hsmrest.approval");
    OutOfMemoryError defect = new OutOfMemoryError("on purpose");
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord entry) {
            if (!died.isDone()) {
              throw defect;
            }
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    logger.addHandler(handler);
    try {
      ApprovalWaiter waiter = waiter(failing(() -> throwSneakily(new IOException("told wrong"))));
      CompletableFuture<RequestStatus> later =
          waiter.awaitLater(open(Duration.ofSeconds(3)), time.instant(), Runnable::run);
      assertThat(later.get().state()).isEqualTo(RequestState.EXECUTED);
      assertThat(died.get()).isSameAs(defect);
    } finally {
      logger.removeHandler(handler);
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
  }

  @Test
  void aTaskThatFailsLeavesTheOthersServed() throws Exception {
    ApprovalPoller poller =
        new ApprovalPoller(
            service,
            Clients.approvals(),
            time,
            new VirtualAlarm(time),
            () -> 0L,
            new AtShutdown(() -> {}));
    CountDownLatch second = new CountDownLatch(1);
    try (CapturedLogs logs = new CapturedLogs("io.hsmrest.approval")) {
      poller.execute(
          () -> {
            throw new IllegalStateException("on purpose");
          });
      poller.execute(second::countDown);
      second.await();
      assertThat(logs.messages(Level.WARNING)).hasSize(1);
    }
  }

  @Test
  void aRoundThatHasBegunLeavesOutWhatNobodyWaitsForAnyMore() throws Exception {
    ApprovalPoller poller =
        new ApprovalPoller(
            service,
            Clients.approvals(),
            time,
            new VirtualAlarm(time),
            () -> 0L,
            new AtShutdown(() -> {}));
    List<WatchedRequest> both = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      both.add(
          new WatchedRequest(
              open(Duration.ofHours(1)),
              new ApprovalListener() {},
              true,
              time.instant(),
              time.instant().plusSeconds(60)));
    }
    CountDownLatch bothThere = new CountDownLatch(1);
    CompletableFuture<Thread> thread = new CompletableFuture<>();
    service.beforeEachLook(
        () -> {
          thread.complete(Thread.currentThread());
          awaitQuietly(bothThere);
          both.forEach(poller::forget);
        });
    poller.watch(both.get(0));
    poller.watch(both.get(1));
    bothThere.countDown();
    thread.get().join();
    assertThat(both).allSatisfy(request -> assertThat(request.ended()).isCancelled());
    assertThat(service.looks()).hasSize(1);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Each of them takes longer than the pause between two looks does. */
  @Test
  void looksAndWithdrawalsTakeTurns() throws Exception {
    ApprovalPoller poller =
        new ApprovalPoller(
            service,
            Clients.approvals(),
            time,
            new VirtualAlarm(time),
            () -> 0L,
            new AtShutdown(() -> {}));
    CountDownLatch allThere = new CountDownLatch(1);
    CountDownLatch last = new CountDownLatch(5);
    List<String> order = new ArrayList<>();
    service.beforeEachLook(
        () -> {
          awaitQuietly(allThere);
          if (last.getCount() > 0) {
            order.add("look");
          }
        });
    WatchedRequest request =
        new WatchedRequest(
            open(Duration.ofHours(1)),
            new ApprovalListener() {},
            true,
            time.instant(),
            time.instant().plusSeconds(60));
    poller.watch(request);
    for (int i = 0; i < 5; i++) {
      poller.execute(
          () -> {
            time.pass(Duration.ofSeconds(5));
            order.add("withdrawal");
            last.countDown();
          });
    }
    allThere.countDown();
    last.await();
    poller.forget(request);
    for (int i = 0; i < 9; i += 2) {
      assertThat(order.subList(i, i + 2)).containsExactly("look", "withdrawal");
    }
  }

  @Test
  void theThreadIsADaemonAndKeepsNoClassLoaderOfACaller() throws Exception {
    ApprovalPoller poller =
        new ApprovalPoller(
            service,
            Clients.approvals(),
            time,
            new VirtualAlarm(time),
            () -> 0L,
            new AtShutdown(() -> {}));
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    CompletableFuture<Thread> thread = new CompletableFuture<>();
    CompletableFuture<ClassLoader> loader = new CompletableFuture<>();
    try {
      Thread.currentThread().setContextClassLoader(new ClassLoader() {});
      poller.execute(
          () -> {
            thread.complete(Thread.currentThread());
            loader.complete(Thread.currentThread().getContextClassLoader());
          });
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
    assertThat(loader.get()).isSameAs(ApprovalPoller.class.getClassLoader());
    assertThat(thread.get().isDaemon()).isTrue();
  }
}
