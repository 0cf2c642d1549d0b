package io.hsmrest.client.approval;

import io.hsmrest.client.ApprovalSettings;
import io.hsmrest.client.HsmLogger;
import io.hsmrest.client.Jitter;
import io.hsmrest.client.RequestClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Looks at all requests that anybody waits for, on one thread, which ends when nobody waits.
 * Withdrawals run on the same thread, in turn with rounds of looks. Thread-safe.
 */
final class ApprovalPoller implements Executor {
  private static final System.Logger LOG = HsmLogger.of("io.hsmrest.approval");

  private static final Duration AFTER_A_DEFECT = Duration.ofSeconds(1);

  private final RequestLooks looks;
  private final Clock clock;
  private final Alarm alarm;
  private final AtShutdown atShutdown;

  private final Object lock = new Object();
  private final Set<WatchedRequest> watched = new LinkedHashSet<>();
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private Instant nextRound = Instant.MIN;
  private boolean tasksTurn;
  private boolean running;

  /** The hook of {@code atShutdown} is there while there is something to do. */
  ApprovalPoller(
      RequestClient client,
      ApprovalSettings settings,
      Clock clock,
      Alarm alarm,
      RandomGenerator random,
      AtShutdown atShutdown) {
    this.looks = new RequestLooks(client, settings, clock, new Jitter(random));
    this.clock = clock;
    this.alarm = alarm;
    this.atShutdown = atShutdown;
  }

  /** Begins to look at a request. */
  void watch(WatchedRequest request) {
    boolean soon;
    synchronized (lock) {
      watched.add(request);
      // Among many, the next round comes soon enough.
      soon = watched.size() <= RequestLooks.ONE_BY_ONE;
      if (soon) {
        nextRound = Instant.MIN;
      }
      start();
    }
    if (soon) {
      alarm.ring();
    }
  }

  /** Nobody waits for it any more; a round that has begun leaves it out. */
  void forget(WatchedRequest request) {
    request.ended().cancel(false);
    boolean last;
    synchronized (lock) {
      watched.remove(request);
      last = watched.isEmpty();
    }
    if (last) {
      alarm.ring();
    }
  }

  /** What is looked at. */
  List<WatchedRequest> watched() {
    synchronized (lock) {
      return List.copyOf(watched);
    }
  }

  /** Runs something on the poller's thread, between two rounds of looks. */
  @Override
  public void execute(Runnable task) {
    synchronized (lock) {
      tasks.add(task);
      start();
    }
    alarm.ring();
  }

  private void start() {
    if (running) {
      return;
    }
    Thread thread = new Thread(this::run, "hsmrest-approvals");
    thread.setDaemon(true);
    // The first caller's, which a web application's class loader may be, is not for keeping.
    thread.setContextClassLoader(ApprovalPoller.class.getClassLoader());
    try {
      thread.start();
    } catch (OutOfMemoryError e) {
      // Who waits keeps its own deadline.
      LOG.log(System.Logger.Level.WARNING, "no thread can be had, the next caller tries again", e);
      return;
    }
    running = true;
    atShutdown.need();
  }

  private void run() {
    boolean done = false;
    try {
      while (step()) {
        // The next one.
      }
      done = true;
    } finally {
      if (!done) {
        goOn();
      }
    }
  }

  /** Whatever ended this thread, those who wait must go on being served. */
  private void goOn() {
    synchronized (lock) {
      stopped();
      start();
    }
  }

  private void stopped() {
    running = false;
    atShutdown.release();
  }

  /** One task, or one round of looks, or a pause; false when there is nothing left to do. */
  private boolean step() {
    @Nullable Runnable task = null;
    List<WatchedRequest> open = List.of();
    Duration pause = Duration.ZERO;
    synchronized (lock) {
      watched.removeIf(WatchedRequest::isOver);
      if (tasks.isEmpty() && watched.isEmpty()) {
        stopped();
        return false;
      }
      Instant now = clock.instant();
      boolean due = !watched.isEmpty() && !now.isBefore(nextRound);
      if (!tasks.isEmpty() && (tasksTurn || !due)) {
        // A withdrawal that hangs holds up one round, not all of them.
        tasksTurn = false;
        task = tasks.remove();
      } else if (due) {
        tasksTurn = true;
        open = List.copyOf(watched);
        nextRound = Instant.MAX;
      } else {
        pause = Duration.between(now, nextRound);
      }
    }
    // Whoever interrupts this thread is mistaken, and would end the next call.
    var unused = Thread.interrupted();
    if (task != null) {
      runSafely(task);
    } else if (!open.isEmpty()) {
      Duration quiet = round(open);
      synchronized (lock) {
        Instant next = clock.instant().plus(quiet);
        // Unless somebody has come meanwhile, who is looked at at once.
        nextRound = next.isBefore(nextRound) ? next : nextRound;
      }
    } else {
      sleep(pause);
    }
    return true;
  }

  private static void runSafely(Runnable task) {
    try {
      task.run();
    } catch (Throwable e) {
      LOG.log(System.Logger.Level.WARNING, "withdrawing a request failed", e);
    }
  }

  private Duration round(List<WatchedRequest> open) {
    try {
      return looks.round(open);
    } catch (Throwable e) {
      // A defect, or too little memory: those who wait must go on being served.
      LOG.log(System.Logger.Level.WARNING, "looking at open requests failed", e);
      return AFTER_A_DEFECT;
    }
  }

  private void sleep(Duration pause) {
    try {
      alarm.sleep(pause);
    } catch (InterruptedException e) {
      LOG.log(System.Logger.Level.DEBUG, "an interrupt of the poller is ignored");
    }
  }
}
