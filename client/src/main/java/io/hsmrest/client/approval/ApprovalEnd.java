package io.hsmrest.client.approval;

import io.hsmrest.client.ApprovalSettings;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.UnknownRequestException;
import io.hsmrest.client.model.RequestState;
import io.hsmrest.client.model.RequestStatus;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;

/**
 * What a request's end means for whoever waited for it; withdraws what nobody waits for any more.
 * Thread-safe.
 */
final class ApprovalEnd {
  /** Who gives up goes on at once; the withdrawal does so too, and tells the log how it ended. */
  static final Duration AT_ONCE = Duration.ofMillis(80);

  private final ApprovalSettings settings;
  private final Clock clock;
  private final Withdrawal withdrawal;
  private final RequestHolders holders;

  ApprovalEnd(
      ApprovalSettings settings, Clock clock, Withdrawal withdrawal, RequestHolders holders) {
    this.settings = settings;
    this.clock = clock;
    this.withdrawal = withdrawal;
    this.holders = holders;
  }

  /** The status again when it was executed. */
  RequestStatus executed(WatchedRequest request, RequestStatus seen) throws ApprovalException {
    ApprovalProgress progress = request.progress(clock.instant());
    return switch (seen.state()) {
      case EXECUTED -> seen;
      case REJECTED -> throw new ApprovalRejectedException(progress, null);
      case EXPIRED -> throw new ApprovalExpiredException(progress, null);
      case CANCELLED -> throw new ApprovalCancelledException(progress, null);
      default -> throw new ApprovalFailedException(progress, null);
    };
  }

  /**
   * What follows when no status came.
   *
   * @param patience how long is waited for a withdrawal
   */
  RequestStatus failed(WatchedRequest request, Throwable failure, Duration patience)
      throws HsmException {
    if (failure instanceof TimeoutException) {
      return gaveUp(request, patience);
    }
    if (failure instanceof UnknownRequestException gone) {
      throw gone;
    }
    ApprovalException reason =
        new ApprovalUnreadableException(
            request.progress(clock.instant()), settings.onGiveUp(), failure);
    withdraw(request, reason, patience);
    return unlessExecuted(request, reason);
  }

  /**
   * Gives up, unless the end came at the same moment. The flag is restored last: it would end the
   * withdrawal too.
   */
  RequestStatus interrupted(WatchedRequest request, InterruptedException cause)
      throws ApprovalException {
    ApprovalException reason = givenUp(request, cause);
    withdraw(request, reason, AT_ONCE);
    Thread.currentThread().interrupt();
    return unlessExecuted(request, reason);
  }

  /** Whoever did not wait for it with a thread does not want it any more. */
  ApprovalException cancelled(WatchedRequest request, CancellationException cause) {
    ApprovalException reason = givenUp(request, cause);
    withdraw(request, reason, Duration.ZERO);
    return reason;
  }

  private ApprovalException givenUp(WatchedRequest request, Exception cause) {
    return new ApprovalInterruptedException(
        request.progress(clock.instant()), settings.onGiveUp(), cause);
  }

  private RequestStatus gaveUp(WatchedRequest request, Duration patience) throws HsmException {
    if (Thread.interrupted()) {
      return interrupted(request, new InterruptedException("interrupted at the deadline"));
    }
    ApprovalProgress progress = request.progress(clock.instant());
    RequestStatus status = request.status();
    if (status != null && status.state() == RequestState.UNKNOWN) {
      throw new UnknownRequestStateException(progress, null);
    }
    ApprovalException reason =
        new ApprovalTimedOutException(progress, settings.onGiveUp(), request.unreachable());
    withdraw(request, reason, patience);
    return unlessExecuted(request, reason);
  }

  private static RequestStatus unlessExecuted(WatchedRequest request, ApprovalException reason)
      throws ApprovalException {
    RequestStatus status = request.status();
    if (status != null && status.state() == RequestState.EXECUTED) {
      return status;
    }
    throw reason;
  }

  private void withdraw(WatchedRequest request, ApprovalException reason, Duration patience) {
    if (!holders.release(request)) {
      return;
    }
    if (settings.onGiveUp() == ApprovalSettings.GiveUp.CANCEL && request.mayBeWithdrawn()) {
      withdrawal.of(request.id(), reason, request::mayBeWithdrawn, patience);
    }
  }
}
