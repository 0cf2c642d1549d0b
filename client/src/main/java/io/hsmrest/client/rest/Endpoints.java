package io.hsmrest.client.rest;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The service's addresses in order of preference. One that failed goes to the end of the order for
 * a while, and is tried there all the same when the others fail too. Thread-safe.
 */
final class Endpoints {
  static final Duration PAUSE = Duration.ofSeconds(30);

  private final List<URI> preferred;
  private final Clock clock;
  private final Map<URI, Instant> failedUntil = new ConcurrentHashMap<>();

  Endpoints(List<URI> preferred, Clock clock) {
    this.preferred = List.copyOf(preferred);
    this.clock = clock;
  }

  /**
   * All addresses, the best first.
   *
   * @param first before all others, unless it is null or has failed
   */
  List<URI> inOrder(@Nullable URI first) {
    Instant now = clock.instant();
    List<URI> well = new ArrayList<>();
    List<URI> failed = new ArrayList<>();
    for (URI endpoint : preferred) {
      Instant until = failedUntil.get(endpoint);
      (until == null || !now.isBefore(until) ? well : failed).add(endpoint);
    }
    if (first != null && well.remove(first)) {
      well.add(0, first);
    }
    well.addAll(failed);
    return well;
  }

  /** Whether there is another address and this is the first failure for a while. */
  boolean failed(URI endpoint) {
    Instant now = clock.instant();
    Instant until = failedUntil.put(endpoint, now.plus(PAUSE));
    return preferred.size() > 1 && (until == null || !now.isBefore(until));
  }

  void answered(URI endpoint) {
    failedUntil.remove(endpoint);
  }
}
