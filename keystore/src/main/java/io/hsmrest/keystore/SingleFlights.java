package io.hsmrest.keystore;

import io.hsmrest.client.HsmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Things that are each read once and used for a while, by key: whoever asks within that time gets
 * what was read, or waits for whoever is reading it. No lock is held during a read. Thread-safe.
 */
final class SingleFlights<K, T> {
  private final Clock clock;
  private final Duration ttl;
  private final Map<K, SingleFlight<T>> flights = new ConcurrentHashMap<>();

  /** Uses what was read for {@code ttl}. */
  SingleFlights(Clock clock, Duration ttl) {
    this.clock = clock;
    this.ttl = ttl;
  }

  /** What was read for {@code key} within the time, else what {@code read} brings. */
  T get(K key, SingleFlight.Read<T> read) throws HsmException {
    Instant oldest = oldest();
    return flights
        .compute(
            key,
            (same, known) ->
                known == null || known.isOlderThan(oldest) ? new SingleFlight<>(read) : known)
        .get(clock);
  }

  /** A key for which something of this kind was read within the time; asks nobody. */
  Optional<K> keyAmongRead(Predicate<T> wanted) {
    Instant oldest = oldest();
    for (Map.Entry<K, SingleFlight<T>> flight : flights.entrySet()) {
      T read = flight.getValue().ifRead();
      if (read != null && !flight.getValue().isOlderThan(oldest) && wanted.test(read)) {
        return Optional.of(flight.getKey());
      }
    }
    return Optional.empty();
  }

  /** When it was read, null when it was not. */
  @Nullable Instant readAt(K key) {
    SingleFlight<T> flight = flights.get(key);
    return flight == null ? null : flight.finished();
  }

  void forget(K key) {
    flights.remove(key);
  }

  void forgetIf(Predicate<K> keys) {
    flights.keySet().removeIf(keys);
  }

  void forgetAll() {
    flights.clear();
  }

  private Instant oldest() {
    return clock.instant().minus(ttl);
  }
}
