package io.hsmrest.client.approval;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What is done while the JVM ends: whatever is open is withdrawn, several at a time, within a time
 * that keeps no program from ending; creations that are on their way are waited for as long.
 */
final class LastWithdrawals {
  private static final int THREADS = 16;
  private static final int NAMED = 5;

  private final Withdrawal withdrawal;
  private final Creations creations;
  private final Supplier<List<WatchedRequest>> watched;
  private final boolean withdraws;
  private final boolean awaits;

  /**
   * What is to be done.
   *
   * @param watched those that somebody waits for
   * @param withdraws whether they are withdrawn; what was given up before is so in any case
   * @param awaits whether creations are waited for
   */
  LastWithdrawals(
      Withdrawal withdrawal,
      Creations creations,
      Supplier<List<WatchedRequest>> watched,
      boolean withdraws,
      boolean awaits) {
    this.withdrawal = withdrawal;
    this.creations = creations;
    this.watched = watched;
    this.withdraws = withdraws;
    this.awaits = awaits;
  }

  /**
   * Returns when all is done, or the time is over.
   *
   * @param tells is told what was left open, if anything
   */
  void run(Duration longest, Consumer<String> tells) {
    long end = System.nanoTime() + longest.toNanos();
    Map<String, Withdrawal.Job> begun = new LinkedHashMap<>();
    ExecutorService pool =
        Executors.newFixedThreadPool(
            THREADS,
            work -> {
              Thread thread = new Thread(work, "hsmrest-cancel");
              thread.setDaemon(true);
              return thread;
            });
    long answered;
    do {
      answered = creations.answered();
      for (Withdrawal.Job job : open()) {
        if (begun.putIfAbsent(job.requestId(), job) == null) {
          pool.execute(job);
        }
      }
    } while (awaits && creations.awaitMoreThan(answered, end));
    pool.shutdown();
    await(begun, end);
    String left = left(begun);
    if (!left.isEmpty()) {
      tells.accept(left);
    }
  }

  private List<Withdrawal.Job> open() {
    List<Withdrawal.Job> jobs = new ArrayList<>(withdrawal.underWay());
    if (withdraws) {
      // In this order: what is watched meanwhile is seen twice, not overlooked.
      creations.unwatched().forEach(id -> jobs.add(withdrawal.job(id, () -> true)));
      for (WatchedRequest request : watched.get()) {
        if (request.mayBeWithdrawn()) {
          jobs.add(withdrawal.job(request.id(), request::mayBeWithdrawn));
        }
      }
    }
    return jobs;
  }

  private static void await(Map<String, Withdrawal.Job> begun, long end) {
    CompletableFuture<?>[] all =
        begun.values().stream().map(Withdrawal.Job::done).toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(all).get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // Which ones is told.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String left(Map<String, Withdrawal.Job> begun) {
    List<String> ids =
        begun.values().stream()
            .filter(job -> !job.done().isDone() || job.done().isCompletedExceptionally())
            .map(Withdrawal.Job::requestId)
            .toList();
    int unanswered = awaits ? creations.onTheirWay() : 0;
    String named = String.join(", ", ids.subList(0, Math.min(NAMED, ids.size())));
    String others = ids.size() > NAMED ? " and " + (ids.size() - NAMED) + " more" : "";
    String open =
        ids.isEmpty()
            ? ""
            : "not withdrawn, and may still be approved: "
                + ids.size()
                + " of "
                + begun.size()
                + " open requests, "
                + named
                + others;
    String creating =
        unanswered == 0
            ? ""
            : "unanswered creations of requests, which approvers may be asked all the same: "
                + unanswered;
    return open + (open.isEmpty() || creating.isEmpty() ? "" : "; ") + creating;
  }
}
