package io.hsmrest.client;

import java.util.Collection;

/**
 * Something was to be created once, and the answer was lost: it may exist or not. It is not sent
 * again, because a second request would ask people twice. The message says what to look for.
 */
public class RequestOutcomeUnknownException extends HsmConnectionException {
  private static final long serialVersionUID = 1L;

  private RequestOutcomeUnknownException(String message, HsmConnectionException lost) {
    super(message, lost.attempts(), true, lost.endpoint().orElse(null), lost);
  }

  /**
   * What has appeared since cannot be told apart, or nobody waited for it to its end.
   *
   * @param lost the loss itself, the cause of the new exception
   * @param candidates ids of the requests that may be the one
   */
  public static RequestOutcomeUnknownException ambiguous(
      RequestOutcomeUnknownException lost, Collection<String> candidates) {
    return new RequestOutcomeUnknownException(
        lost.getMessage()
            + "; one of these requests may be this operation's: "
            + String.join(", ", candidates),
        lost);
  }

  /**
   * The loss of an answer to a creation: {@code lost} itself when the service cannot have received
   * it, else an exception of this type with it as the cause.
   *
   * @param advice where to look for what may have been created
   */
  public static HsmConnectionException ifMaybeExecuted(HsmConnectionException lost, String advice) {
    return lost.maybeExecuted()
        ? new RequestOutcomeUnknownException(
            lost.getMessage() + "; it was not sent again: " + advice, lost)
        : lost;
  }
}
