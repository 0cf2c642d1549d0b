package io.hsmrest.client;

import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** No answer came: no connection, no TLS, no time left. */
public class HsmConnectionException extends HsmException {
  private static final long serialVersionUID = 1L;

  private final int attempts;
  private final boolean maybeExecuted;
  private final @Nullable URI endpoint;

  /**
   * Creates an exception.
   *
   * @param attempts how often it was tried
   * @param maybeExecuted whether the service may have received the call
   * @param cause null for none
   */
  public HsmConnectionException(
      String message, int attempts, boolean maybeExecuted, @Nullable Throwable cause) {
    this(message, attempts, maybeExecuted, null, cause);
  }

  /**
   * The same with the place.
   *
   * @param endpoint the last one that was tried, null where that is not known
   */
  public HsmConnectionException(
      String message,
      int attempts,
      boolean maybeExecuted,
      @Nullable URI endpoint,
      @Nullable Throwable cause) {
    super(message, cause);
    this.attempts = attempts;
    this.maybeExecuted = maybeExecuted;
    this.endpoint = endpoint;
  }

  /** How often it was tried. */
  public int attempts() {
    return attempts;
  }

  /** Whether the service may have received the call, and done what it asked for. */
  public boolean maybeExecuted() {
    return maybeExecuted;
  }

  /** The endpoint that was tried last: where the call may have been executed. */
  public Optional<URI> endpoint() {
    return Optional.ofNullable(endpoint);
  }
}
