package io.hsmrest.client.approval;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which requests lists have shown, and since when: what a list had before a creation is not what
 * was created. Keeps what the last list of each endpoint had. Thread-safe.
 */
final class SeenRequests {

  /** What is known of one request. */
  private static final class Sight {
    private final long first;
    private long last;
    private @Nullable URI endpoint;

    Sight(long first) {
      this.first = first;
    }
  }

  private final Map<String, Sight> sights = new HashMap<>();
  private long time;
  private boolean complete;

  /** A point in time: what was seen before it has a smaller one. */
  synchronized long mark() {
    return ++time;
  }

  /**
   * When a request was seen for the first time, by the list that shows it now or an earlier one.
   */
  synchronized long seen(String id, long list) {
    Sight sight = sights.computeIfAbsent(id, unused -> new Sight(time));
    sight.last = Math.max(sight.last, list);
    return sight.first;
  }

  /**
   * A list has come to its end: what it does not have any more is forgotten.
   *
   * @param list its beginning, as {@link #mark} gave it
   * @param endpoint who gave it, null where there is only one
   */
  synchronized void ended(long list, @Nullable URI endpoint) {
    complete = true;
    sights
        .values()
        .removeIf(
            sight -> {
              if (sight.last == list) {
                sight.endpoint = endpoint;
              }
              return sight.last < list
                  && (sight.endpoint == null || Objects.equals(sight.endpoint, endpoint));
            });
  }

  /** Whether a list has ever come to its end. */
  synchronized boolean isComplete() {
    return complete;
  }
}
