package io.hsmrest.client.rest;

/**
 * Marks the threads that are inside one of our own REST calls. While a thread is, the provider
 * offers it nothing, so that TLS towards the service never needs keys that live at the service,
 * whatever the provider's position.
 */
public final class OwnCalls {
  private static final ThreadLocal<Boolean> IN_PROGRESS = new ThreadLocal<>();

  private OwnCalls() {}

  /** Whether the calling thread is inside a REST call of ours. */
  public static boolean inProgress() {
    return IN_PROGRESS.get() != null;
  }

  /** Work that may fail with an exception of type {@code X}. */
  @FunctionalInterface
  public interface Call<T, X extends Exception> {
    /** Does it. */
    T run() throws X;
  }

  /** Runs {@code call} with the mark set; a mark that was there already stays. */
  public static <T, X extends Exception> T mark(Call<T, X> call) throws X {
    if (inProgress()) {
      return call.run();
    }
    IN_PROGRESS.set(Boolean.TRUE);
    try {
      return call.run();
    } finally {
      IN_PROGRESS.remove();
    }
  }
}
