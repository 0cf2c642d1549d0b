package io.hsmrest.client;

import io.hsmrest.client.model.ServiceError;

/** The service refused. Told apart by {@link ServiceError#code()} first, HTTP status second. */
public class HsmResponseException extends HsmException {
  private static final long serialVersionUID = 1L;

  private final String operation;
  private final int status;
  private final transient ServiceError error;

  /**
   * Creates the exception for one refusal.
   *
   * @param operation what was tried, with which key; the message begins with it
   * @param status the HTTP status
   * @param error the error body, {@link ServiceError#NONE} when there was none
   */
  public HsmResponseException(String operation, int status, ServiceError error) {
    super(describe(operation, status, error), null);
    this.operation = operation;
    this.status = status;
    this.error = error;
  }

  private static String describe(String operation, int status, ServiceError error) {
    StringBuilder text = new StringBuilder(operation).append(" refused: HTTP ").append(status);
    if (error.code() != 0) {
      text.append(", error ").append(error.code());
    }
    if (!error.reason().isEmpty()) {
      text.append(" (").append(error.reason()).append(')');
    }
    if (!error.message().isEmpty()) {
      text.append(": ").append(error.message());
    }
    return text.toString();
  }

  /**
   * The same refusal with what may be done about it; its type is this one, not the subclass.
   *
   * @param hint goes to the end of the message
   */
  public HsmResponseException hinted(String hint) {
    return new HsmResponseException(operation, status, error().hinted(hint));
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** Whether it says more of the service, or of what is in front of it, than of what was asked. */
  public boolean isTemporary() {
    return status >= 500 || status == 429;
  }

  /** The error body, {@link ServiceError#NONE} when there was none. */
  public ServiceError error() {
    return error == null ? ServiceError.NONE : error;
  }
}
