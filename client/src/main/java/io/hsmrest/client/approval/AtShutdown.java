package io.hsmrest.client.approval;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Something to do before the JVM ends, only while it is set: a hook that stayed would keep a web
 * application's classes for ever. A service that does not answer holds nobody up for long.
 */
final class AtShutdown {
  private static final Duration LONGEST = Duration.ofSeconds(3);

  private final Runnable work;
  private @Nullable Thread hook;

  AtShutdown(Runnable work) {
    this.work = work;
  }

  synchronized void set() {
    Thread thread = new Thread(this::run, "hsmrest-shutdown");
    try {
      Runtime.getRuntime().addShutdownHook(thread);
      hook = thread;
    } catch (IllegalStateException e) {
      // The JVM is ending already; what is asked for now is not withdrawn any more.
    }
  }

  synchronized void clear() {
    Thread thread = hook;
    hook = null;
    try {
      if (thread != null) {
        Runtime.getRuntime().removeShutdownHook(thread);
      }
    } catch (IllegalStateException e) {
      // The JVM is ending, and the hook runs.
    }
  }

  private void run() {
    Thread working = new Thread(work, "hsmrest-cancel");
    working.setDaemon(true);
    working.start();
    try {
      working.join(LONGEST.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
