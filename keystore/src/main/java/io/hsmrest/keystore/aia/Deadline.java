package io.hsmrest.keystore.aia;

import java.io.Closeable;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The time left for a download as a whole, however many connections and answers it takes. Socket
 * time-outs alone would be outlived by a peer that sends a byte now and then. Thread-safe.
 */
final class Deadline {
  private final long end;
  private @Nullable Closeable watched;
  private boolean over;

  Deadline(Duration time) {
    this.end = System.nanoTime() + time.toNanos();
  }

  /** At least 1, which is what socket time-outs are given in. */
  int millisecondsLeft() throws SocketTimeoutException {
    long left = end - System.nanoTime();
    if (left <= 0) {
      throw new SocketTimeoutException("it took too long");
    }
    return (int) Math.max(1, left / 1_000_000);
  }

  /** What {@link #end()} closes from now on. */
  synchronized void watch(Closeable connection) throws IOException {
    watched = connection;
    if (over) {
      connection.close();
    }
  }

  /** Ends whatever is under way. */
  synchronized void end() {
    over = true;
    if (watched != null) {
      try {
        watched.close();
      } catch (IOException e) {
        // It is of no use any more, closed or not.
      }
    }
  }
}
