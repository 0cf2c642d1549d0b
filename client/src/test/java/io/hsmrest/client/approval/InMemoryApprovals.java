package io.hsmrest.client.approval;

import io.hsmrest.client.HsmClient;
import io.hsmrest.client.HsmConnectionException;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.RequestClient;
import io.hsmrest.client.RequestOutcomeUnknownException;
import io.hsmrest.client.UnknownRequestException;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.RequestMetadata;
import io.hsmrest.client.model.RequestState;
import io.hsmrest.client.model.RequestStatus;
import io.hsmrest.client.model.RequestSummary;
import io.hsmrest.client.model.ServiceError;
import io.hsmrest.client.model.SignRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The service as far as people approve: creates requests, lists them, shows one, ends each when its
 * time has come on the clock. A result is the payload in Base64, a colon and the request id, so
 * that everybody can tell whose it is. Answers get lost, and calls are refused, on demand.
 * Thread-safe.
 */
final class InMemoryApprovals implements RequestClient {

  /** What becomes of a creation. */
  enum Fate {
    ANSWERED,
    LOST_BEFORE_ARRIVAL,
    LOST_AFTER_CREATION,
    /** The connection is cut first, and the request arrives a second later all the same. */
    LOST_AND_LATE
  }

  /**
   * One look at a request.
   *
   * @param state as it was shown
   */
  record Look(String id, Instant at, RequestState state) {}

  /** One request as the service keeps it. */
  private static final class Entry {
    private final String payload;
    private final boolean foreign;
    private final Instant arrives;
    private Instant ends;
    private RequestState end = RequestState.EXECUTED;
    private @Nullable String result;
    private boolean cancelled;

    Entry(String payload, boolean foreign, Instant arrives, Instant ends) {
      this.payload = payload;
      this.foreign = foreign;
      this.arrives = arrives;
      this.ends = ends;
    }

    boolean isThere(Instant now) {
      return !now.isBefore(arrives);
    }

    RequestState state(Instant now) {
      if (cancelled) {
        return RequestState.CANCELLED;
      }
      return now.isBefore(ends) ? RequestState.PENDING : end;
    }
  }

  private final Clock clock;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final List<Instant> lists = new ArrayList<>();
  private final List<Look> looks = new ArrayList<>();
  private final List<String> cancelled = new ArrayList<>();
  private Function<Octets, Fate> fates = payload -> Fate.ANSWERED;
  private Consumer<String> created = id -> {};
  private Consumer<String> withdrawn = id -> {};
  private Runnable beforeEachLook = () -> {};
  private Duration takes = Duration.ofSeconds(3);
  private @Nullable HsmException listFailure;
  private @Nullable HsmConnectionException silence;
  private int inVain;
  private boolean fetchOnce;
  private boolean listsAll;
  private int listedAtMost = Integer.MAX_VALUE;
  private boolean listsInTurns;

  InMemoryApprovals(Clock clock) {
    this.clock = clock;
  }

  /** How long approvers take for what is created from now on. */
  synchronized InMemoryApprovals taking(Duration duration) {
    takes = duration;
    return this;
  }

  /** Decides about each creation by its payload. */
  synchronized InMemoryApprovals losing(Function<Octets, Fate> decision) {
    fates = decision;
    return this;
  }

  /** Runs inside each creation that arrives, before it is answered. */
  synchronized InMemoryApprovals onCreation(Consumer<String> action) {
    created = action;
    return this;
  }

  /** Runs inside each cancellation, after it has had its effect. */
  synchronized InMemoryApprovals onCancellation(Consumer<String> action) {
    withdrawn = action;
    return this;
  }

  /** Runs before each look is answered, outside of all locks. */
  synchronized InMemoryApprovals beforeEachLook(Runnable action) {
    beforeEachLook = action;
    return this;
  }

  /** Lists fail so; null to answer them again. */
  synchronized void failLists(@Nullable HsmException failure) {
    listFailure = failure;
  }

  /** The service does not answer; or again, with false. */
  synchronized void silent(boolean isSilent) {
    silence = isSilent ? new HsmConnectionException("no answer", 1, true, null) : null;
  }

  /** Results are handed out once (contract 2.4.1). */
  synchronized InMemoryApprovals handingOutOnce() {
    fetchOnce = true;
    return this;
  }

  /** Lists hold requests in all states, whatever was asked for. */
  synchronized InMemoryApprovals listingAll() {
    listsAll = true;
    return this;
  }

  /** Lists are cut off after so many. */
  synchronized void listingFirst(int count) {
    listedAtMost = count;
  }

  /** Each list shows one half of the requests, and the next one the other. */
  synchronized void listingInTurns() {
    listsInTurns = true;
  }

  /** A request ends so when its time has come. */
  synchronized void endsIn(String id, RequestState end) {
    entries.get(id).end = end;
  }

