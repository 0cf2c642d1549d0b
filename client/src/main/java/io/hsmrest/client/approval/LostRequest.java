package io.hsmrest.client.approval;

import io.hsmrest.client.HsmConnectionException;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.HsmLogger;
import io.hsmrest.client.RequestOutcomeUnknownException;
import io.hsmrest.client.Sleeper;
import io.hsmrest.client.model.RequestState;
import io.hsmrest.client.model.RequestStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The search for a request the answer to whose creation was lost. What has appeared at the service
 * since and nobody of ours owns is waited for, whoever's it is; a finished one is the operation's
 * exactly when its result says so. Only when nothing has appeared, some time later too, may the
 * request be created again. For one thread.
 *
 * @param <T> the operation's result
 */
final class LostRequest<T> {
  private static final System.Logger LOG = HsmLogger.of("io.hsmrest.approval");

  /** A creation that is still on its way when its answer is lost has arrived by then. */
  private static final Duration SETTLING = Duration.ofSeconds(2);

  private static final int LONGEST_SETTLING = 5;

  private final RequestLedger ledger;
  private final ApprovalWaiter waiter;
  private final Sleeper sleeper;
  private final ApprovedOperation<T> operation;
  private final long mark;
  private final Instant began;
  private final Set<String> foreign = new HashSet<>();
  private int searches;

  /**
   * A search.
   *
   * @param mark of the ledger, taken before the creation
   * @param began when the operation began
   */
  LostRequest(
      RequestLedger ledger,
      ApprovalWaiter waiter,
      Sleeper sleeper,
      ApprovedOperation<T> operation,
      long mark,
      Instant began) {
    this.ledger = ledger;
    this.waiter = waiter;
    this.sleeper = sleeper;
    this.operation = operation;
    this.mark = mark;
    this.began = began;
  }

  /**
   * The operation's result when it was found; empty when the request did not arrive.
   *
   * @param lost thrown, with the ids in question, when it stays open
   */
  Optional<T> search(RequestOutcomeUnknownException lost) throws RequestOutcomeUnknownException {
    Duration settling = SETTLING.multipliedBy(1L << Math.min(searches++, LONGEST_SETTLING));
    boolean settled = false;
    while (true) {
      Optional<Set<String>> candidates = candidates(lost);
      if (candidates.isPresent() && !candidates.get().isEmpty()) {
        Optional<T> found = among(candidates.get(), lost);
        if (found.isPresent()) {
          return found;
        }
        // All were somebody else's; ours may still be on its way, or have arrived meanwhile.
      } else if (candidates.isPresent() && settled) {
        return Optional.empty();
      } else {
        settle(settling, lost);
        // A list that nobody answered says nothing: only one that came counts.
        settled = candidates.isPresent();
      }
    }
  }

  /** Empty when the service does not answer at present. */
  private Optional<Set<String>> candidates(RequestOutcomeUnknownException lost)
      throws RequestOutcomeUnknownException {
    try {
      Set<String> candidates =
          ledger.candidates(mark, lost.endpoint().orElse(null), waiter.left(began));
      candidates.removeAll(foreign);
      return Optional.of(candidates);
    } catch (HsmException e) {
      if (!(e instanceof HsmConnectionException) || Thread.currentThread().isInterrupted()) {
        lost.addSuppressed(e);
        throw lost;
      }
      return Optional.empty();
    }
  }

  private void settle(Duration settling, RequestOutcomeUnknownException lost)
      throws RequestOutcomeUnknownException {
    if (waiter.isOver(began)) {
      throw lost;
    }
    try {
      sleeper.sleep(settling);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      lost.addSuppressed(e);
      throw lost;
    }
  }

  private Optional<T> among(Set<String> candidates, RequestOutcomeUnknownException lost)
      throws RequestOutcomeUnknownException {
    LOG.log(
        System.Logger.Level.INFO,
        "waiting for what has appeared since and may be the request: {0}",
        String.join(", ", candidates));
    List<WatchedRequest> open = new ArrayList<>();
    Set<String> doubtful = new TreeSet<>();
    for (String id : candidates) {
      WatchedRequest request = waiter.watchCandidate(operation.pending(id), began);
      ledger.contest(request);
      open.add(request);
    }
    try {
      while (!open.isEmpty()) {
        WatchedRequest ended = firstEnded(open, lost);
        open.remove(ended);
        ledger.contestNoMore(ended);
        Optional<T> result = resultIfOurs(ended, doubtful);
        if (result.isPresent()) {
          return result;
        }
      }
    } finally {
      for (WatchedRequest request : open) {
        ledger.contestNoMore(request);
        waiter.unwatch(request);
      }
    }
    if (!doubtful.isEmpty()) {
      throw RequestOutcomeUnknownException.ambiguous(lost, doubtful);
    }
    return Optional.empty();
  }

  /** Blocks until one of several has come to an end, whichever it is. */
  private WatchedRequest firstEnded(List<WatchedRequest> open, RequestOutcomeUnknownException lost)
      throws RequestOutcomeUnknownException {
    CompletableFuture<?>[] ends =
        open.stream().map(WatchedRequest::ended).toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.anyOf(ends)
          .get(waiter.patience(open.get(0)).toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      // Gone, claimed by somebody, or its time is over: then so is that of the others.
    } catch (TimeoutException | InterruptedException e) {
      RequestOutcomeUnknownException reason =
          RequestOutcomeUnknownException.ambiguous(
              lost, open.stream().map(WatchedRequest::id).sorted().toList());
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
        reason.addSuppressed(e);
      }
      throw reason;
    }
    return open.stream().filter(WatchedRequest::isOver).findFirst().orElseThrow();
  }

  private Optional<T> resultIfOurs(WatchedRequest ended, Set<String> doubtful) {
    RequestStatus status = ended.status();
    if (ledger.isClaimed(ended.id())) {
      foreign.add(ended.id());
    } else if (status == null || status.state() != RequestState.EXECUTED) {
      // Rejected, failed, expired: whose it was nobody can tell any more.
      doubtful.add(ended.id());
    } else {
      try {
        T result = operation.read(status);
        if (operation.isOurs(result)) {
          if (ledger.claim(ended.id())) {
            return Optional.of(result);
          }
        } else if (operation.mayBeOurs(result)) {
          doubtful.add(ended.id());
          return Optional.empty();
        }
      } catch (HsmConnectionException e) {
        // The result is there, and could not be read.
        doubtful.add(ended.id());
        return Optional.empty();
      } catch (HsmException | RuntimeException e) {
        // A result of another kind of operation, or none; not ours.
      }
      foreign.add(ended.id());
    }
    return Optional.empty();
  }
}
