package io.hsmrest.client.approval;

import io.hsmrest.client.HsmException;
import io.hsmrest.client.RequestClient;
import io.hsmrest.client.RequestQuery;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which requests there were at the service before ours, and which are ours: what a lost answer to a
 * creation is compared with. The service's list shows ids and states only (contract 2.4.3).
 * Thread-safe.
 */
final class RequestLedger {
  private static final int REMEMBERED = 100_000;

  private static final int MOST_NAMED = 20;

  private final RequestClient client;
  private final SeenRequests seen = new SeenRequests();
  private final Baseline baseline;
  private final Map<String, Boolean> claimed =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > REMEMBERED;
        }
      };
  private final Map<String, List<WatchedRequest>> contested = new HashMap<>();
  private final Map<String, Asking> asking = new HashMap<>();

  RequestLedger(RequestClient client, Clock clock) {
    this.client = client;
    this.baseline =
        new Baseline(within -> list(RequestQuery.all().within(within), Long.MAX_VALUE), clock);
  }

  /** Those who ask for the same at the moment. */
  private static final class Asking {
    private final long mark;
    private int count;

    Asking(long mark) {
      this.mark = mark;
    }
  }

  /**
   * Where in the sequence of lists a creation that follows stands, until {@link #answered}; empty
   * where the service has given none so far, so that little can be told about a lost answer. Who
   * asks for the same at the same time is given the same mark: their results cannot be told apart,
   * and who takes that of another one leaves its own for it to find.
   *
   * @param identity of the operation
   */
  OptionalLong mark(String identity) {
    OptionalLong mark = mark();
    if (mark.isEmpty()) {
      return mark;
    }
    synchronized (this) {
      Asking same = asking.computeIfAbsent(identity, unused -> new Asking(mark.getAsLong()));
      same.count++;
      return OptionalLong.of(same.mark);
    }
  }

  /** It is known what became of a creation that a mark was taken for. */
  synchronized void answered(String identity) {
    asking.computeIfPresent(identity, (unused, same) -> --same.count == 0 ? null : same);
  }

  private OptionalLong mark() {
    try {
      baseline.refresh();
    } catch (InterruptedException e) {
      // What is created next fails before it is sent.
      Thread.currentThread().interrupt();
      return OptionalLong.empty();
    }
    return seen.isComplete() ? OptionalLong.of(seen.mark()) : OptionalLong.empty();
  }

  /**
   * Requests that nothing before the mark had shown, and that no operation of ours owns.
   *
   * @param endpoint where the creation went, the only one that is asked; null for whichever answers
   * @param within longest time
   */
  Set<String> candidates(long mark, @Nullable URI endpoint, Duration within) throws HsmException {
    return list(RequestQuery.all().at(endpoint).within(within), mark);
  }

  /**
   * What is open and no operation of ours owns: all that can be told without a mark. Empty when the
   * service does not tell within a short time.
   */
  Set<String> open(@Nullable URI endpoint) {
    try {
      Set<String> open = new TreeSet<>();
      client.scanRequests(
          RequestQuery.open().at(endpoint).within(Baseline.PATIENCE),
          summary -> {
            if (open.size() < MOST_NAMED && !isClaimed(summary.id())) {
              open.add(summary.id());
            }
          });
      return open;
    } catch (HsmException e) {
      return Set.of();
    }
  }

  private Set<String> list(RequestQuery query, long mark) throws HsmException {
    Set<String> fresh = new HashSet<>();
    long list = seen.mark();
    Optional<URI> answered =
        client.scanRequests(
            query,
            summary -> {
              if (seen.seen(summary.id(), list) >= mark) {
                fresh.add(summary.id());
              }
            });
    seen.ended(list, answered.orElse(null));
    fresh.removeIf(this::isClaimed);
    return fresh;
  }

  /**
   * The answer to a creation came, or a result was recognised: nobody else's candidate any more.
   *
   * @return false when another operation of ours owns it already
   */
  boolean claim(String id) {
    List<WatchedRequest> losers;
    synchronized (this) {
      if (claimed.putIfAbsent(id, Boolean.TRUE) != null) {
        return false;
      }
      losers = contested.getOrDefault(id, List.of());
      contested.remove(id);
    }
    losers.forEach(request -> request.ended().cancel(false));
    return true;
  }

  synchronized boolean isClaimed(String id) {
    return claimed.containsKey(id);
  }

  /** The request ends, as cancelled, when somebody else claims it. */
  void contest(WatchedRequest request) {
    synchronized (this) {
      if (!claimed.containsKey(request.id())) {
        contested.computeIfAbsent(request.id(), unused -> new ArrayList<>()).add(request);
        return;
      }
    }
    request.ended().cancel(false);
  }

  synchronized void contestNoMore(WatchedRequest request) {
    contested.computeIfPresent(
        request.id(),
        (id, others) -> {
          others.remove(request);
          return others.isEmpty() ? null : others;
        });
  }
}
