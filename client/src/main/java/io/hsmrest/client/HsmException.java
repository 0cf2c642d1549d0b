package io.hsmrest.client;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something between this program and the service went wrong. The message is complete in one line:
 * what was tried, with which key, what came back, and where possible what to do.
 */
public class HsmException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Creates an exception whose cause may be null. */
  public HsmException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** Never null. */
  @Override
  public String getMessage() {
    return Objects.requireNonNullElse(super.getMessage(), getClass().getSimpleName());
  }
}
