package io.hsmrest.client.approval;

import io.hsmrest.client.HsmLogger;
import io.hsmrest.client.PlainText;
import io.hsmrest.client.RequestClient;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * Cancels requests that nobody waits for any more, on another thread: the service may be what does
 * not answer, and who gives up wants to go on. Thread-safe.
 */
final class Withdrawal {
  private static final System.Logger LOG = HsmLogger.of("io.hsmrest.approval");

  private final RequestClient client;
  private final Executor executor;
  private final Set<Job> underWay = ConcurrentHashMap.newKeySet();

  Withdrawal(RequestClient client, Executor executor) {
    this.client = client;
    this.executor = executor;
  }

  /** The cancellation of one request, by whoever comes to it first. */
  final class Job implements Runnable {
    private final String requestId;
    private final BooleanSupplier stillOpen;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    private Job(String requestId, BooleanSupplier stillOpen) {
      this.requestId = requestId;
      this.stillOpen = stillOpen;
    }

    String requestId() {
      return requestId;
    }

    /** Done when the request is not open any more; else failed with what was logged. */
    CompletableFuture<Void> done() {
      return done;
    }

    @Override
    public void run() {
      if (!begun.compareAndSet(false, true)) {
        return;
      }
      try {
        if (stillOpen.getAsBoolean()) {
          client.cancelRequest(requestId);
        }
        underWay.remove(this);
        done.complete(null);
      } catch (Throwable e) {
        underWay.remove(this);
        failed(e);
      }
    }

    private void failed(Throwable failure) {
      LOG.log(
          System.Logger.Level.WARNING,
          "request {0} may still be approved: {1}",
          PlainText.oneLine(requestId),
          failure.getMessage());
      done.completeExceptionally(failure);
    }
  }

  /** One to be run by the caller. */
  Job job(String requestId, BooleanSupplier stillOpen) {
    return new Job(requestId, stillOpen);
  }

  /** Those that have been asked for and have not come to an end. */
  List<Job> underWay() {
    return List.copyOf(underWay);
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
    Job job = job(requestId, stillOpen);
    underWay.add(job);
    executor.execute(job);
    try {
      job.done().get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      reason.addSuppressed(e.getCause());
    } catch (TimeoutException e) {
      // It goes on, and tells the log how it ended.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
