package io.hsmrest.client.approval;

import io.hsmrest.client.ApprovalSettings;
import io.hsmrest.client.HsmLogger;
import io.hsmrest.client.Jitter;
import io.hsmrest.client.RequestClient;
import java.time.Clock;
import java.time.Duration;
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
 * Withdrawals run on the same thread, between two looks. When the JVM ends meanwhile, what is still
 * open is withdrawn first. Thread-safe.
 */
final class ApprovalPoller implements Executor {
  private static final System.Logger LOG = HsmLogger.of("io.hsmrest.approval");

  private static final Duration AFTER_A_DEFECT = Duration.ofSeconds(1);

  private final RequestLooks looks;
  private final Alarm alarm;
  private final AtShutdown atShutdown = new AtShutdown(this::shutDown);

  private final Object lock = new Object();
  private final Set<WatchedRequest> watched = new LinkedHashSet<>();
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private @Nullable Withdrawal atTheEnd;
  private boolean running;

  ApprovalPoller(
      RequestClient client,
      ApprovalSettings settings,
      Clock clock,
      Alarm alarm,
      RandomGenerator random) {
    this.looks = new RequestLooks(client, settings, clock, new Jitter(random));
    this.alarm = alarm;
  }

  /** What is still open when the JVM ends is withdrawn by {@code withdrawal}. */
  void withdrawAtTheEnd(Withdrawal withdrawal) {
    synchronized (lock) {
      atTheEnd = withdrawal;
    }
  }

  /** Begins to look at a request. */
  void watch(WatchedRequest request) {
    boolean soon;
    synchronized (lock) {
      watched.add(request);
      // Among many, the next round comes soon enough.
      soon = watched.size() <= RequestLooks.ONE_BY_ONE;
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

  /** Runs something on the poller's thread, between two looks. */
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
    thread.start();
    // Where no thread can be had, the next caller tries again.
    running = true;
    atShutdown.set();
  }

  private void run() {
    try {
      while (step()) {
        // The next one.
      }
    } catch (Error e) {
      // Nothing is looked at any more, and nobody shall wait for it.
      List<WatchedRequest> left;
      synchronized (lock) {
        left = List.copyOf(watched);
        watched.clear();
        stopped();
      }
      left.forEach(request -> request.ended().completeExceptionally(e));
      throw e;
    }
  }

  private void stopped() {
    running = false;
    atShutdown.clear();
  }

  /** One task, or one round of looks; false when there is nothing left to do. */
  private boolean step() {
    Runnable task;
    List<WatchedRequest> open;
    synchronized (lock) {
      task = tasks.poll();
      watched.removeIf(WatchedRequest::isOver);
      open = List.copyOf(watched);
      if (task == null && open.isEmpty()) {
        stopped();
        return false;
      }
    }
    Duration pause = Duration.ZERO;
    try {
      if (task != null) {
        task.run();
      } else {
        pause = looks.round(open);
      }
    } catch (RuntimeException e) {
      // A defect: those who wait must go on being served.
      LOG.log(System.Logger.Level.WARNING, "looking at open requests failed", e);
      pause = AFTER_A_DEFECT;
    }
    sleep(pause);
    return true;
  }

  private void sleep(Duration pause) {
    try {
      if (!pause.isZero()) {
        alarm.sleep(pause);
      }
    } catch (InterruptedException e) {
      LOG.log(System.Logger.Level.DEBUG, "an interrupt of the poller is ignored");
    }
  }

  /** Does at once what this thread has not come to yet, which may hang in a look. */
  private void shutDown() {
    Withdrawal withdrawal;
    synchronized (lock) {
      withdrawal = atTheEnd;
    }
    while (true) {
      Runnable task;
      synchronized (lock) {
        task = tasks.poll();
      }
      if (task == null) {
        break;
      }
      task.run();
    }
    List<WatchedRequest> open;
    synchronized (lock) {
      open = List.copyOf(watched);
    }
    if (withdrawal != null) {
      open.stream()
          .filter(request -> request.isOurs() && !request.isOver())
          .forEach(request -> withdrawal.now(request.id()));
    }
  }
}
