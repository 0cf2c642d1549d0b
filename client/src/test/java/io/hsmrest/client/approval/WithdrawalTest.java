package io.hsmrest.client.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.client.ApprovalSettings;
import io.hsmrest.client.CapturedLogs;
import io.hsmrest.client.HsmConnectionException;
import io.hsmrest.client.VirtualTime;
import io.hsmrest.client.model.RequestState;
import io.hsmrest.client.model.RequestStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests that nobody waits for any more. */
@Timeout(60)
class WithdrawalTest {
  private final VirtualTime time = new VirtualTime();
  private final InMemoryApprovals service = new InMemoryApprovals(time);
  private final String id =
      service.earlier(TestSigning.payload("p"), RequestState.EXECUTED, Duration.ofHours(1));
  private final ApprovalException reason =
      new ApprovalTimedOutException(
          new ApprovalProgress(
              new PendingApproval(id, "k", "sign", null),
              (RequestStatus) null,
              Duration.ZERO,
              Duration.ZERO),
          ApprovalSettings.GiveUp.CANCEL,
          null);

  private void withdraw(boolean open) {
    new Withdrawal(service, Runnable::run).of(id, reason, () -> open, Duration.ofSeconds(1));
  }

  @Test
  void whatIsOpenIsCancelled() {
    withdraw(true);
    assertThat(service.cancelled()).containsExactly(id);
    assertThat(reason).hasNoSuppressedExceptions();
  }

  @Test
  void whatHasEndedMeanwhileIsLeftAlone() {
    withdraw(false);
    assertThat(service.cancelled()).isEmpty();
  }

  @Test
  void aFailureIsLoggedAndAddedToTheReason() {
    service.silent(true);
    try (CapturedLogs logs = new CapturedLogs("io.hsmrest.approval")) {
      withdraw(true);
      assertThat(logs.messages(Level.WARNING))
          .containsExactly("request " + id + " may still be approved: no answer");
    }
    assertThat(reason.getSuppressed()).singleElement().isInstanceOf(HsmConnectionException.class);
  }

  @Test
  void whoIsPatientForNoTimeGoesOnAndItHappensLater() {
    List<Runnable> tasks = new ArrayList<>();
    new Withdrawal(service, tasks::add).of(id, reason, () -> true, Duration.ZERO);
    assertThat(service.cancelled()).isEmpty();
    tasks.forEach(Runnable::run);
    assertThat(service.cancelled()).containsExactly(id);
    assertThat(reason).hasNoSuppressedExceptions();
  }

  @Test
  void anInterruptWhileItWaitsIsKept() {
    Thread.currentThread().interrupt();
    new Withdrawal(service, task -> {}).of(id, reason, () -> true, Duration.ofHours(1));
    assertThat(Thread.interrupted()).isTrue();
  }
}
