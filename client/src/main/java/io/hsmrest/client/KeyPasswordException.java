package io.hsmrest.client;

import io.hsmrest.client.model.ServiceError;

/** The key's own password is missing or wrong (620). */
public class KeyPasswordException extends HsmResponseException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception for one refusal; the parameters are {@link HsmResponseException}'s. */
  public KeyPasswordException(String operation, int status, ServiceError error) {
    super(operation, status, error);
  }
}
