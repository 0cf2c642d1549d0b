package io.hsmrest.keystore;

import io.hsmrest.client.HsmException;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One read that any number of threads may ask for: the first does it, the others wait for what it
 * found. A failure is handed to those who waited and to nobody later. Thread-safe.
 */
final class SingleFlight<T> {

  /** What is read. */
  @FunctionalInterface
  interface Read<T> {
    T read() throws HsmException;
  }

  private final Read<T> read;
  private final AtomicBoolean started = new AtomicBoolean();
  private final CompletableFuture<T> result = new CompletableFuture<>();
  private volatile @Nullable Instant finished;

  SingleFlight(Read<T> read) {
    this.read = read;
  }

  /** Whether it is of no use any more: it failed, or it was read before {@code oldest}. */
  boolean isOlderThan(Instant oldest) {
    Instant when = finished;
    return result.isCompletedExceptionally() || when != null && when.isBefore(oldest);
  }

  T get(Clock clock) throws HsmException {
    if (started.compareAndSet(false, true)) {
      try {
        T value = read.read();
        finished = clock.instant();
        result.complete(value);
      } catch (HsmException | RuntimeException | Error e) {
        result.completeExceptionally(e);
        throw e;
      }
    }
    try {
      return result.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HsmException("interrupted while another thread was reading the same entry", e);
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    }
  }

  private static HsmException failure(@Nullable Throwable cause) {
    if (cause instanceof HsmException known) {
      return known;
    }
    return new HsmException("reading failed in another thread: " + cause, cause);
  }
}
