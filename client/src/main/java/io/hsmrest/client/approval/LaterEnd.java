package io.hsmrest.client.approval;

import io.hsmrest.client.HsmException;
import io.hsmrest.client.HsmLogger;
import io.hsmrest.client.model.RequestStatus;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** What follows the end of a request that nobody waits for with a thread. */
final class LaterEnd {
  private static final System.Logger LOG = HsmLogger.of("io.hsmrest.approval");

  private final ApprovalEnd end;
  private final WatchedRequest request;
  private final Runnable over;
  private final CompletableFuture<RequestStatus> later;

  /**
   * For one request.
   *
   * @param over run at the end, whatever it is
   * @param later completed by it, whatever goes wrong
   */
  LaterEnd(
      ApprovalEnd end,
      WatchedRequest request,
      Runnable over,
      CompletableFuture<RequestStatus> later) {
    this.end = end;
    this.request = request;
    this.over = over;
    this.later = later;
  }

  /** Has the executor see to the end. */
  void on(Executor executor, @Nullable RequestStatus status, @Nullable Throwable failure) {
    try {
      executor.execute(() -> run(status, failure));
    } catch (Throwable e) {
      // Nobody will take the end: that it is one has to be seen to all the same.
      later.completeExceptionally(e);
      run(status, failure);
    }
  }

  private void run(@Nullable RequestStatus status, @Nullable Throwable failure) {
    RequestStatus ended = null;
    Throwable reason = null;
    try {
      ended = ended(status, failure);
    } catch (Throwable e) {
      reason = e;
    }
    try {
      over.run();
    } catch (Throwable e) {
      LOG.log(System.Logger.Level.WARNING, "telling the end of a request failed", e);
    }
    if (reason == null) {
      later.complete(ended);
    } else {
      later.completeExceptionally(reason);
    }
  }

  private RequestStatus ended(@Nullable RequestStatus status, @Nullable Throwable failure)
      throws HsmException {
    if (status != null) {
      return end.executed(request, status);
    }
    if (failure instanceof CancellationException cancelled) {
      throw end.cancelled(request, cancelled);
    }
    return end.failed(request, Objects.requireNonNull(failure), Duration.ZERO);
  }
}
