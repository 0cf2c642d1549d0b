package io.hsmrest.client;

import org.jspecify.annotations.Nullable;

/** An answer that was not understood; the message names the path and the field. */
public class HsmProtocolException extends HsmException {
  private static final long serialVersionUID = 1L;

  /** Creates an exception whose cause may be null. */
  public HsmProtocolException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
