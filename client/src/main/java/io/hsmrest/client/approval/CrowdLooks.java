package io.hsmrest.client.approval;

import io.hsmrest.client.HsmException;
import io.hsmrest.client.HsmLogger;
import io.hsmrest.client.Jitter;
import io.hsmrest.client.RequestClient;
import io.hsmrest.client.model.RequestState;
import io.hsmrest.client.model.RequestSummary;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Looks at many requests: one list tells which are still open, those that are not are read once,
 * and one request each half second is read for its counts, or because the list does not show it.
 * For the poller's thread alone.
 */
final class CrowdLooks {
  /** Lists are this far apart at least, and so are two refreshes. */
  private static final Duration INTERVAL = Duration.ofMillis(500);

  /** As long as the ledger of lost answers waits. */
  private static final Duration WITHOUT_LISTS = Duration.ofMinutes(5);

  private static final System.Logger LOG = HsmLogger.of("io.hsmrest.approval");

  private final RequestClient client;
  private final Clock clock;
  private final Jitter jitter;
  private final Look look;
  private final Missing missing;
  private Instant nextList = Instant.MIN;
  private Instant nextRefresh = Instant.MIN;
  private Instant noListsUntil = Instant.MIN;
  private Duration listInterval = INTERVAL;
  private boolean anyoneNext;

  CrowdLooks(RequestClient client, Clock clock, Jitter jitter, Look look) {
    this.client = client;
    this.clock = clock;
    this.jitter = jitter;
    this.look = look;
    this.missing = new Missing(look);
  }

  /** False for a while where the service gave none. */
  boolean hasLists() {
    return !clock.instant().isBefore(noListsUntil);
  }

  /** What is due at present; when something is due next. */
  Instant round(Collection<List<WatchedRequest>> requests) {
    if (!clock.instant().isBefore(nextList)) {
      list(requests);
      Duration pause = jitter.of(listInterval);
      nextList = clock.instant().plus(pause.compareTo(INTERVAL) < 0 ? INTERVAL : pause);
      listInterval = look.grown(listInterval);
    }
    if (!clock.instant().isBefore(nextRefresh)) {
      refresh(requests);
      nextRefresh = clock.instant().plus(INTERVAL);
    }
    return nextList.isBefore(nextRefresh) ? nextList : nextRefresh;
  }

  /** In turns one of those that the list does not show, and any: not seen for longest first. */
  private void refresh(Collection<List<WatchedRequest>> requests) {
    Comparator<List<WatchedRequest>> bySeen =
        Comparator.comparing(same -> look.interval(same.get(0)).seen());
    Comparator<List<WatchedRequest>> missingFirst =
        Comparator.comparing(same -> !missing.has(same.get(0)));
    requests.stream()
        .filter(same -> !same.get(0).isOver())
        .min(anyoneNext ? bySeen : missingFirst.thenComparing(bySeen))
        .ifPresent(look::at);
    anyoneNext = !anyoneNext;
  }

  private void list(Collection<List<WatchedRequest>> requests) {
    Map<String, RequestState> listed = new HashMap<>();
    try {
      Set<RequestState> open = EnumSet.of(RequestState.PENDING, RequestState.APPROVED);
      for (RequestSummary summary : client.listRequests(open)) {
        // A service that lists others too does not show their results here.
        if (open.contains(summary.state())) {
          listed.put(summary.id(), summary.state());
        }
      }
    } catch (HsmException e) {
      withoutList(requests, e);
      return;
    }
    if (missing.compare(requests, listed)) {
      // Where some end, others will soon.
      listInterval = INTERVAL;
    }
  }

  /**
   * Services before 2.0.1 have no list (contract 7), some refuse it, and some a list that is not
   * understood, or too long: one by one, then, for a while.
   */
  private void withoutList(Collection<List<WatchedRequest>> requests, HsmException failure) {
    if (FailedLooks.isAway(failure)) {
      look.silent(failure);
      Instant now = clock.instant();
      requests.forEach(same -> same.forEach(request -> request.failed(failure, now)));
      return;
    }
    noListsUntil = clock.instant().plus(WITHOUT_LISTS);
    LOG.log(
        System.Logger.Level.WARNING,
        "the service does not list requests, each is looked at by itself: {0}",
        failure.getMessage());
  }
}
