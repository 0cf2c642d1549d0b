package io.hsmrest.client.approval;

import io.hsmrest.client.HsmException;
import io.hsmrest.client.HsmLogger;
import io.hsmrest.client.PlainText;
import io.hsmrest.client.RequestClient;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * Cancels requests that nobody waits for any more, on another thread: the service may be what does
 * not answer, and who gives up wants to go on. Thread-safe.
 */
final class Withdrawal {
  private static final System.Logger LOG = HsmLogger.of("io.hsmrest.approval");

  private final RequestClient client;
  private final Executor executor;

  Withdrawal(RequestClient client, Executor executor) {
    this.client = client;
    this.executor = executor;
  }

  /** Cancels a request on the calling thread; a failure is logged. */
  void now(String requestId) {
    cancel(requestId, new CompletableFuture<>());
  }

  private void cancel(String requestId, CompletableFuture<Void> cancelled) {
    try {
      client.cancelRequest(requestId);
      cancelled.complete(null);
    } catch (HsmException | RuntimeException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "request {0} may still be approved: {1}",
          PlainText.oneLine(requestId),
          e.getMessage());
      cancelled.completeExceptionally(e);
    }
  }

  /**
   * Cancels a request. A failure is logged, because approvers may go on approving, and added to the
   * reason when it comes in time; it never replaces the reason.
   *
   * @param stillOpen asked just before: what has come to its end meanwhile is not cancelled
   * @param patience how long the caller waits for it
   */
  void of(
      String requestId, ApprovalException reason, BooleanSupplier stillOpen, Duration patience) {
    CompletableFuture<Void> cancelled = new CompletableFuture<>();
    executor.execute(
        () -> {
          if (stillOpen.getAsBoolean()) {
            cancel(requestId, cancelled);
          } else {
            cancelled.complete(null);
          }
        });
    try {
      cancelled.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      reason.addSuppressed(e.getCause());
    } catch (TimeoutException e) {
      // It goes on, and tells the log how it ended.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
