package io.hsmrest.client.approval;

import static java.util.stream.Collectors.groupingBy;

import io.hsmrest.client.ApprovalSettings;
import io.hsmrest.client.Jitter;
import io.hsmrest.client.RequestClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * What is asked of the service for those who wait. Up to {@value #ONE_BY_ONE} requests are read one
 * by one, so that the counts of approvals are current; more, and what that costs, see {@link
 * CrowdLooks}. For the poller's thread alone.
 */
final class RequestLooks {
  static final int ONE_BY_ONE = 16;

  /** Among many waiters there is always one whose listener is to be told something. */
  private static final Duration CROWD_PAUSE = Duration.ofMillis(50);

  private final Clock clock;
  private final Look look;
  private final CrowdLooks crowdLooks;

  RequestLooks(RequestClient client, ApprovalSettings settings, Clock clock, Jitter jitter) {
    this.clock = clock;
    this.look = new Look(client, settings, clock, jitter);
    this.crowdLooks = new CrowdLooks(client, clock, jitter, look);
  }

  /** One round of looks; how long nothing needs to be looked at after it. */
  Duration round(List<WatchedRequest> open) {
    look.begin();
    boolean crowd = open.size() > ONE_BY_ONE;
    Map<String, List<WatchedRequest>> byId = open.stream().collect(groupingBy(WatchedRequest::id));
    Instant next =
        crowd && crowdLooks.hasLists() ? crowdLooks.round(byId.values()) : oneByOne(byId.values());
    boolean ended = false;
    for (WatchedRequest request : open) {
      Instant now = clock.instant();
      if (!now.isBefore(request.deadline()) && !request.isOver()) {
        // One last look: what was executed meanwhile must not be thrown away.
        look.at(byId.getOrDefault(request.id(), List.of(request)));
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
    return crowd && left.compareTo(CROWD_PAUSE) < 0 ? CROWD_PAUSE : left;
  }

  private Instant oneByOne(Collection<List<WatchedRequest>> requests) {
    Instant next = Instant.MAX;
    for (List<WatchedRequest> same : requests) {
      Look.Interval interval = look.interval(same.get(0));
      if (interval.isDue() && !same.get(0).isOver()) {
        look.at(same);
        interval.begin();
      }
      next = earlier(next, interval.next());
    }
    return next;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
