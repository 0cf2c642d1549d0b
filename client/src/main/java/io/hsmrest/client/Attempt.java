package io.hsmrest.client;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * How one attempt at a call ended, and what may follow.
 *
 * @param success the answer, null when it failed
 * @param repeatable whether trying again does no harm
 * @param endpointFailed whether another endpoint may do better
 * @param retryAfter what the service asks for, null for nothing
 * @param refusal the service's refusal, null when no answer came
 * @param problem what happened where no answer came
 * @param maybeExecuted whether the service may have done what was asked
 * @param cause the failure behind it, null for refusals
 */
record Attempt(
    CallExecutor.@Nullable Success success,
    boolean repeatable,
    boolean endpointFailed,
    @Nullable String retryAfter,
    @Nullable HsmResponseException refusal,
    String problem,
    boolean maybeExecuted,
    @Nullable IOException cause) {

  static Attempt success(CallExecutor.Success success) {
    return new Attempt(success, false, false, null, null, "", false, null);
  }

  static Attempt notSent(Call call, URI endpoint, IOException cause) {
    return new Attempt(
        null,
        true,
        true,
        null,
        null,
        call.description()
            + " failed: no connection to "
            + endpoint
            + ": "
            + words(cause)
            + "; is the service up, is 'endpoint' right?",
        false,
        cause);
  }

  static Attempt lost(Call call, URI endpoint, IOException cause) {
    return new Attempt(
        null,
        call.repeatable(),
        true,
        null,
        null,
        call.description() + " failed: no answer from " + endpoint + ": " + words(cause),
        true,
        cause);
  }

  static Attempt refused(Call call, HttpTransport.Answer answer, HsmResponseException refusal) {
    int status = answer.status();
    boolean gateway = status == 502 || status == 503 || status == 504;
    // 429 says that nothing was done; a gateway's 502 to 504 leaves that open.
    boolean repeatable = status == 429 || gateway && call.repeatable();
    return new Attempt(null, repeatable, gateway, answer.retryAfter(), refusal, "", gateway, null);
  }

  HsmException failure(int attempts) {
    if (refusal != null) {
      return refusal;
    }
    String tried = attempts == 1 ? " (1 attempt)" : " (" + attempts + " attempts)";
    return new HsmConnectionException(problem + tried, attempts, maybeExecuted, cause);
  }

  /** What happened, in words; the JDK's messages often say only half. */
  private static String words(IOException failure) {
    Throwable root = failure;
    while (root.getCause() instanceof IOException deeper) {
      root = deeper;
    }
    String message = root.getMessage() == null ? "" : root.getMessage();
    if (root instanceof UnknownHostException) {
      return "unknown host " + message;
    }
    if (root instanceof SSLException) {
      return "TLS failed: " + message;
    }
    if (root instanceof SocketTimeoutException) {
      return "time out" + (message.isEmpty() ? "" : ": " + message);
    }
    if (message.toLowerCase(Locale.ROOT).contains("connection refused")) {
      return "connection refused";
    }
    return message.isEmpty() ? root.getClass().getSimpleName() : message;
  }
}
