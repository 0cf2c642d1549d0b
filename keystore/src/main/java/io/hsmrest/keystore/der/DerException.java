package io.hsmrest.keystore.der;

import java.io.IOException;

/** Bytes that are not the DER that was expected. */
public final class DerException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Says what was expected. */
  public DerException(String message) {
    super(message);
  }
}
