package io.hsmrest.client.approval;

import io.hsmrest.client.HsmConnectionException;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.HsmLogger;
import io.hsmrest.client.HsmProtocolException;
import io.hsmrest.client.HsmResponseException;
import io.hsmrest.client.RequestClient;
import io.hsmrest.client.model.RequestState;
import io.hsmrest.client.model.RequestSummary;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Which requests there were at the service before ours, and which are ours: what a lost answer to a
 * creation is compared with. The service's list shows ids and states only (contract 2.4.3).
 * Thread-safe.
 */
final class RequestLedger {
  /** An older list is right too, but the older, the more requests of others are looked at. */
  private static final Duration REFRESH = Duration.ofMinutes(5);

  private static final int REMEMBERED = 100_000;

  private static final System.Logger LOG = HsmLogger.of("io.hsmrest.approval");

  private final RequestClient client;
  private final Clock clock;
  private final ReentrantLock listing = new ReentrantLock();
  private @Nullable Instant listed;
  private boolean hasNoLists;

  /** For each id in the last list, the number of the list that had it first. */
  private final Map<String, Long> firstSeen = new HashMap<>();

  private long lists;
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
    this.clock = clock;
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
   * Where in the sequence of complete lists a creation that follows stands, until {@link
   * #answered}; empty where the service gives none, so that nothing can be told about a lost
   * answer. Who asks for the same at the same time is given the same mark: their results cannot be
   * told apart, and who takes that of another one leaves its own for it to find.
   *
   * @param identity of the operation
   * @throws HsmConnectionException when the service does not answer
   */
  OptionalLong mark(String identity) throws HsmException {
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

  private OptionalLong mark() throws HsmException {
    try {
      listing.lockInterruptibly();
    } catch (InterruptedException e) {
      // What is created next fails before it is sent.
      Thread.currentThread().interrupt();
      return OptionalLong.empty();
    }
    try {
      if (listed == null || !clock.instant().isBefore(listed.plus(REFRESH))) {
        listForMark();
        listed = clock.instant();
      }
      synchronized (this) {
        return hasNoLists ? OptionalLong.empty() : OptionalLong.of(lists);
      }
    } finally {
      listing.unlock();
    }
  }

  private void listForMark() throws HsmException {
    try {
      list();
      hasNoLists = false;
    } catch (HsmResponseException | HsmProtocolException e) {
      hasNoLists = true;
      LOG.log(
          System.Logger.Level.INFO,
          "the service does not list requests, a lost answer will be an error: {0}",
          e.getMessage());
    }
  }

  /** Requests that no list before the mark had, and that no operation of ours owns. */
  Set<String> candidates(long mark) throws HsmException {
    Set<String> candidates = list();
    synchronized (this) {
      candidates.removeIf(
          id -> firstSeen.getOrDefault(id, Long.MAX_VALUE) <= mark || claimed.containsKey(id));
    }
    return candidates;
  }

  private Set<String> list() throws HsmException {
    Set<String> ids = new HashSet<>();
    for (RequestSummary summary :
        client.listRequests(EnumSet.complementOf(EnumSet.of(RequestState.UNKNOWN)))) {
      ids.add(summary.id());
    }
    synchronized (this) {
      lists++;
      firstSeen.keySet().retainAll(ids);
      ids.forEach(id -> firstSeen.putIfAbsent(id, lists));
    }
    return ids;
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
