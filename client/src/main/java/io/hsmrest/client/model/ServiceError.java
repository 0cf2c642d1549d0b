package io.hsmrest.client.model;

/**
 * The service's error body (contract 4.1).
 *
 * @param code the number to tell errors apart by; 0 when the body had none
 * @param reason the stable machine text, such as {@code res.error.key.not.existent}; may be empty
 * @param message free English text that may change between versions; may be empty
 */
public record ServiceError(int code, String reason, String message) {
  /** The answer carried no error body that could be read. */
  public static final ServiceError NONE = new ServiceError(0, "", "");

  /**
   * The same error with what may be done about it.
   *
   * @param hint goes to the end of the message
   */
  public ServiceError hinted(String hint) {
    return new ServiceError(code, reason, message.isEmpty() ? hint : message + "; " + hint);
  }
}
