package io.hsmrest.client.approval;

import io.hsmrest.client.HsmConnectionException;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.HsmLogger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The list that is taken before something is created, so as to know afterwards what has appeared
 * since. It serves recovery alone, so that nobody waits for it for long: one asks, the others share
 * the outcome, and a list that does not come is not asked for by each in turn. Thread-safe.
 */
final class Baseline {
  /** What a list may take; creations go on without one. */
  static final Duration PATIENCE = Duration.ofSeconds(2);

  /** An older list is right too, but the older, the more requests of others are looked at. */
  private static final Duration REFRESH = Duration.ofMinutes(5);

  /** After a list that did not come. */
  private static final Duration PAUSE = Duration.ofSeconds(30);

  private static final System.Logger LOG = HsmLogger.of("io.hsmrest.approval");

  private final Lister lister;
  private final Clock clock;
  private @Nullable CompletableFuture<Void> asking;
  private @Nullable Instant next;

  /** Lists what there is. */
  @FunctionalInterface
  interface Lister {
    void list(Duration within) throws HsmException;
  }

  Baseline(Lister lister, Clock clock) {
    this.lister = lister;
    this.clock = clock;
  }

  /**
   * Has a list taken when it is time for one; returns when it has come, has failed, or is not to be
   * waited for any longer.
   *
   * @throws InterruptedException when the calling thread is interrupted
   */
  void refresh() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted before the list");
    }
    CompletableFuture<Void> mine = new CompletableFuture<>();
    CompletableFuture<Void> other;
    synchronized (this) {
      if (asking == null && next != null && clock.instant().isBefore(next)) {
        return;
      }
      other = asking;
      if (other == null) {
        asking = mine;
      }
    }
    if (other != null) {
      await(other);
      return;
    }
    Duration pause = PAUSE;
    try {
      pause = list();
    } finally {
      synchronized (this) {
        asking = null;
        next = clock.instant().plus(pause);
      }
      mine.complete(null);
    }
  }

  /** When the next one is due. */
  private Duration list() {
    try {
      lister.list(PATIENCE);
      return REFRESH;
    } catch (HsmConnectionException e) {
      if (Thread.currentThread().isInterrupted()) {
        // Nothing is wrong with the list: the next one asks.
        return Duration.ZERO;
      }
      LOG.log(
          System.Logger.Level.WARNING,
          "the list of requests did not come, a lost answer may be an error: {0}",
          e.getMessage());
      return PAUSE;
    } catch (HsmException e) {
      LOG.log(
          System.Logger.Level.INFO,
          "the service does not list requests, a lost answer will be an error: {0}",
          e.getMessage());
      return REFRESH;
    }
  }

  private static void await(CompletableFuture<Void> other) throws InterruptedException {
    try {
      other.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (TimeoutException e) {
      // Whoever asks may have begun later than this; nobody waits longer.
    }
  }
}
