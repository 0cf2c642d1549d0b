package io.hsmrest.keystore;

import io.hsmrest.client.HsmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Reads many labels with bounded concurrency. Its threads are daemons that go away when idle, so
 * that a key store nobody closes keeps no JVM alive. Thread-safe.
 */
final class BulkReader {
  private static final int THREADS = 24;

  /** Reads one label. */
  @FunctionalInterface
  interface LabelRead<T> {
    T read(String label) throws HsmException;
  }

  private final ExecutorService executor = newExecutor();

  /** What was read, in the order of {@code labels}; the first failure ends it. */
  <T> List<T> readAll(Collection<String> labels, LabelRead<T> read) throws HsmException {
    List<T> done = new ArrayList<>(labels.size());
    if (labels.size() <= 1) {
      for (String label : labels) {
        done.add(read.read(label));
      }
      return done;
    }
    List<Future<T>> running = new ArrayList<>(labels.size());
    for (String label : labels) {
      running.add(executor.submit(() -> read.read(label)));
    }
    try {
      for (Future<T> future : running) {
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
            THREADS, THREADS, 2, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), BulkReader::thread);
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  /** Takes nothing over from the thread that happens to be the first to read. */
  private static Thread thread(Runnable task) {
    Thread thread = new Thread(null, task, "hsmrest-reader", 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(BulkReader.class.getClassLoader());
    return thread;
  }
}
