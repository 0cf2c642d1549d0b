package io.hsmrest.simulator.control;

import io.hsmrest.simulator.http.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Faults that wait for the requests they match; the oldest that matches goes first. Thread-safe.
 */
public final class Faults {
  private final List<Fault> waiting = new ArrayList<>();

  /** Whether anything waits; read without a lock, since every request asks. */
  private volatile boolean any;

  /** Queues a fault. */
  public synchronized void add(Fault fault) {
    waiting.add(fault);
    any = true;
  }

  /** What still waits. */
  public synchronized List<Fault> waiting() {
    return List.copyOf(waiting);
  }

  /** Forgets what waits. */
  public synchronized void clear() {
    waiting.clear();
    any = false;
  }

  Optional<Fault> take(Request request) {
    return any ? takeWaiting(request) : Optional.empty();
  }

  private synchronized Optional<Fault> takeWaiting(Request request) {
    for (int i = 0; i < waiting.size(); i++) {
      Fault fault = waiting.get(i);
      if (fault.matches(request)) {
        if (fault.times() > 1) {
          waiting.set(i, fault.times(fault.times() - 1));
        } else {
          waiting.remove(i);
          any = !waiting.isEmpty();
        }
        return Optional.of(fault);
      }
    }
    return Optional.empty();
  }
}
