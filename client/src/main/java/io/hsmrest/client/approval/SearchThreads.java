package io.hsmrest.client.approval;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Searches for lost answers on behalf of futures: a search takes as long as people do, and the
 * caller's executor is not for that. A few daemon threads, which end when there is nothing to
 * search for. Thread-safe.
 */
final class SearchThreads {
  private static final int MOST = 16;

  private final Executor threads;

  SearchThreads() {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            MOST,
            MOST,
            1,
            TimeUnit.MILLISECONDS,
            new LinkedBlockingQueue<>(),
            SearchThreads::thread);
    pool.allowCoreThreadTimeOut(true);
    this.threads = pool;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(null, work, "hsmrest-search", 0, false);
    thread.setDaemon(true);
    // The first caller's, which a web application's class loader may be, is not for keeping.
    thread.setContextClassLoader(SearchThreads.class.getClassLoader());
    return thread;
  }

  /** Runs a search, and interrupts it when nobody waits for the future any more. */
  void run(CompletableFuture<?> later, Runnable search) {
    Running running = new Running(search);
    threads.execute(running);
    var unused = later.whenComplete((result, failure) -> running.interrupt());
  }

  /** One search; its interrupt is gone when the thread takes the next one. */
  private static final class Running implements Runnable {
    private final Runnable search;
    private @Nullable Thread thread;

    Running(Runnable search) {
      this.search = search;
    }

    @Override
    public void run() {
      synchronized (this) {
        thread = Thread.currentThread();
      }
      try {
        search.run();
      } finally {
        synchronized (this) {
          thread = null;
          Thread.interrupted();
        }
      }
    }

    synchronized void interrupt() {
      if (thread != null && thread != Thread.currentThread()) {
        thread.interrupt();
      }
    }
  }
}
