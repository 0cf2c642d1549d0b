package io.hsmrest.client.approval;

import io.hsmrest.client.ApprovalSettings;
import io.hsmrest.client.HsmClientConfig;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.HsmLogger;
import io.hsmrest.client.RequestClient;
import io.hsmrest.client.RequestOutcomeUnknownException;
import io.hsmrest.client.Sleeper;
import io.hsmrest.client.model.RequestState;
import io.hsmrest.client.model.RequestStatus;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Asks people, once for each operation, and waits. A creation whose answer was lost is never
 * repeated blindly: what has appeared at the service since is looked at, and whoever's result it is
 * shows when it is there. Thread-safe.
 */
public final class ApprovedRequests {
  private static final System.Logger LOG = HsmLogger.of("io.hsmrest.approval");

  private final ApprovalSettings settings;
  private final ApprovalWaiter waiter;
  private final RequestLedger ledger;
  private final Resumption resumption;
  private final Sleeper sleeper;

  /**
   * Asking people through {@code client}, one poller for all who wait.
   *
   * @param listener is told how waiting goes
   */
  public static ApprovedRequests of(
      RequestClient client, HsmClientConfig config, ApprovalListener listener) {
    return of(client, config, listener, Clock.systemUTC(), Sleeper.system(), Alarm.system());
  }

  /** The same with a time of its own, which comes from {@code clock} and passes in sleeps. */
  public static ApprovedRequests of(
      RequestClient client,
      HsmClientConfig config,
      ApprovalListener listener,
      Clock clock,
      Sleeper sleeper) {
    return of(client, config, listener, clock, sleeper, Alarm.over(sleeper));
  }

  private static ApprovedRequests of(
      RequestClient client,
      HsmClientConfig config,
      ApprovalListener listener,
      Clock clock,
      Sleeper sleeper,
      Alarm alarm) {
    ApprovalSettings settings = config.approval();
    RequestJournal journal =
        settings.resume() ? RequestJournal.ofUser(config.endpoints().toString()) : null;
    return new ApprovedRequests(
        settings,
        ApprovalWaiter.of(client, settings, listener, clock, alarm),
        new RequestLedger(client, clock),
        new Resumption(client, settings, journal),
        sleeper);
  }

  /** Requests of one service. */
  ApprovedRequests(
      ApprovalSettings settings,
      ApprovalWaiter waiter,
      RequestLedger ledger,
      Resumption resumption,
      Sleeper sleeper) {
    this.settings = settings;
    this.waiter = waiter;
    this.ledger = ledger;
    this.resumption = resumption;
    this.sleeper = sleeper;
  }

  /** How an operation has begun: with a request to wait for, or with its result at once. */
  private record Beginning<T>(@Nullable String requestId, @Nullable T result) {}

  /**
   * Does it at once where nobody has to approve; else creates the request, or takes up the one of
   * an earlier run, and blocks until it is executed.
   *
   * @throws ApprovalException one subclass for each bad end
   * @throws RequestOutcomeUnknownException when it stays open whether there is a request
   * @throws HsmException when the service refused, or its result cannot be read
   */
  public <T> T run(ApprovedOperation<T> operation) throws HsmException {
    Instant began = waiter.now();
    Beginning<T> beginning = begin(operation, began);
    String id = beginning.requestId();
    if (id == null) {
      return Objects.requireNonNull(beginning.result());
    }
    try {
      return finished(operation, waiter.await(operation.pending(id), began));
    } catch (HsmException e) {
      resumption.failed(operation, e);
      throw e;
    }
  }

  /**
   * The same without a waiting thread. Cancelling the future gives up, as an interrupt does.
   *
   * @param executor what talks to the service runs on it, or with the result: the creation, which
   *     takes as long as one call does, and what follows the end. What it does not accept fails the
   *     future with its {@code RejectedExecutionException}
   */
  public <T> CompletableFuture<T> runLater(ApprovedOperation<T> operation, Executor executor) {
    CompletableFuture<T> later = new CompletableFuture<>();
    try {
      executor.execute(
          () -> {
            try {
              // Who cancels before anything was asked for spares people the question.
              if (!later.isDone()) {
                beginLater(operation, executor, later);
              }
            } catch (HsmException | RuntimeException | Error e) {
              later.completeExceptionally(e);
            }
          });
    } catch (RejectedExecutionException e) {
      later.completeExceptionally(e);
    }
    return later;
  }

  private <T> void beginLater(
      ApprovedOperation<T> operation, Executor executor, CompletableFuture<T> later)
      throws HsmException {
    Instant began = waiter.now();
    Beginning<T> beginning = begin(operation, began);
    String id = beginning.requestId();
    if (id == null) {
      later.complete(beginning.result());
      return;
    }
    CompletableFuture<RequestStatus> executed =
        waiter.awaitLater(operation.pending(id), began, executor);
    var unused =
        executed.whenComplete(
            (status, failure) -> {
              try {
                if (failure != null) {
                  resumption.failed(operation, failure);
                  later.completeExceptionally(failure);
                } else {
                  later.complete(finished(operation, status));
                }
              } catch (HsmException | RuntimeException e) {
                later.completeExceptionally(e);
              }
            });
    // Also when it was cancelled before there was a request.
    Cancellation.handOn(later, executed);
  }

  private <T> Beginning<T> begin(ApprovedOperation<T> operation, Instant began)
      throws HsmException {
    Optional<T> direct = operation.runDirectly();
    if (direct.isPresent()) {
      return new Beginning<>(null, direct.get());
    }
    Optional<RequestStatus> earlier = resumption.earlier(operation);
    if (earlier.isPresent()) {
      RequestStatus status = earlier.get();
      ledger.claim(status.id());
      return status.state() == RequestState.EXECUTED
          ? new Beginning<>(null, finished(operation, status))
          : new Beginning<>(status.id(), null);
    }
    String identity = operation.identity();
    OptionalLong mark =
        settings.recover() == ApprovalSettings.Recovery.PROBE
            ? ledger.mark(identity)
            : OptionalLong.empty();
    try {
      return new Beginning<>(create(operation), null);
    } catch (RequestOutcomeUnknownException e) {
      if (mark.isEmpty() || Thread.currentThread().isInterrupted()) {
        throw e;
      }
      return recover(
          operation,
          e,
          new LostRequest<>(ledger, waiter, sleeper, operation, mark.getAsLong(), began));
    } finally {
      if (mark.isPresent()) {
        ledger.answered(identity);
      }
    }
  }

  private <T> String create(ApprovedOperation<T> operation) throws HsmException {
    String id = operation.submit();
    ledger.claim(id);
    resumption.opened(operation, id);
    return id;
  }

  private <T> Beginning<T> recover(
      ApprovedOperation<T> operation, RequestOutcomeUnknownException first, LostRequest<T> search)
      throws HsmException {
    RequestOutcomeUnknownException lost = first;
    while (true) {
      LOG.log(
          System.Logger.Level.INFO,
          "{0}; looking at what has appeared at the service since",
          lost.getMessage());
      Optional<T> found = search.search(lost);
      if (found.isPresent()) {
        return new Beginning<>(null, found.get());
      }
      LOG.log(System.Logger.Level.INFO, "the request did not arrive; sending it again");
      try {
        return new Beginning<>(create(operation), null);
      } catch (RequestOutcomeUnknownException e) {
        e.addSuppressed(lost);
        lost = e;
      }
    }
  }

  private <T> T finished(ApprovedOperation<T> operation, RequestStatus executed)
      throws HsmException {
    resumption.over(operation);
    return operation.read(executed);
  }
}
