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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
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

  @ParameterizedTest
  @ValueSource(
      classes = {
        IllegalStateException.class,
        AssertionError.class,
        NoClassDefFoundError.class,
        StackOverflowError.class
      })
  void aListenerThatFailsIsLoggedAndEndsNobodysWaiting(Class<? extends Throwable> type)
      throws Exception {
    Throwable failure = type.getConstructor().newInstance();
    ApprovalWaiter waiter =
        waiter(
            failing(
                () -> {
                  if (failure instanceof Error error) {
                    throw error;
                  }
                  throw (RuntimeException) failure;
                }));
    try (CapturedLogs logs = new CapturedLogs("io.hsmrest.approval")) {
      assertThat(waiter.await(open(Duration.ofSeconds(3))).state())
          .isEqualTo(RequestState.EXECUTED);
      assertThat(logs.messages(Level.WARNING))
          .hasSizeGreaterThan(3)
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

  @Test
  void aDefectInALookEndsTheWaitingForThatRequestAlone() throws Exception {
    ApprovalWaiter waiter = waiter(new ApprovalListener() {});
    service.beforeEachLook(
        () -> {
          throw new IllegalStateException("on purpose");
        });
    PendingApproval pending = open(Duration.ofSeconds(3));
    assertThatThrownBy(() -> waiter.await(pending))
        .isExactlyInstanceOf(HsmException.class)
        .hasMessage("looking at request request-00000 failed")
        .hasCauseInstanceOf(IllegalStateException.class);
    service.beforeEachLook(() -> {});
    assertThat(waiter.await(pending).state()).isEqualTo(RequestState.EXECUTED);
  }

  /** Also where what follows runs on the poller's own thread, and leaves the set of those open. */
  @Test
  void whatEndsThePollerEndsTheWaitingOfAllAndTheNextOneStartsAnew() throws Exception {
    ApprovalWaiter waiter = waiter(new ApprovalListener() {});
    CountDownLatch allWait = new CountDownLatch(1);
    OutOfMemoryError defect = new OutOfMemoryError("on purpose");
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    List<Throwable> uncaught = new ArrayList<>();
    CountDownLatch died = new CountDownLatch(1);
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, failure) -> {
          uncaught.add(failure);
          died.countDown();
        });
    try {
      service.beforeEachLook(
          () -> {
            try {
              allWait.await();
            } catch (InterruptedException e) {
              throw new AssertionError(e);
            }
            throw defect;
          });
      List<CompletableFuture<RequestStatus>> later = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        later.add(waiter.awaitLater(open(Duration.ofSeconds(3)), time.instant(), Runnable::run));
      }
      allWait.countDown();
      for (CompletableFuture<RequestStatus> one : later) {
        assertThatThrownBy(one::join).hasRootCause(defect);
      }
      died.await();
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
    assertThat(uncaught).containsExactly(defect);
    service.beforeEachLook(() -> {});
    assertThat(waiter.await(open(Duration.ofSeconds(3))).state()).isEqualTo(RequestState.EXECUTED);
  }

  @Test
  void aTaskThatFailsLeavesTheOthersServed() throws Exception {
    ApprovalPoller poller =
        new ApprovalPoller(service, Clients.approvals(), time, new VirtualAlarm(time), () -> 0L);
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
  void theThreadIsADaemonAndKeepsNoClassLoaderOfACaller() throws Exception {
    ApprovalPoller poller =
        new ApprovalPoller(service, Clients.approvals(), time, new VirtualAlarm(time), () -> 0L);
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
