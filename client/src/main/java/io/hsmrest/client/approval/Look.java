package io.hsmrest.client.approval;

import io.hsmrest.client.ApprovalSettings;
import io.hsmrest.client.HsmConnectionException;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.Jitter;
import io.hsmrest.client.RequestClient;
import io.hsmrest.client.model.RequestStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/** Looks at single requests, and when each has been looked at. For the poller's thread alone. */
final class Look {
  private final RequestClient client;
  private final ApprovalSettings settings;
  private final Clock clock;
  private final Jitter jitter;
  private final Map<WatchedRequest, Interval> intervals = new WeakHashMap<>();

  /** Why the service did not answer in this round: the others are not tried in vain. */
  private @Nullable HsmConnectionException silence;

  Look(RequestClient client, ApprovalSettings settings, Clock clock, Jitter jitter) {
    this.client = client;
    this.settings = settings;
    this.clock = clock;
    this.jitter = jitter;
  }

  /** When a request is looked at next, and how long it is left alone after that. */
  final class Interval {
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

    Instant next() {
      return next;
    }

    /** When it was read last. */
    Instant seen() {
      return seen;
    }
  }

  /** A new round: the service may answer again. */
  void begin() {
    silence = null;
  }

  /** The service does not answer in this round. */
  void silent(HsmException failure) {
    if (failure instanceof HsmConnectionException silent) {
      silence = silent;
    }
  }

  /** Looks at one request, for all who wait for it; whatever goes wrong is told to them. */
  void at(List<WatchedRequest> same) {
    Instant now = clock.instant();
    String id = same.get(0).id();
    interval(same.get(0)).seen = now;
    HsmException failure;
    try {
      if (silence != null) {
        throw silence;
      }
      RequestStatus status = client.readRequest(id);
      same.forEach(request -> request.seen(status));
      return;
    } catch (HsmException e) {
      silent(e);
      failure = e;
    } catch (Throwable e) {
      // A defect, or too little memory: neither says anything about the request.
      failure = new HsmException("looking at request " + id + " failed: " + e, e);
    }
    HsmException why = failure;
    same.forEach(request -> request.failed(why, clock.instant()));
  }

  Interval interval(WatchedRequest request) {
    return intervals.computeIfAbsent(request, unused -> new Interval());
  }

  /** The interval that follows {@code interval}. */
  Duration grown(Duration interval) {
    Duration grown = interval.multipliedBy(3).dividedBy(2);
    return grown.compareTo(settings.pollLargest()) < 0 ? grown : settings.pollLargest();
  }
}
