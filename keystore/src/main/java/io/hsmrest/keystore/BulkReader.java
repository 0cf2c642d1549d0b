package io.hsmrest.keystore;

import io.hsmrest.client.HsmException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Reads many labels with bounded concurrency. Its threads are daemons that go away when idle, so
 * that a key store nobody closes keeps no JVM alive.
 */
final class BulkReader {
  private static final int THREADS = 24;

  /** Reads one label. */
  @FunctionalInterface
  interface EntryRead {
    PartitionEntry read(String label) throws HsmException;
  }

  private final ExecutorService executor = newExecutor();

  /** The entries in the order of {@code labels}; the first failure ends it. */
  List<PartitionEntry> readAll(List<String> labels, EntryRead read) throws HsmException {
    if (labels.size() <= 1) {
      List<PartitionEntry> few = new ArrayList<>();
      for (String label : labels) {
        few.add(read.read(label));
      }
      return few;
    }
    List<Future<PartitionEntry>> running = new ArrayList<>(labels.size());
    for (String label : labels) {
      running.add(executor.submit(() -> read.read(label)));
    }
    List<PartitionEntry> done = new ArrayList<>(labels.size());
    try {
      for (Future<PartitionEntry> future : running) {
        done.add(future.get());
      }
      return done;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HsmException("interrupted while reading the entries of the partition", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof HsmException failure) {
        throw failure;
      }
      throw new HsmException("reading the entries of the partition failed: " + e.getCause(), e);
    } finally {
      running.forEach(future -> future.cancel(false));
    }
  }

  private static ExecutorService newExecutor() {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            2,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "hsmrest-reader");
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }
}
