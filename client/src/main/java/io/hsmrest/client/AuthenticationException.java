package io.hsmrest.client;

import io.hsmrest.client.model.ServiceError;

/**
 * Token, API key or client certificate is missing, wrong, or lacks the right (401, 403; codes 406,
 * 416, 617, 618, 631, 450, 451).
 */
public class AuthenticationException extends HsmResponseException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception for one refusal; the parameters are {@link HsmResponseException}'s. */
  public AuthenticationException(String operation, int status, ServiceError error) {
    super(operation, status, error);
  }
}
