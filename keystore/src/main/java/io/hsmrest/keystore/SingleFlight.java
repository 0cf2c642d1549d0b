package io.hsmrest.keystore;

import io.hsmrest.client.HsmException;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One read that any number of threads may ask for: the first does it, the others wait for what it
 * found, and no lock is held meanwhile. A failure is handed to those who waited and to nobody
 * later; where the reading thread was interrupted, one of those who waited reads instead.
 * Thread-safe.
 */
final class SingleFlight<T> {

  /** What is read. */
  @FunctionalInterface
  interface Read<T> {
    T read() throws HsmException;
  }

  private final Read<T> read;
  private final AtomicReference<@Nullable CompletableFuture<T>> attempt = new AtomicReference<>();
  private volatile @Nullable Instant finished;
  private volatile boolean failed;

  SingleFlight(Read<T> read) {
    this.read = read;
  }

  /** Whether it is of no use any more: it failed, or it was read before {@code oldest}. */
  boolean isOlderThan(Instant oldest) {
    Instant when = finished;
    return failed || when != null && when.isBefore(oldest);
  }

  /** When it was read, null when it was not yet. */
  @Nullable Instant finished() {
    return finished;
  }

  /** What was read, null when nothing was yet; waits for nobody. */
  @Nullable T ifRead() {
    CompletableFuture<T> running = attempt.get();
    return running == null || finished == null ? null : running.getNow(null);
  }

  T get(Clock clock) throws HsmException {
    while (true) {
      CompletableFuture<T> own = new CompletableFuture<>();
      CompletableFuture<T> running = attempt.compareAndExchange(null, own);
      if (running == null) {
        return lead(own, clock);
      }
      try {
        return running.get();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new HsmException("interrupted while another thread was reading the same entry", e);
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof GivenUpException)) {
          throw failure(e.getCause());
        }
      }
    }
  }

  private T lead(CompletableFuture<T> own, Clock clock) throws HsmException {
    try {
      T value = read.read();
      own.complete(value);
      finished = clock.instant();
      return value;
    } catch (HsmException | RuntimeException | Error e) {
      if (Thread.currentThread().isInterrupted()) {
        attempt.set(null);
        own.completeExceptionally(new GivenUpException());
      } else {
        failed = true;
        own.completeExceptionally(e);
      }
      throw e;
    }
  }

  private static HsmException failure(@Nullable Throwable cause) {
    if (cause instanceof HsmException known) {
      return known;
    }
    return new HsmException("reading failed in another thread: " + cause, cause);
  }

  /** The reading thread was interrupted, which is no reason for the others to fail. */
  private static final class GivenUpException extends Exception {
    private static final long serialVersionUID = 1L;
  }
}
