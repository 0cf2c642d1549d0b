package io.hsmrest.client.rest;

import io.hsmrest.client.HsmConnectionException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lets signatures with one key take three quarters of the connections at most, so that a key with
 * which the HSM is slow leaves some to the others. First come, first served. Thread-safe.
 */
final class KeyTurns {
  private final int connections;
  private final int most;
  private final Clock clock;
  private final ConcurrentHashMap<String, Line> lines = new ConcurrentHashMap<>();

  /**
   * Turns for that many connections; the only one is shared by all.
   *
   * @param connections {@code http.maxConnections}
   * @param clock tells how long a wait was
   */
  KeyTurns(int connections, Clock clock) {
    this.connections = connections;
    this.clock = clock;
    this.most = connections == 1 ? Integer.MAX_VALUE : connections * 3 / 4;
  }

  /** Those who sign with a key, and those who wait; it is forgotten with the last of them. */
  private static final class Line {
    final Semaphore places;
    int people;

    Line(int most) {
      places = new Semaphore(most, true);
    }
  }

  /**
   * The next turn of a key.
   *
   * @param patience how long to wait, and how long turn and wait may last together
   * @throws HsmConnectionException when it has not come by then, or the thread is interrupted,
   *     which it stays; nothing was sent
   */
  Turn take(String label, Duration patience) throws HsmConnectionException {
    Instant began = clock.instant();
    Line line =
        lines.compute(
            label,
            (key, known) -> {
              Line joined = known == null ? new Line(most) : known;
              joined.people++;
              return joined;
            });
    boolean taken = false;
    try {
      taken = line.places.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure(label, "was interrupted before it was sent", e);
    } finally {
      if (!taken) {
        leave(label);
      }
    }
    if (!taken) {
      throw failure(
          label,
          "failed: "
              + most
              + " signatures with this key are under way, and none ended in time; no more of the"
              + " connections (http.maxConnections = "
              + connections
              + ") are given to one key",
          null);
    }
    return new Turn(label, line, patience.minus(Duration.between(began, clock.instant())));
  }

  private static HsmConnectionException failure(
      String label, String what, @Nullable Exception cause) {
    return new HsmConnectionException("sign with key '" + label + "' " + what, 0, false, cause);
  }

  private void leave(String label) {
    lines.computeIfPresent(label, (key, line) -> --line.people == 0 ? null : line);
  }

  /** The keys that somebody signs with. */
  Set<String> keys() {
    return Set.copyOf(lines.keySet());
  }

  /** One signature's turn; over when it is closed. */
  final class Turn implements AutoCloseable {
    private final String label;
    private final Line line;
    private final Duration left;

    private Turn(String label, Line line, Duration left) {
      this.label = label;
      this.line = line;
      this.left = left;
    }

    /** What the wait has left of the time. */
    Duration left() {
      return left;
    }

    @Override
    public void close() {
      line.places.release();
      leave(label);
    }
  }
}
