package io.hsmrest.client.approval;

import org.jspecify.annotations.Nullable;

/**
 * Something to do before the JVM ends, only while somebody needs it: a hook that stayed would keep
 * a web application's classes for ever. Thread-safe.
 */
final class AtShutdown {
  private final Runnable work;
  private int needed;
  private @Nullable Thread hook;

  /** The hook runs {@code work}, which has to come to an end by itself. */
  AtShutdown(Runnable work) {
    this.work = work;
  }

  /** From now on it is done, until as many {@link #release} it as have asked for it. */
  synchronized void need() {
    if (needed++ > 0) {
      return;
    }
    Thread thread = new Thread(work, "hsmrest-shutdown");
    try {
      Runtime.getRuntime().addShutdownHook(thread);
      hook = thread;
    } catch (IllegalStateException e) {
      // The JVM is ending already.
    }
  }

  synchronized void release() {
    if (--needed > 0) {
      return;
    }
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
}
