package io.hsmrest.client.approval;

import io.hsmrest.client.ApprovalSettings;
import io.hsmrest.client.HsmConnectionException;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.HsmLogger;
import io.hsmrest.client.RequestOutcomeUnknownException;
import io.hsmrest.client.Sleeper;
import io.hsmrest.client.model.RequestState;
import io.hsmrest.client.model.RequestStatus;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;

/**
 * Begins operations that people approve: takes up the request of an earlier run, or makes one, and
 * finds out what became of it when the answer was lost. Thread-safe.
 */
final class OperationStart {
  private static final System.Logger LOG = HsmLogger.of("io.hsmrest.approval");

  private final ApprovalSettings settings;
  private final ApprovalWaiter waiter;
  private final RequestLedger ledger;
  private final Resumption resumption;
  private final Sleeper sleeper;
  private final SameOperations same = new SameOperations();

  OperationStart(
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

  /** How an operation has begun. */
  sealed interface Start<T> permits Done, Asked, Lost {}

  /** Its result was there. */
  record Done<T>(T result) implements Start<T> {}

  /** There is a request to wait for. */
  record Asked<T>(String requestId) implements Start<T> {}

  /**
   * There may be a request.
   *
   * @param answered to be run, once, when it is known what became of it
   */
  record Lost<T>(RequestOutcomeUnknownException reason, LostRequest<T> search, Runnable answered)
      implements Start<T> {}

  /**
   * Comes before {@link #begin}. Where identical operations share requests, one begins at a time.
   *
   * @return the end of another one's beginning, after which this is to be called again
   */
  Optional<CompletableFuture<Void>> enter(ApprovedOperation<?> operation) {
    return resumption.isOn() ? same.enter(operation.identity()) : Optional.empty();
  }

  /** Begins one that has entered. */
  <T> Start<T> begin(ApprovedOperation<T> operation, Instant began) throws HsmException {
    boolean lost = false;
    try {
      Optional<RequestStatus> earlier = resumption.earlier(operation);
      if (earlier.isPresent()) {
        RequestStatus status = earlier.get();
        ledger.claim(status.id());
        return status.state() == RequestState.EXECUTED
            ? new Done<>(resumption.read(operation, status))
            : new Asked<>(status.id());
      }
      Start<T> start = create(operation, began);
      lost = start instanceof Lost<T>;
      return start;
    } finally {
      if (!lost) {
        same.leave(operation.identity());
      }
    }
  }

  private <T> Start<T> create(ApprovedOperation<T> operation, Instant began) throws HsmException {
    if (settings.recover() == ApprovalSettings.Recovery.FAIL) {
      return new Asked<>(create(operation));
    }
    String identity = operation.identity();
    OptionalLong mark = ledger.mark(identity);
    boolean lost = false;
    try {
      return new Asked<>(create(operation));
    } catch (RequestOutcomeUnknownException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw e;
      }
      if (mark.isEmpty()) {
        Set<String> open = ledger.open(e.endpoint().orElse(null));
        throw open.isEmpty() ? e : RequestOutcomeUnknownException.ambiguous(e, open);
      }
      lost = true;
      return new Lost<>(
          e,
          new LostRequest<>(ledger, waiter, sleeper, operation, mark.getAsLong(), began),
          () -> {
            ledger.answered(identity);
            same.leave(identity);
          });
    } finally {
      if (mark.isPresent() && !lost) {
        ledger.answered(identity);
      }
    }
  }

  private <T> String create(ApprovedOperation<T> operation) throws HsmException {
    return waiter.create(
        () -> {
          String id = operation.submit();
          ledger.claim(id);
          resumption.opened(operation, id);
          return id;
        });
  }

  /**
   * Searches, and asks again when nothing has arrived. Blocks, as long as people take.
   *
   * @param wanted asked before anything is created
   */
  <T> Start<T> recover(ApprovedOperation<T> operation, Lost<T> lost, BooleanSupplier wanted)
      throws HsmException {
    RequestOutcomeUnknownException reason = lost.reason();
    try {
      while (true) {
        LOG.log(
            System.Logger.Level.INFO,
            "{0}; looking at what has appeared at the service since",
            reason.getMessage());
        Optional<T> found = lost.search().search(reason);
        if (found.isPresent()) {
          return new Done<>(found.get());
        }
        if (!wanted.getAsBoolean()) {
          throw reason;
        }
        LOG.log(System.Logger.Level.INFO, "the request did not arrive; sending it again");
        try {
          return new Asked<>(create(operation));
        } catch (RequestOutcomeUnknownException e) {
          e.addSuppressed(reason);
          reason = e;
        }
      }
    } finally {
      lost.answered().run();
    }
  }

  /** Blocks until it has entered. */
  void await(ApprovedOperation<?> operation) throws HsmException {
    try {
      for (Optional<CompletableFuture<Void>> other = enter(operation);
          other.isPresent();
          other = enter(operation)) {
        // It is never failed, and the other's time is bounded.
        other.get().get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HsmConnectionException(
          "interrupted before anything was asked for, while the identical operation of another"
              + " thread began",
          0,
          false,
          e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
