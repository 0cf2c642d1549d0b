package io.hsmrest.client;

import io.hsmrest.client.model.ServiceError;

/** Too many requests, after the retries (429). */
public class RateLimitedException extends HsmResponseException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception for one refusal; the parameters are {@link HsmResponseException}'s. */
  public RateLimitedException(String operation, int status, ServiceError error) {
    super(operation, status, error);
  }
}
