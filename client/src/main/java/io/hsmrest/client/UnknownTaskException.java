package io.hsmrest.client;

import io.hsmrest.client.model.ServiceError;

/** There is no such task (652): it was answered, or its request is finished or withdrawn. */
public class UnknownTaskException extends HsmResponseException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception for one refusal; the parameters are {@link HsmResponseException}'s. */
  public UnknownTaskException(String operation, int status, ServiceError error) {
    super(operation, status, error);
  }
}
