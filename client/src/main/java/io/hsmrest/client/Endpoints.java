package io.hsmrest.client;

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
  private static final Duration PAUSE = Duration.ofSeconds(30);

  private final List<URI> preferred;
  private final Clock clock;
  private final Map<URI, Instant> failedUntil = new ConcurrentHashMap<>();

  Endpoints(List<URI> preferred, Clock clock) {
    this.preferred = preferred;
    this.clock = clock;
  }

  /** All addresses, the best first; {@code first} before all others unless it is null. */
  List<URI> inOrder(@Nullable URI first) {
    Instant now = clock.instant();
    List<URI> well = new ArrayList<>();
    List<URI> failed = new ArrayList<>();
    for (URI endpoint : preferred) {
      Instant until = failedUntil.get(endpoint);
      (until == null || !now.isBefore(until) ? well : failed).add(endpoint);
    }
    well.addAll(failed);
    if (first != null && well.remove(first)) {
      well.add(0, first);
    }
    return well;
  }

  void failed(URI endpoint) {
    failedUntil.put(endpoint, clock.instant().plus(PAUSE));
  }

  void answered(URI endpoint) {
    failedUntil.remove(endpoint);
  }
}
