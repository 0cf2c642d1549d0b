package io.hsmrest.client.rest;

import java.io.IOException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.spi.AbstractInterruptibleChannel;

/**
 * Work that an interrupt of its thread aborts at once. Plain sockets do not notice interrupts; the
 * JDK's base class for interruptible channels tells this class, on the interrupting thread, which
 * then aborts. A thread that is interrupted already aborts before it begins.
 */
final class Interruptible extends AbstractInterruptibleChannel {

  /** What is done. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws IOException;
  }

  private final Runnable abort;

  private Interruptible(Runnable abort) {
    this.abort = abort;
  }

  /** Runs {@code work} with {@code abort} as the answer to an interrupt, which stays set. */
  @SuppressWarnings("resource") // Closing it would abort.
  static <T> T run(Work<T> work, Runnable abort) throws IOException {
    Interruptible channel = new Interruptible(abort);
    channel.begin();
    try {
      return work.run();
    } finally {
      channel.done();
    }
  }

  /** What was finished before the interrupt is kept: the caller sees the flag anyway. */
  private void done() {
    try {
      end(true);
    } catch (AsynchronousCloseException e) {
      // The work has failed with the abort's own exception, or it had come to its end.
    }
  }

  @Override
  protected void implCloseChannel() {
    abort.run();
  }
}