  /** Another client's request, which ends so after some time; its id. */
  synchronized String foreign(RequestState end, Duration after) {
    return add("Zm9yZWlnbg==", true, Duration.ZERO, after, end);
  }

  /** A request of ours that somebody created earlier; its id. */
  synchronized String earlier(Octets payload, RequestState end, Duration after) {
    return add(payload.toBase64(), false, Duration.ZERO, after, end);
  }

  private String add(
      String payload, boolean foreign, Duration arrives, Duration after, RequestState end) {
    String id = "request-%05d".formatted(entries.size());
    Instant now = clock.instant();
    Entry entry = new Entry(payload, foreign, now.plus(arrives), now.plus(after));
    entry.end = end;
    entry.result = end == RequestState.EXECUTED ? payload + ":" + id : null;
    entries.put(id, entry);
    return id;
  }

  /** Ends a request now. */
  synchronized void end(String id, RequestState end) {
    Entry entry = entries.get(id);
    entry.end = end;
    entry.ends = clock.instant();
  }

  /** The result of a request is not there any more. */
  synchronized void dropResult(String id) {
    entries.get(id).result = null;
  }

  /** The ids of the requests of ours with this payload that have arrived. */
  synchronized List<String> requestsFor(Octets payload) {
    return entries.entrySet().stream()
        .filter(entry -> !entry.getValue().foreign)
        .filter(entry -> entry.getValue().payload.equals(payload.toBase64()))
        .map(Map.Entry::getKey)
        .toList();
  }

  synchronized RequestState state(String id) {
    return entries.get(id).state(clock.instant());
  }

  /** When lists were asked for. */
  synchronized List<Instant> lists() {
    return List.copyOf(lists);
  }

  /** The looks at single requests that were answered with a state. */
  synchronized List<Look> looks() {
    return List.copyOf(looks);
  }

  /** How many calls were made while the service was silent. */
  synchronized int inVain() {
    return inVain;
  }

  synchronized List<String> cancelled() {
    return List.copyOf(cancelled);
  }

  private void answer() throws HsmConnectionException {
    if (silence != null) {
      inVain++;
      throw silence;
    }
  }

  /** A creation, as {@link HsmClient#submitSign} makes it. */
  String submitSign(SignRequest request, RequestMetadata metadata) throws HsmException {
    Fate fate;
    String id;
    Consumer<String> action;
    synchronized (this) {
      answer();
      fate = fates.apply(request.payload());
      action = created;
      id =
          fate == Fate.LOST_BEFORE_ARRIVAL
              ? "none"
              : add(
                  request.payload().toBase64(),
                  false,
                  fate == Fate.LOST_AND_LATE ? Duration.ofSeconds(1) : Duration.ZERO,
                  takes,
                  RequestState.EXECUTED);
    }
    action.accept(id);
    if (fate != Fate.ANSWERED) {
      throw RequestOutcomeUnknownException.ifMaybeExecuted(
          new HsmConnectionException("the answer was lost", 1, true, null), "look first");
    }
    return id;
  }

  @Override
  public RequestStatus readRequest(String id) throws HsmException {
    Runnable before;
    synchronized (this) {
      before = beforeEachLook;
    }
    before.run();
    synchronized (this) {
      answer();
      Entry entry = entries.get(id);
      Instant now = clock.instant();
      if (entry == null || !entry.isThere(now)) {
        throw new UnknownRequestException(
            "read request " + id, 404, new ServiceError(651, "res.error.request", "unknown"));
      }
      RequestState state = entry.state(now);
      looks.add(new Look(id, now, state));
      String result = state == RequestState.EXECUTED ? entry.result : null;
      if (fetchOnce && result != null) {
        entry.result = null;
      }
      return new RequestStatus(
          id, state, state.name(), null, List.of(), List.of(), List.of(), result);
    }
  }

  @Override
  public synchronized void cancelRequest(String id) throws HsmException {
    answer();
    cancelled.add(id);
    if (!state(id).isTerminal()) {
      entries.get(id).cancelled = true;
    }
    withdrawn.accept(id);
  }

  @Override
  public synchronized List<RequestSummary> listRequests(Set<RequestState> states)
      throws HsmException {
    answer();
    Instant now = clock.instant();
    lists.add(now);
    if (listFailure != null) {
      throw listFailure;
    }
    List<RequestSummary> listed = new ArrayList<>();
    entries.forEach(
        (id, entry) -> {
          boolean shown = !listsInTurns || id.hashCode() % 2 == lists.size() % 2;
          if (shown
              && listed.size() < listedAtMost
              && entry.isThere(now)
              && (listsAll || states.contains(entry.state(now)))) {
            listed.add(new RequestSummary(id, entry.state(now)));
          }
        });
    return listed;
  }

  @Override
  public void close() {
    throw new AssertionError("whoever waits does not close what others use");
  }
}
