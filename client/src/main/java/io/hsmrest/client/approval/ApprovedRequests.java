package io.hsmrest.client.approval;

import io.hsmrest.client.ApprovalSettings;
import io.hsmrest.client.HsmClientConfig;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.HsmLogger;
import io.hsmrest.client.MonotonicClock;
import io.hsmrest.client.RequestClient;
import io.hsmrest.client.RequestOutcomeUnknownException;
import io.hsmrest.client.Sleeper;
import io.hsmrest.client.approval.OperationStart.Asked;
import io.hsmrest.client.approval.OperationStart.Done;
import io.hsmrest.client.approval.OperationStart.Lost;
import io.hsmrest.client.approval.OperationStart.Start;
import io.hsmrest.client.model.RequestStatus;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Asks people, once for each operation, and waits. A creation whose answer was lost is never
 * repeated blindly: what has appeared at the service since is looked at, and whoever's result it is
 * shows when it is there. Thread-safe.
 */
public final class ApprovedRequests {
  private static final System.Logger LOG = HsmLogger.of("io.hsmrest.approval");

  private final ApprovalWaiter waiter;
  private final Resumption resumption;
  private final OperationStart start;
  private final SearchThreads searches = new SearchThreads();

  /**
   * Asking people through {@code client}, one poller for all who wait.
   *
   * @param listener is told how waiting goes
   */
  public static ApprovedRequests of(
      RequestClient client, HsmClientConfig config, ApprovalListener listener) {
    return of(client, config, listener, MonotonicClock.system(), Sleeper.system(), Alarm.system());
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
    this.waiter = waiter;
    this.resumption = resumption;
    this.start = new OperationStart(settings, waiter, ledger, resumption, sleeper);
  }

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
    Optional<T> direct = operation.runDirectly();
    if (direct.isPresent()) {
      return direct.get();
    }
    start.await(operation);
    Start<T> begun = start.begin(operation, began);
    if (begun instanceof Lost<T> lost) {
      begun = start.recover(operation, lost, () -> true);
    }
    if (begun instanceof Done<T> done) {
      return done.result();
    }
    String id = ((Asked<T>) begun).requestId();
    try {
      return resumption.read(operation, waiter.await(operation.pending(id), began));
    } catch (HsmException e) {
      resumption.failed(operation, e, waiter::isWaitedFor);
      throw e;
    }
  }

  /**
   * The same without a waiting thread. Whoever ends the future first, with {@code cancel}, {@code
   * orTimeout} or otherwise, gives up, as an interrupt does.
   *
   * @param executor what talks to the service runs on it, or with the result: the creation, which
   *     takes as long as one call does, and what follows the end. When it fails, as one does that
   *     accepts nothing any more, the future fails with the same. An answer that was lost is
   *     searched for on a thread of this class, until it is found or the future is done
   */
  public <T> CompletableFuture<T> runLater(ApprovedOperation<T> operation, Executor executor) {
    CompletableFuture<T> later = new CompletableFuture<>();
    hand(executor, later, () -> beginLater(operation, executor, later));
    return later;
  }

  /** A step of an operation that nobody waits for with a thread. */
  @FunctionalInterface
  private interface Step {
    void take() throws HsmException;
  }

  private static void hand(Executor executor, CompletableFuture<?> later, Step step) {
    try {
      executor.execute(
          () -> {
            // Who cancels before anything was asked for spares people the question.
            if (!later.isDone()) {
              take(step, later);
            }
          });
    } catch (Throwable e) {
      later.completeExceptionally(e);
    }
  }

  /** Whatever goes wrong, whoever has the future learns of it, or has ended it. */
  private static void take(Step step, CompletableFuture<?> later) {
    try {
      step.take();
    } catch (Throwable e) {
      if (!later.completeExceptionally(e) && e instanceof RequestOutcomeUnknownException) {
        LOG.log(
            System.Logger.Level.WARNING,
            "nobody waits for it any more, and people may be asked: {0}",
            e.getMessage());
      }
    }
  }

  private <T> void beginLater(
      ApprovedOperation<T> operation, Executor executor, CompletableFuture<T> later)
      throws HsmException {
    Instant began = waiter.now();
    Optional<T> direct = operation.runDirectly();
    if (direct.isPresent()) {
      later.complete(direct.get());
    } else {
      ask(operation, began, executor, later);
    }
  }

  private <T> void ask(
      ApprovedOperation<T> operation, Instant began, Executor executor, CompletableFuture<T> later)
      throws HsmException {
    Optional<CompletableFuture<Void>> other = start.enter(operation);
    if (other.isPresent()) {
      var unused =
          other
              .get()
              .whenComplete(
                  (nothing, never) ->
                      hand(executor, later, () -> ask(operation, began, executor, later)));
      return;
    }
    Start<T> begun = start.begin(operation, began);
    if (!(begun instanceof Lost<T> lost)) {
      follow(begun, operation, began, executor, later);
      return;
    }
    try {
      searches.run(
          later,
          () ->
              take(
                  () ->
                      follow(
                          start.recover(operation, lost, () -> !later.isDone()),
                          operation,
                          began,
                          executor,
                          later),
                  later));
    } catch (Throwable e) {
      lost.answered().run();
      throw e;
    }
  }

  private <T> void follow(
      Start<T> begun,
      ApprovedOperation<T> operation,
      Instant began,
      Executor executor,
      CompletableFuture<T> later) {
    if (begun instanceof Done<T> done) {
      later.complete(done.result());
      return;
    }
    String id = ((Asked<T>) begun).requestId();
    CompletableFuture<RequestStatus> executed =
        waiter.awaitLater(operation.pending(id), began, executor);
    var unused =
        executed.whenComplete(
            (status, failure) ->
                take(
                    () -> {
                      if (failure != null) {
                        resumption.failed(operation, failure, waiter::isWaitedFor);
                        later.completeExceptionally(failure);
                      } else {
                        later.complete(resumption.read(operation, status));
                      }
                    },
                    later));
    // Also when it was cancelled before there was a request.
    Cancellation.handOn(later, executed);
  }
}
