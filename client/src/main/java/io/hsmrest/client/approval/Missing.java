package io.hsmrest.client.approval;

import io.hsmrest.client.HsmException;
import io.hsmrest.client.model.RequestState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * What a list of open requests does not show. As a rule that has come to its end, and is read at
 * once. A list may be cut off, though, late, or without states that are new: what is found open all
 * the same is not read again because of it. For the poller's thread alone.
 */
final class Missing {
  /** So often a request is read at once for nothing. */
  private static final int IN_VAIN = 3;

  /** What lists have said of a request. */
  private static final class Listing {
    private boolean shown;
    private boolean missing;
    private int inVain;
  }

  private final Look look;
  private final Map<WatchedRequest, Listing> listings = new WeakHashMap<>();

  Missing(Look look) {
    this.look = look;
  }

  /** Whether the last list did not show it, and it may be open all the same. */
  boolean has(WatchedRequest request) {
    return of(request).missing;
  }

  private Listing of(WatchedRequest request) {
    return listings.computeIfAbsent(request, unused -> new Listing());
  }

  /** Takes over what is listed, and reads what is not; whether any has come to its end. */
  boolean compare(Collection<List<WatchedRequest>> requests, Map<String, RequestState> listed) {
    List<List<WatchedRequest>> gone = new ArrayList<>();
    List<List<WatchedRequest>> neverShown = new ArrayList<>();
    for (List<WatchedRequest> same : requests) {
      Listing listing = of(same.get(0));
      RequestState state = listed.get(same.get(0).id());
      if (state == null) {
        (listing.shown ? gone : neverShown).add(same);
      } else {
        listing.shown = true;
        listing.missing = false;
        same.forEach(request -> request.listed(state));
      }
    }
    boolean anyEnded = false;
    for (List<WatchedRequest> same : gone) {
      if (!read(same)) {
        return anyEnded;
      }
      anyEnded |= same.get(0).isOver();
    }
    boolean complete = true;
    for (List<WatchedRequest> same : neverShown) {
      Listing listing = of(same.get(0));
      if (complete && !read(same)) {
        return anyEnded;
      }
      anyEnded |= same.get(0).isOver();
      listing.missing = true;
      // One that is open shows that the list leaves others out, too.
      complete &= same.get(0).isOver() || listing.inVain == 0;
    }
    return anyEnded;
  }

  /** False when the service does not tell, so that the others are not tried in vain. */
  private boolean read(List<WatchedRequest> same) {
    WatchedRequest request = same.get(0);
    Listing listing = of(request);
    if (listing.missing || listing.inVain >= IN_VAIN) {
      listing.missing = true;
      return true;
    }
    look.at(same);
    HsmException failure = request.unreachable();
    if (!request.isOver() && (failure == null || !FailedLooks.isAway(failure))) {
      listing.missing = true;
      listing.inVain++;
    }
    return request.isOver() || failure == null;
  }
}
