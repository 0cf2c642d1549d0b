package io.hsmrest.client.approval;

import io.hsmrest.client.ApprovalSettings;
import io.hsmrest.client.FlightRecorder;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.HsmLogger;
import io.hsmrest.client.PlainText;
import io.hsmrest.client.RequestClient;
import io.hsmrest.client.Sleeper;
import io.hsmrest.client.model.RequestStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Waits for requests until they are executed, have come to a bad end, or their time is over. The
 * waiting threads do nothing; one poller looks at all their requests together. Thread-safe.
 */
public final class ApprovalWaiter {
  private static final System.Logger LOG = HsmLogger.of("io.hsmrest.approval");

  /** The poller keeps deadlines; this much later waiting ends even while a look of it hangs. */
  static final Duration GRACE = Duration.ofMillis(80);

  /** A service that does not answer keeps no program from ending for longer. */
  private static final Duration AT_SHUTDOWN = Duration.ofSeconds(3);

  private final ApprovalSettings settings;
  private final ApprovalListener listener;
  private final Clock clock;
  private final ApprovalPoller poller;
  private final Creations creations;
  private final Withdrawal withdrawal;
  private final ApprovalEnd end;
  private final RequestHolders holders = new RequestHolders();

  /**
   * Waits through {@code client}, with one poller for all who wait.
   *
   * @param listener is told how waiting goes
   * @param clock what time it is
   * @param sleeper lets time pass between two looks
   */
  public static ApprovalWaiter of(
      RequestClient client,
      ApprovalSettings settings,
      ApprovalListener listener,
      Clock clock,
      Sleeper sleeper) {
    return of(client, settings, listener, clock, Alarm.over(sleeper));
  }

  static ApprovalWaiter of(
      RequestClient client,
      ApprovalSettings settings,
      ApprovalListener listener,
      Clock clock,
      Alarm alarm) {
    return new ApprovalWaiter(
        client, settings, listener, clock, alarm, () -> ThreadLocalRandom.current().nextLong());
  }

  /** Time comes from {@code clock} and passes in {@code alarm}. */
  ApprovalWaiter(
      RequestClient client,
      ApprovalSettings settings,
      ApprovalListener listener,
      Clock clock,
      Alarm alarm,
      RandomGenerator random) {
    this.settings = settings;
    this.listener = listener;
    this.clock = clock;
    AtShutdown atShutdown = new AtShutdown(this::shutDown);
    this.poller = new ApprovalPoller(client, settings, clock, alarm, random, atShutdown);
    this.creations = new Creations(atShutdown);
    this.withdrawal = new Withdrawal(client, poller);
    this.end = new ApprovalEnd(settings, clock, withdrawal, holders);
  }

  private void shutDown() {
    boolean cancels = settings.onGiveUp() == ApprovalSettings.GiveUp.CANCEL;
    new LastWithdrawals(
            withdrawal,
            creations,
            poller::watched,
            cancels && !settings.resume(),
            cancels || settings.resume())
        .run(AT_SHUTDOWN, ApprovalWaiter::tellAtShutdown);
  }

  /** The JDK's logging closes its handlers at the same moment, so that a log may not show it. */
  private static void tellAtShutdown(String text) {
    LOG.log(System.Logger.Level.WARNING, text);
    HsmLogger.makeWay();
    System.err.println("hsmrest: " + text);
  }

  /** Sends a creation, which is not lost sight of from then on; the id of the request. */
  String create(Creations.Creation creation) throws HsmException {
    return creations.send(creation);
  }

  /**
   * Blocks until the request is EXECUTED.
   *
   * @return its status, with the result as it was first seen
   * @throws ApprovalException one subclass for each other end
   * @throws HsmException when the service does not know the request
   */
  public RequestStatus await(PendingApproval pending) throws HsmException {
    return await(pending, now());
  }

  Instant now() {
    return clock.instant();
  }

  /** The same for an operation that began before its request did. */
  RequestStatus await(PendingApproval pending, Instant began) throws HsmException {
    warnOfTimeLock(pending);
    WatchedRequest request = watch(pending, listener, true, began);
    ApprovalEvent event = beginEvent();
    try {
      return ended(request);
    } finally {
      over(request, event);
    }
  }

