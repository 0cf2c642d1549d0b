package io.hsmrest.client.approval;

import io.hsmrest.client.HsmException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Requests from the moment on that their creation is sent until somebody watches them: when the JVM
 * ends in between, they must not be overlooked. Thread-safe.
 */
final class Creations {
  private final AtShutdown atShutdown;
  private final Set<String> unwatched = new LinkedHashSet<>();
  private int onTheirWay;
  private long answered;

  Creations(AtShutdown atShutdown) {
    this.atShutdown = atShutdown;
  }

  /** One creation. */
  @FunctionalInterface
  interface Creation {
    /** Sends it; the id of the request. */
    String send() throws HsmException;
  }

  /** Sends a creation; the id of the request, which has to be {@link #watched} next. */
  String send(Creation creation) throws HsmException {
    synchronized (this) {
      onTheirWay++;
      atShutdown.need();
    }
    String id = null;
    try {
      id = creation.send();
      return id;
    } finally {
      answered(id);
    }
  }

  private synchronized void answered(@Nullable String id) {
    onTheirWay--;
    answered++;
    if (id == null || !unwatched.add(id)) {
      atShutdown.release();
    }
    notifyAll();
  }

  synchronized void watched(String id) {
    if (unwatched.remove(id)) {
      atShutdown.release();
    }
  }

  synchronized List<String> unwatched() {
    return List.copyOf(unwatched);
  }

  synchronized int onTheirWay() {
    return onTheirWay;
  }

  /** How many have come to an end, for {@link #awaitMoreThan}. */
  synchronized long answered() {
    return answered;
  }

  /**
   * Waits for one more; false when none is on its way, or {@code System.nanoTime} is {@code end}.
   */
  synchronized boolean awaitMoreThan(long known, long end) {
    try {
      while (answered == known && onTheirWay > 0) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left <= 0) {
          return false;
        }
        wait(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    return answered != known;
  }
}
