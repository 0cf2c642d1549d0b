package io.hsmrest.client.approval;

import static java.util.stream.Collectors.groupingBy;

import io.hsmrest.client.ApprovalSettings;
import io.hsmrest.client.HsmConnectionException;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.HsmLogger;
import io.hsmrest.client.HsmResponseException;
import io.hsmrest.client.Jitter;
import io.hsmrest.client.RequestClient;
import io.hsmrest.client.model.RequestState;
import io.hsmrest.client.model.RequestStatus;
import io.hsmrest.client.model.RequestSummary;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of the service for those who wait. Up to {@value #ONE_BY_ONE} requests are read one
 * by one, so that the counts of approvals are current. Above that one list tells which are still
 * open; those that are not are read once, and the counts of the others are refreshed within a
 * budget, those not seen for longest first. For the poller's thread alone.
 */
final class RequestLooks {
  static final int ONE_BY_ONE = 16;

  /** Among many waiters there is always one whose listener is to be told something. */
  private static final Duration CROWD_PAUSE = Duration.ofMillis(50);

  /** Among many waiters: lists are this far apart at least, and so are two refreshes. */
  private static final Duration CROWD_INTERVAL = Duration.ofMillis(500);

  private static final System.Logger LOG = HsmLogger.of("io.hsmrest.approval");

  private final RequestClient client;
  private final ApprovalSettings settings;
  private final Clock clock;
  private final Jitter jitter;
  private final Map<WatchedRequest, Interval> intervals = new WeakHashMap<>();
  private Instant nextList = Instant.MIN;
  private Instant nextRefresh = Instant.MIN;
  private Duration listInterval = CROWD_INTERVAL;
  private boolean hasNoLists;

  /** Why the service did not answer in this round: the others are not tried in vain. */
  private @Nullable HsmConnectionException silence;

  RequestLooks(RequestClient client, ApprovalSettings settings, Clock clock, Jitter jitter) {
    this.client = client;
    this.settings = settings;
    this.clock = clock;
    this.jitter = jitter;
  }

  /** When a request is looked at next, and how long it is left alone after that. */
  private final class Interval {
    private Instant next = clock.instant();
    private Duration length = settings.pollFirst();
    private Instant seen = Instant.MIN;

    boolean isDue() {
      return !clock.instant().isBefore(next);
    }

    void begin() {
      next = clock.instant().plus(jitter.of(length));
      length = grown(length);
    }
  }

  /** One round of looks; how long nothing needs to be looked at after it. */
  Duration round(List<WatchedRequest> open) {
    silence = null;
    boolean crowd = open.size() > ONE_BY_ONE;
    Map<String, List<WatchedRequest>> byId = open.stream().collect(groupingBy(WatchedRequest::id));
    Instant next = crowd && !hasNoLists ? inACrowd(byId) : oneByOne(byId);
    boolean ended = false;
    for (WatchedRequest request : open) {
      Instant now = clock.instant();
      if (!now.isBefore(request.deadline()) && !request.isOver()) {
        // One last look: what was executed meanwhile must not be thrown away.
        read(byId.getOrDefault(request.id(), List.of(request)));
        request.timeIsOver();
      } else {
        next = earlier(next, request.deadline());
      }
      next = earlier(next, request.tell(now));
      ended |= request.isOver();
    }
    if (ended) {
      return Duration.ZERO;
    }
    Duration left = Duration.between(clock.instant(), next);
    return atLeast(crowd ? CROWD_PAUSE : Duration.ZERO, left);
  }

  private Instant oneByOne(Map<String, List<WatchedRequest>> byId) {
    Instant next = Instant.MAX;
    for (List<WatchedRequest> same : byId.values()) {
      Interval interval = interval(same.get(0));
      if (interval.isDue() && !same.get(0).isOver()) {
        read(same);
        interval.begin();
      }
      next = earlier(next, interval.next);
    }
    return next;
  }

  private Instant inACrowd(Map<String, List<WatchedRequest>> byId) {
    if (!clock.instant().isBefore(nextList)) {
      list(byId);
      nextList = clock.instant().plus(atLeast(CROWD_INTERVAL, jitter.of(listInterval)));
      listInterval = grown(listInterval);
    }
    if (!clock.instant().isBefore(nextRefresh)) {
      byId.values().stream()
          .filter(same -> !same.get(0).isOver())
          .min(Comparator.comparing(same -> interval(same.get(0)).seen))
          .ifPresent(this::read);
      nextRefresh = clock.instant().plus(CROWD_INTERVAL);
    }
    return earlier(nextList, nextRefresh);
  }

  /** What the list does not have any more has come to an end, and is read. */
  private void list(Map<String, List<WatchedRequest>> byId) {
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
      withoutList(byId, e);
      return;
    }
    boolean anyEnded = false;
    for (List<WatchedRequest> same : byId.values()) {
      RequestState state = listed.get(same.get(0).id());
      if (state != null) {
        same.forEach(request -> request.listed(state));
      } else {
        read(same);
        anyEnded |= same.get(0).isOver();
      }
    }
    if (anyEnded) {
      // Where some end, others will soon.
      listInterval = CROWD_INTERVAL;
    }
  }

  /**
   * Services before 2.0.1 have no list (contract 7), some refuse it, and some a list that is not
   * understood, or too long: one by one, then.
   */
  private void withoutList(Map<String, List<WatchedRequest>> byId, HsmException failure) {
    boolean later =
        failure instanceof HsmConnectionException
            || failure instanceof HsmResponseException refusal
                && (refusal.status() >= 500 || refusal.status() == 429);
    if (!later) {
      hasNoLists = true;
      LOG.log(
          System.Logger.Level.WARNING,
          "the service does not list requests, each is looked at by itself: {0}",
          failure.getMessage());
      return;
    }
    if (failure instanceof HsmConnectionException silent) {
      silence = silent;
    }
    byId.values().forEach(same -> same.forEach(request -> request.failed(failure)));
  }

  /** Looks at one request, for all who wait for it. */
  private void read(List<WatchedRequest> same) {
    interval(same.get(0)).seen = clock.instant();
    try {
      if (silence != null) {
        throw silence;
      }
      RequestStatus status = client.readRequest(same.get(0).id());
      same.forEach(request -> request.seen(status));
    } catch (HsmException e) {
      if (e instanceof HsmConnectionException silent) {
        silence = silent;
      }
      same.forEach(request -> request.failed(e));
    } catch (RuntimeException e) {
      same.forEach(request -> request.ended().completeExceptionally(e));
    }
  }

  private Interval interval(WatchedRequest request) {
    return intervals.computeIfAbsent(request, unused -> new Interval());
  }

  private Duration grown(Duration interval) {
    Duration grown = interval.multipliedBy(3).dividedBy(2);
    return grown.compareTo(settings.pollLargest()) < 0 ? grown : settings.pollLargest();
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static Duration atLeast(Duration least, Duration duration) {
    return duration.compareTo(least) < 0 ? least : duration;
  }
}
