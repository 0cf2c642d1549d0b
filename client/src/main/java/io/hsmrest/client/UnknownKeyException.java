package io.hsmrest.client;

import io.hsmrest.client.model.ServiceError;

/** There is no such key, or no such certificate (650). */
public class UnknownKeyException extends HsmResponseException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception for one refusal; the parameters are {@link HsmResponseException}'s. */
  public UnknownKeyException(String operation, int status, ServiceError error) {
    super(operation, status, error);
  }
}
