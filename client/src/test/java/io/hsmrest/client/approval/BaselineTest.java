package io.hsmrest.client.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hsmrest.client.ApprovalSettings;
import io.hsmrest.client.Clients;
import io.hsmrest.client.HsmConnectionException;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.RequestOutcomeUnknownException;
import io.hsmrest.client.VirtualTime;
import io.hsmrest.client.approval.InMemoryApprovals.Fate;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.RequestState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The list before a creation, which serves recovery alone and must not keep anybody. */
@Timeout(60)
class BaselineTest {
  private static final Octets PAYLOAD = TestSigning.payload("ours");
  private static final HsmConnectionException SILENT =
      new HsmConnectionException("list requests failed: time out", 1, true, null);

  private final VirtualTime time = new VirtualTime();
  private final InMemoryApprovals service = new InMemoryApprovals(time);
  private final RequestLedger ledger = new RequestLedger(service, time);

  private String run() throws HsmException {
    ApprovalSettings approvals = Clients.approvals();
    return new ApprovedRequests(
            approvals,
            new ApprovalWaiter(
                service,
                approvals,
                new ApprovalListener() {},
                time,
                new VirtualAlarm(time),
                () -> 0L),
            ledger,
            new Resumption(service, approvals, null),
            time)
        .run(new TestSigning(service::submitSign, PAYLOAD));
  }

  @Test
  void aListThatDoesNotComeKeepsNobodyFromAsking() throws Exception {
    service.failLists(SILENT);
    assertThat(run()).startsWith(PAYLOAD.toBase64());
    assertThat(run()).startsWith(PAYLOAD.toBase64());
    // Nor is it asked for again by each.
    assertThat(service.lists()).hasSize(1);
    service.failLists(null);
    time.pass(Duration.ofSeconds(30));
    run();
    assertThat(service.lists()).hasSize(2);
  }

  @Test
  void withoutAListALostAnswerIsAnErrorThatNamesWhatIsOpen() {
    service.foreign(RequestState.EXECUTED, Duration.ZERO);
    service.foreign(RequestState.EXECUTED, Duration.ofDays(1));
    assertThat(ledger.claim("request-00001")).isTrue();
    service.foreign(RequestState.EXECUTED, Duration.ofDays(1));
    service.losing(payload -> Fate.LOST_AFTER_CREATION);
    service.failLists(SILENT);
    service.onCreation(id -> service.failLists(null));
    assertThatThrownBy(this::run)
        .isInstanceOf(RequestOutcomeUnknownException.class)
        .hasMessageEndingWith(
            "; one of these requests may be this operation's: request-00002, request-00003");
    assertThat(service.requestsFor(PAYLOAD)).hasSize(1);
  }

  @Test
  void anOlderListServesWhereANewOneDoesNotCome() throws Exception {
    String early = service.foreign(RequestState.REJECTED, Duration.ZERO);
    run();
    time.pass(Duration.ofMinutes(5));
    service.losing(payload -> Fate.LOST_AFTER_CREATION);
    service.failLists(SILENT);
    service.onCreation(id -> service.failLists(null));
    assertThat(run()).startsWith(PAYLOAD.toBase64());
    assertThat(service.looks()).noneMatch(look -> look.id().equals(early));
  }

  @Test
  void manyShareOneListAndItsFailure() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    AtomicInteger lists = new AtomicInteger();
    Baseline baseline =
        new Baseline(
            within -> {
              assertThat(within).isLessThanOrEqualTo(Duration.ofSeconds(2));
              lists.incrementAndGet();
              await(over);
              throw SILENT;
            },
            time);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Thread thread = new Thread(() -> refresh(baseline));
      threads.add(thread);
      thread.start();
    }
    // One waits for the list, the others for that one.
    while (threads.stream().anyMatch(BaselineTest::isRunning)) {
      Thread.onSpinWait();
    }
    over.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(lists).hasValue(1);
  }

  private static boolean isRunning(Thread thread) {
    return switch (thread.getState()) {
      case WAITING, TIMED_WAITING, TERMINATED -> false;
      default -> true;
    };
  }

  private static void refresh(Baseline baseline) {
    try {
      baseline.refresh();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
