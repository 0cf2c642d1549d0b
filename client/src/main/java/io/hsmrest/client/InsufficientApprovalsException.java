package io.hsmrest.client;

import io.hsmrest.client.model.ServiceError;

/** The key's policy asks for approvals that were not given (701, "approvals are insufficient"). */
public class InsufficientApprovalsException extends HsmResponseException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception for one refusal; the parameters are {@link HsmResponseException}'s. */
  public InsufficientApprovalsException(String operation, int status, ServiceError error) {
    super(operation, status, error);
  }
}
