package io.hsmrest.simulator.crypto;

import org.jspecify.annotations.Nullable;

/**
 * The service says no, with the words of contract 4.1. Unchecked and without a stack trace: it is
 * an ordinary answer, not a fault of this program.
 */
public final class ServiceRefusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  /** A refusal with the text for {@code message}. */
  public ServiceRefusal(Reason reason, String message) {
    this(reason, message, null);
  }

  /** A refusal that keeps what went wrong below it, for the log; the client never sees it. */
  public ServiceRefusal(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause, false, false);
    this.reason = reason;
  }

  /** An HSM refusal: 701, HTTP 500. */
  public static ServiceRefusal inHsm(String message) {
    return new ServiceRefusal(Reason.IN_HSM, message);
  }

  /** Bad input: 600, HTTP 400. */
  public static ServiceRefusal invalidInput(String message) {
    return new ServiceRefusal(Reason.INPUT_VALIDATION_FAILED, message);
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }

  /** The number sent as {@code errorCode}. */
  public int errorCode() {
    return reason.code();
  }

  /** The HTTP status to answer with. */
  public int httpStatus() {
    return reason.httpStatus();
  }

  /** The text sent as {@code message}; never null. */
  @Override
  public String getMessage() {
    String message = super.getMessage();
    return message == null ? reason.text() : message;
  }
}
