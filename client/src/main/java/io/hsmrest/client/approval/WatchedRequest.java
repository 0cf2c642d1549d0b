package io.hsmrest.client.approval;

import io.hsmrest.client.HsmConnectionException;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.HsmLogger;
import io.hsmrest.client.HsmResponseException;
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

  boolean isOurs() {
    return ours;
  }

  Instant deadline() {
    return deadline;
  }

  /**
   * Completed with the first terminal status that was seen, its result included: services may hand
   * a result out only once (contract 2.4.1). Failed when the service refuses to tell, or with a
   * {@code TimeoutException} when the deadline is over.
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
    unreachable = null;
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
      unreachable = null;
    }
  }

  /** A look failed: a service that does not answer for a while is waited for like an approver. */
  void failed(HsmException failure) {
    if (failure instanceof HsmConnectionException
        || failure instanceof HsmResponseException refusal
            && (refusal.status() >= 500 || refusal.status() == 429)) {
      unreachable = failure;
    } else {
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

  /** A listener's defect must not end the waiting of anybody. */
  private static void safely(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
      LOG.log(System.Logger.Level.WARNING, "an ApprovalListener failed", e);
    }
  }
}
