package io.hsmrest.client.approval;

import io.hsmrest.client.HsmException;
import io.hsmrest.client.HsmLogger;
import io.hsmrest.client.PlainText;
import io.hsmrest.client.model.RequestState;
import io.hsmrest.client.model.RequestStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One request that somebody waits for, as the poller knows it. Written by the poller's thread, read
 * by any; {@link #ended()} is what the waiting thread waits on.
 */
final class WatchedRequest {
  private static final System.Logger LOG = HsmLogger.of("io.hsmrest.approval");
  private static final Duration TELL = Duration.ofSeconds(1);

  private final PendingApproval pending;
  private final ApprovalListener listener;
  private final boolean ours;
  private final Instant began;
  private final Instant deadline;
  private final CompletableFuture<RequestStatus> ended = new CompletableFuture<>();
  private volatile @Nullable RequestStatus status;
  private volatile @Nullable HsmException unreachable;
  private boolean warned;
  private @Nullable Instant told;
  private final FailedLooks failedLooks = new FailedLooks();

  /**
   * A request to watch.
   *
   * @param ours false while it may be anybody's: such a request is never cancelled
   */
  WatchedRequest(
      PendingApproval pending,
      ApprovalListener listener,
      boolean ours,
      Instant began,
      Instant deadline) {
    this.pending = pending;
    this.listener = listener;
    this.ours = ours;
    this.began = began;
    this.deadline = deadline;
  }

  String id() {
    return pending.requestId();
  }

  Instant deadline() {
    return deadline;
  }

  /**
   * Completed with the first terminal status that was seen, its result included: services may hand
   * a result out only once (contract 2.4.1). Failed when the service does not know the request, or
   * goes on refusing to tell, or with a {@code TimeoutException} when the deadline is over.
   */
  CompletableFuture<RequestStatus> ended() {
    return ended;
  }

  boolean isOver() {
    return ended.isDone();
  }

  @Nullable RequestStatus status() {
    return status;
  }

  /** Whether nobody but the one who waits for it may want it still. */
  boolean mayBeWithdrawn() {
    RequestStatus known = status;
    // What an unknown state means is not known either, so such a request is left alone.
    return ours
        && (known == null || !known.state().isTerminal() && known.state() != RequestState.UNKNOWN);
  }

  /** Why the last look brought nothing, null when it brought something. */
  @Nullable HsmException unreachable() {
    return unreachable;
  }

  /** The request was read. */
  void seen(RequestStatus now) {
    if (status == null || !status.equals(now)) {
      told = null;
    }
    status = now;
    answered();
    if (now.state().isTerminal()) {
      ended.complete(now);
    } else if (now.state() == RequestState.UNKNOWN && !warned) {
      warned = true;
      LOG.log(
          System.Logger.Level.WARNING,
          "request {0} is in the unknown state ''{1}''; waiting on",
          PlainText.oneLine(id()),
          PlainText.oneLine(now.stateName()));
    }
  }

  /** The list of open requests has it; who has approved is learnt later. */
  void listed(RequestState state) {
    RequestStatus known = status;
    if (known == null) {
      seen(
          new RequestStatus(
              id(), state, state.name(), null, List.of(), List.of(), List.of(), null));
    } else if (known.state() != state) {
      seen(
          new RequestStatus(
              id(),
              state,
              state.name(),
              known.executionTime(),
              known.approvedBy(),
              known.notYetApprovedBy(),
              known.rejectedBy(),
              known.result()));
    } else {
      answered();
    }
  }

  private void answered() {
    unreachable = null;
    failedLooks.over();
  }

  /** A look failed: whatever is no answer about this request is waited out like an approver. */
  void failed(HsmException failure, Instant now) {
    unreachable = failure;
    if (failedLooks.isEnd(id(), failure, now)) {
      ended.completeExceptionally(failure);
    }
  }

  /** The deadline is over and the last look brought no end. */
  void timeIsOver() {
    ended.completeExceptionally(new TimeoutException("the deadline of request " + id()));
  }

  /** Tells the listener how far it is, at each change and each second; when next at the latest. */
  Instant tell(Instant now) {
    Instant last = told;
    if (last != null && now.isBefore(last.plus(TELL))) {
      return last.plus(TELL);
    }
    told = now;
    if (!isOver()) {
      safely(() -> listener.waiting(progress(now)));
      // What a listener does to the poller's thread must not end the next look.
      var unused = Thread.interrupted();
    }
    return now.plus(TELL);
  }

  void tellEnd(Instant now) {
    safely(() -> listener.ended(progress(now)));
  }

  ApprovalProgress progress(Instant now) {
    Duration left = Duration.between(now, deadline);
    return new ApprovalProgress(
        pending, status, Duration.between(began, now), left.isNegative() ? Duration.ZERO : left);
  }

  /** Whatever a listener throws, declared or not, must not change what becomes of anybody. */
  private static void safely(Runnable call) {
    try {
      call.run();
    } catch (Throwable e) {
      LOG.log(System.Logger.Level.WARNING, "an ApprovalListener failed", e);
      if (e instanceof InterruptedException) {
        // Of a language that declares no exceptions; the interrupt is for whoever waits.
        Thread.currentThread().interrupt();
      }
    }
  }
}
