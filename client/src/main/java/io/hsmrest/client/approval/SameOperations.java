package io.hsmrest.client.approval;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Lets one of several identical operations begin at a time. Thread-safe. */
final class SameOperations {
  private final Map<String, CompletableFuture<Void>> beginning = new HashMap<>();

  /** Empty when this one may begin; else completes when it is worth trying again. */
  synchronized Optional<CompletableFuture<Void>> enter(String identity) {
    return Optional.ofNullable(beginning.putIfAbsent(identity, new CompletableFuture<>()));
  }

  /** It has begun, or failed to. */
  void leave(String identity) {
    CompletableFuture<Void> left;
    synchronized (this) {
      left = beginning.remove(identity);
    }
    if (left != null) {
      left.complete(null);
    }
  }
}