  /**
   * The same without a waiting thread. Whoever ends the future first gives up, as an interrupt
   * does.
   *
   * @param executor runs what follows the end; when it fails, as one does that accepts nothing any
   *     more, the future fails with the same
   */
  CompletableFuture<RequestStatus> awaitLater(
      PendingApproval pending, Instant began, Executor executor) {
    warnOfTimeLock(pending);
    WatchedRequest request = watch(pending, listener, true, began);
    ApprovalEvent event = beginEvent();
    CompletableFuture<RequestStatus> later = new CompletableFuture<>();
    LaterEnd last = new LaterEnd(end, request, () -> over(request, event), later);
    var unused =
        request.ended().whenComplete((status, failure) -> last.on(executor, status, failure));
    Cancellation.handOn(later, request.ended());
    // The poller keeps deadlines, unless a look or a withdrawal of it hangs; this is the JDK's.
    request.ended().orTimeout(patience(request).toNanos(), TimeUnit.NANOSECONDS);
    return later;
  }

  private void over(WatchedRequest request, @Nullable ApprovalEvent event) {
    poller.forget(request);
    holders.release(request);
    request.tellEnd(now());
    if (event != null) {
      event.commit(request.progress(now()));
    }
  }

  private static @Nullable ApprovalEvent beginEvent() {
    return FlightRecorder.IS_PRESENT ? ApprovalEvent.begun() : null;
  }

  private WatchedRequest watch(
      PendingApproval pending, ApprovalListener told, boolean ours, Instant began) {
    WatchedRequest request =
        new WatchedRequest(pending, told, ours, began, began.plus(settings.timeout()));
    if (ours) {
      holders.hold(request);
    }
    poller.watch(request);
    creations.watched(request.id());
    return request;
  }

  /** A time lock that the deadline does not leave room for is known from the start. */
  private void warnOfTimeLock(PendingApproval pending) {
    Duration earliest = pending.policy() == null ? Duration.ZERO : pending.policy().earliestUse();
    if (earliest.compareTo(settings.timeout()) >= 0) {
      LOG.log(
          System.Logger.Level.WARNING,
          "request {0} with key ''{1}'' can run {2} after it was made at the earliest, and"
              + " approval.timeout gives it up after {3}; raise approval.timeout",
          PlainText.oneLine(pending.requestId()),
          PlainText.oneLine(pending.keyLabel()),
          DurationText.rounded(earliest),
          DurationText.rounded(settings.timeout()));
    }
  }

  /** Watches a request that may be anybody's: it is never cancelled, and nobody is told of it. */
  WatchedRequest watchCandidate(PendingApproval pending, Instant began) {
    return watch(pending, new ApprovalListener() {}, false, began);
  }

  /** Whether an operation waits for this request. */
  boolean isWaitedFor(String requestId) {
    return holders.isHeld(requestId);
  }

  /** Whether the time of an operation that began then is over. */
  boolean isOver(Instant began) {
    return left(began).isZero();
  }

  /** How much of that time is left. */
  Duration left(Instant began) {
    Duration left = Duration.between(now(), began.plus(settings.timeout()));
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** How long a thread may wait for the end of a request, its deadline included. */
  Duration patience(WatchedRequest request) {
    Duration left = Duration.between(now(), request.deadline()).plus(GRACE);
    return left.isNegative() ? Duration.ZERO : left;
  }

  void unwatch(WatchedRequest request) {
    poller.forget(request);
  }

  private RequestStatus ended(WatchedRequest request) throws HsmException {
    try {
      return end.executed(
          request, request.ended().get(patience(request).toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      return end.interrupted(request, e);
    } catch (TimeoutException e) {
      return end.failed(request, e, ApprovalEnd.AT_ONCE);
    } catch (ExecutionException e) {
      return end.failed(request, Objects.requireNonNull(e.getCause()), ApprovalEnd.AT_ONCE);
    }
  }
}
