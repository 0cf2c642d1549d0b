package io.hsmrest.client.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.client.ApprovalSettings;
import io.hsmrest.client.VirtualTime;
import io.hsmrest.client.model.RequestStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is still done when the JVM ends. */
@Timeout(60)
class LastWithdrawalsTest {
  private static final Duration LONG = Duration.ofHours(1);
  private static final Duration SHORT = Duration.ofMillis(50);

  private final VirtualTime time = new VirtualTime();
  private final FakeRequests service = new FakeRequests();
  private final CountDownLatch never = new CountDownLatch(1);

  /** Nothing of it runs: as with a poller that hangs. */
  private final Withdrawal withdrawal = new Withdrawal(service, task -> {});

  private final Creations creations = new Creations(new AtShutdown(() -> {}));
  private final List<WatchedRequest> watched = new ArrayList<>();
  private final List<String> told = new ArrayList<>();

  private WatchedRequest watch(String id, boolean ours) {
    WatchedRequest request =
        new WatchedRequest(
            new PendingApproval(id, "k", "sign", null),
            new ApprovalListener() {},
            ours,
            time.instant(),
            time.instant().plus(LONG));
    watched.add(request);
    return request;
  }

  private void run(Duration longest) {
    run(longest, true, true);
  }

  private void run(Duration longest, boolean withdraws, boolean awaits) {
    new LastWithdrawals(withdrawal, creations, () -> watched, withdraws, awaits)
        .run(longest, told::add);
  }

  private void hang() {
    try {
      never.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void sixteenAreWithdrawnAtATime() {
    CyclicBarrier sixteen = new CyclicBarrier(16);
    service.onCancel(
        id -> {
          try {
            sixteen.await();
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        });
    for (int i = 0; i < 64; i++) {
      watch("r" + i, true);
    }
    run(LONG);
    assertThat(service.cancelled()).hasSize(64).doesNotHaveDuplicates();
    assertThat(told).isEmpty();
  }

  @Test
  void oneLineSaysWhatWasLeftOpen() {
    service.onCancel(id -> hang());
    for (int i = 0; i < 7; i++) {
      watch("r" + i, true);
    }
    run(SHORT);
    assertThat(told)
        .containsExactly(
            "not withdrawn, and may still be approved: 7 of 7 open requests, r0, r1, r2, r3, r4"
                + " and 2 more");
    never.countDown();
  }

  @Test
  void oneThatTheServiceRefusesToWithdrawIsLeftOpenToo() {
    service.onCancel(
        id -> {
          throw new IllegalStateException("on purpose");
        });
    watch("r1", true);
    run(LONG);
    assertThat(told)
        .containsExactly("not withdrawn, and may still be approved: 1 of 1 open requests, r1");
  }

  @Test
  void whatIsNotOursOrHasEndedOrIsUnknownIsLeftAlone() {
    watch("theirs", false);
    WatchedRequest unknown = watch("r1", true);
    unknown.seen(FakeRequests.status("ON_HOLD"));
    watch("r2", true).seen(FakeRequests.executed("x"));
    run(LONG);
    assertThat(service.cancelled()).isEmpty();
    assertThat(told).isEmpty();
  }

  @Test
  void whatWasAboutToBeWithdrawnIsWithdrawn() {
    giveUp("r1", true);
    giveUp("r2", false);
    run(LONG, false, false);
    assertThat(service.cancelled()).containsExactly("r1");
    assertThat(told).isEmpty();
  }

  private void giveUp(String id, boolean open) {
    ApprovalException reason =
        new ApprovalTimedOutException(
            new ApprovalProgress(
                new PendingApproval(id, "k", "sign", null),
                (RequestStatus) null,
                Duration.ZERO,
                Duration.ZERO),
            ApprovalSettings.GiveUp.CANCEL,
            null);
    withdrawal.of(id, reason, () -> open, Duration.ZERO);
  }

  @Test
  void oneThatSomebodyHasBegunToWithdrawIsWaitedForAndNotWithdrawnTwice() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    service.onCancel(
        id -> {
          if (id.equals("r1")) {
            begun.countDown();
            hang();
          } else {
            never.countDown();
          }
        });
    giveUp("r1", true);
    Withdrawal.Job job = withdrawal.underWay().get(0);
    new Thread(job).start();
    begun.await();
    watch("r2", true);
    run(LONG);
    assertThat(service.cancelled()).containsExactlyInAnyOrder("r1", "r2");
    assertThat(withdrawal.underWay()).isEmpty();
    assertThat(told).isEmpty();
  }

  private void sendAndHang() throws InterruptedException {
    CountDownLatch sent = new CountDownLatch(1);
    FutureTask<String> creating =
        new FutureTask<>(
            () ->
                creations.send(
                    () -> {
                      sent.countDown();
                      hang();
                      return "new";
                    }));
    new Thread(creating).start();
    sent.await();
  }

  @Test
  void aCreationThatIsOnItsWayIsWaitedForAndWithdrawn() throws Exception {
    sendAndHang();
    // Its answer comes when another one has been withdrawn, at the end of the JVM, that is.
    service.onCancel(id -> never.countDown());
    watch("r1", true);
    run(LONG);
    assertThat(service.cancelled()).containsExactly("r1", "new");
    assertThat(told).isEmpty();
  }

  @Test
  void aCreationThatIsNotAnsweredInTimeIsTold() throws Exception {
    sendAndHang();
    run(SHORT);
    assertThat(told)
        .containsExactly(
            "unanswered creations of requests, which approvers may be asked all the same: 1");
    told.clear();
    run(LONG, false, false);
    assertThat(told).isEmpty();
    never.countDown();
  }

  @Test
  void betweenItsCreationAndItsWatchingARequestIsNotOverlooked() throws Exception {
    creations.send(() -> "r1");
    creations.send(() -> "r2");
    creations.watched("r2");
    run(LONG);
    assertThat(service.cancelled()).containsExactly("r1");
  }
}
