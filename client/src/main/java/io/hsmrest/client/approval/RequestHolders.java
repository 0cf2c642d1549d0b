package io.hsmrest.client.approval;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Who waits for which request: identical operations share one, and who gives up leaves it to the
 * others. Thread-safe.
 */
final class RequestHolders {
  private final Map<String, Set<WatchedRequest>> waiting = new HashMap<>();

  synchronized void hold(WatchedRequest request) {
    waiting.computeIfAbsent(request.id(), unused -> new HashSet<>()).add(request);
  }

  /** Ends one wait, once or again; whether nobody else waits for the same. */
  synchronized boolean release(WatchedRequest request) {
    Set<WatchedRequest> others = waiting.get(request.id());
    if (others == null) {
      return true;
    }
    others.remove(request);
    if (!others.isEmpty()) {
      return false;
    }
    waiting.remove(request.id());
    return true;
  }

  synchronized boolean isHeld(String requestId) {
    return waiting.containsKey(requestId);
  }
}
