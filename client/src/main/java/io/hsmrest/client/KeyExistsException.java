package io.hsmrest.client;

import io.hsmrest.client.model.ServiceError;

/** The label is taken (608). */
public class KeyExistsException extends HsmResponseException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception for one refusal; the parameters are {@link HsmResponseException}'s. */
  public KeyExistsException(String operation, int status, ServiceError error) {
    super(operation, status, error);
  }
}
