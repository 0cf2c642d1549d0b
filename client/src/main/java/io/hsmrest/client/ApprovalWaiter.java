package io.hsmrest.client;

import io.hsmrest.client.model.RequestState;
import io.hsmrest.client.model.RequestStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Waits for a request until it is executed, has come to a bad end, or its time is over: on the
 * calling thread, with growing intervals, told to a listener each second. Thread-safe.
 */
public final class ApprovalWaiter {
  private static final System.Logger LOG = System.getLogger("io.hsmrest.approval");
  private static final Duration TICK = Duration.ofSeconds(1);
  private static final Duration AT_ONCE = Duration.ofMillis(150);
  private static final Duration PATIENTLY = Duration.ofSeconds(5);

  private final HsmClient client;
  private final ApprovalSettings settings;
  private final ApprovalListener listener;
  private final Clock clock;
  private final Sleeper sleeper;
  private final Backoff backoff;
  private final Withdrawal withdrawal;

  /** Time comes from {@code clock} and passes in {@code sleeper}. */
  public ApprovalWaiter(
      HsmClient client,
      ApprovalSettings settings,
      ApprovalListener listener,
      Clock clock,
      Sleeper sleeper) {
    this(
        client,
        settings,
        listener,
        clock,
        sleeper,
        () -> ThreadLocalRandom.current().nextLong(),
        new Withdrawal(client));
  }

  ApprovalWaiter(
      HsmClient client,
      ApprovalSettings settings,
      ApprovalListener listener,
      Clock clock,
      Sleeper sleeper,
      RandomGenerator random,
      Withdrawal withdrawal) {
    this.client = client;
    this.settings = settings;
    this.listener = listener;
    this.clock = clock;
    this.sleeper = sleeper;
    this.backoff = new Backoff(clock, random);
    this.withdrawal = withdrawal;
  }

  /**
   * Blocks until the request is EXECUTED.
   *
   * @return its status, with the result as it was first seen
   * @throws ApprovalException one subclass for each other end
   * @throws HsmException when the service stopped answering for good
   */
  public RequestStatus await(PendingApproval pending) throws HsmException {
    Waiting waiting = new Waiting(pending);
    try {
      return waiting.run();
    } finally {
      listener.ended(waiting.progress());
    }
  }

  /** One request's waiting. */
  private final class Waiting {
    private final PendingApproval pending;
    private final Instant began = clock.instant();
    private final Instant deadline = began.plus(settings.timeout());
    private Duration interval = settings.pollFirst();
    private @Nullable RequestStatus status;
    private @Nullable HsmException unreachable;
    private boolean warned;

    Waiting(PendingApproval pending) {
      this.pending = pending;
    }

    RequestStatus run() throws HsmException {
      while (true) {
        look();
        RequestStatus seen = status;
        if (seen != null && seen.state().isTerminal()) {
          return ended(seen);
        }
        if (Thread.interrupted()) {
          throw interrupted(new InterruptedException("interrupted while looking"));
        }
        listener.waiting(progress());
        if (!clock.instant().isBefore(deadline)) {
          throw gaveUp();
        }
        try {
          pause();
        } catch (InterruptedException e) {
          throw interrupted(e);
        }
      }
    }

    /** A service that does not answer for a while is waited for like an approver. */
    private void look() throws HsmException {
      try {
        RequestStatus seen = client.readRequest(pending.requestId());
        status = seen;
        unreachable = null;
        if (seen.state() == RequestState.UNKNOWN && !warned) {
          warned = true;
          LOG.log(
              System.Logger.Level.WARNING,
              "request {0} is in the unknown state ''{1}''; waiting on",
              pending.requestId(),
              PlainText.oneLine(seen.stateName()));
        }
      } catch (HsmConnectionException e) {
        unreachable = e;
      } catch (HsmResponseException e) {
        if (e.status() < 500 && e.status() != 429) {
          throw e;
        }
        unreachable = e;
      }
    }

    private void pause() throws InterruptedException {
      Instant now = clock.instant();
      Instant next = now.plus(backoff.jittered(interval));
      if (next.isAfter(deadline)) {
        next = deadline;
      }
      while (now.isBefore(next)) {
        Duration left = Duration.between(now, next);
        sleeper.sleep(left.compareTo(TICK) < 0 ? left : TICK);
        now = clock.instant();
        if (now.isBefore(next)) {
          listener.waiting(progress());
        }
      }
      Duration grown = interval.multipliedBy(3).dividedBy(2);
      interval = grown.compareTo(settings.pollLargest()) < 0 ? grown : settings.pollLargest();
    }

    private RequestStatus ended(RequestStatus seen) throws ApprovalException {
      return switch (seen.state()) {
        case EXECUTED -> seen;
        case REJECTED -> throw new ApprovalRejectedException(progress(), null);
        case EXPIRED -> throw new ApprovalExpiredException(progress(), null);
        case CANCELLED -> throw new ApprovalCancelledException(progress(), null);
        default -> throw new ApprovalFailedException(progress(), null);
      };
    }

    /** The flag is restored last: it would end the withdrawal too. */
    private ApprovalException interrupted(InterruptedException cause) {
      ApprovalException reason = new ApprovalInterruptedException(progress(), cause);
      withdraw(reason, AT_ONCE);
      Thread.currentThread().interrupt();
      return reason;
    }

    private HsmException gaveUp() {
      if (status != null && status.state() == RequestState.UNKNOWN) {
        return new UnknownRequestStateException(progress(), null);
      }
      ApprovalException reason = new ApprovalTimedOutException(progress(), unreachable);
      withdraw(reason, PATIENTLY);
      return reason;
    }

    /** What an unknown state means is not known either, so such a request is left alone. */
    private void withdraw(ApprovalException reason, Duration patience) {
      if (settings.onGiveUp() == ApprovalSettings.GiveUp.CANCEL
          && (status == null || status.state() != RequestState.UNKNOWN)) {
        withdrawal.of(pending.requestId(), reason, patience);
      }
    }

    ApprovalProgress progress() {
      Instant now = clock.instant();
      Duration left = Duration.between(now, deadline);
      return new ApprovalProgress(
          pending, status, Duration.between(began, now), left.isNegative() ? Duration.ZERO : left);
    }
  }
}
