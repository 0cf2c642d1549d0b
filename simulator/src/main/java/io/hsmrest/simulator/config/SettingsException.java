package io.hsmrest.simulator.config;

import org.jspecify.annotations.Nullable;

/** The settings cannot be used; the message says which and why. */
public final class SettingsException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** Settings refused for the reason given. */
  public SettingsException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
