package io.hsmrest.client;

import org.jspecify.annotations.Nullable;

/** A setting is missing, unknown or wrong; the message names the setting and what is allowed. */
public class HsmConfigurationException extends HsmException {
  private static final long serialVersionUID = 1L;

  /** Creates an exception without cause. */
  public HsmConfigurationException(String message) {
    super(message, null);
  }

  /** Creates an exception whose cause may be null. */
  public HsmConfigurationException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
