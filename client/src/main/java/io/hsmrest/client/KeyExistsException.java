package io.hsmrest.client;

import io.hsmrest.client.model.ServiceError;

/** The label is taken (608). */
public class KeyExistsException extends HsmResponseException {
  private static final long serialVersionUID = 1L;

  KeyExistsException(String operation, int status, ServiceError error) {
    super(operation, status, error);
  }
}
