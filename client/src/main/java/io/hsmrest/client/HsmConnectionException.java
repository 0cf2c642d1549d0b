package io.hsmrest.client;

import org.jspecify.annotations.Nullable;

/** No answer came: no connection, no TLS, no time left. */
public class HsmConnectionException extends HsmException {
  private static final long serialVersionUID = 1L;

  private final int attempts;
  private final boolean maybeExecuted;

  /**
   * Creates an exception.
   *
   * @param attempts how often it was tried
   * @param maybeExecuted whether the service may have received the call
   * @param cause null for none
   */
  public HsmConnectionException(
      String message, int attempts, boolean maybeExecuted, @Nullable Throwable cause) {
    super(message, cause);
    this.attempts = attempts;
    this.maybeExecuted = maybeExecuted;
  }

  /** How often it was tried. */
  public int attempts() {
    return attempts;
  }

  /** Whether the service may have received the call, and done what it asked for. */
  public boolean maybeExecuted() {
    return maybeExecuted;
  }
}
