package io.hsmrest.client;

import io.hsmrest.client.model.ServiceError;

/** There is no such request (651), or what was taken for its id cannot be one (609). */
public class UnknownRequestException extends HsmResponseException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception for one refusal; the parameters are {@link HsmResponseException}'s. */
  public UnknownRequestException(String operation, int status, ServiceError error) {
    super(operation, status, error);
  }
}
