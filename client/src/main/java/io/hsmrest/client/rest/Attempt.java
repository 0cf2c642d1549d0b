package io.hsmrest.client.rest;

import io.hsmrest.client.HsmConnectionException;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.HsmProtocolException;
import io.hsmrest.client.HsmResponseException;
import java.io.IOException;
import java.net.URI;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * How one attempt at a call ended, and what may follow.
 *
 * @param success the answer, null when it failed
 * @param repeatable whether trying again does no harm
 * @param endpointFailed whether another endpoint may do better
 * @param missingHere whether another endpoint may know what this one does not
 * @param retryAfter what the service asks for, null for nothing
 * @param failure makes the exception out of the number of attempts; not used after a success
 */
record Attempt(
    CallExecutor.@Nullable Success success,
    boolean repeatable,
    boolean endpointFailed,
    boolean missingHere,
    @Nullable String retryAfter,
    IntFunction<HsmException> failure) {

  /**
   * Where it went.
   *
   * @param words the endpoint's address, and the proxy's where there is one
   */
  record Place(URI endpoint, String words) {}

  static Attempt success(CallExecutor.Success success) {
    return new Attempt(
        success,
        false,
        false,
        false,
        null,
        attempts -> {
          throw new IllegalStateException("this attempt did not fail");
        });
  }

  /** The request did not leave. */
  static Attempt notSent(Call call, Place where, IOException cause) {
    String why = ConnectionFailure.wordsBeforeSending(where.words(), cause);
    return unanswered(call, true, where, "no connection to " + where.words() + ": " + why, cause);
  }

  /** The request may have arrived, and no answer came. */
  static Attempt lost(Call call, Place where, IOException cause) {
    if (ConnectionFailure.isRefusedHandshake(cause)) {
      return notSent(call, where, cause);
    }
    String why = ConnectionFailure.words(cause);
    return unanswered(call, false, where, "no answer from " + where.words() + ": " + why, cause);
  }

  private static Attempt unanswered(
      Call call, boolean notSent, Place where, String what, IOException cause) {
    return new Attempt(
        null,
        notSent || call.repeatable(),
        true,
        false,
        null,
        attempts ->
            new HsmConnectionException(
                call.description() + " failed: " + what + counted(attempts),
                attempts,
                !notSent,
                where.endpoint(),
                cause));
  }

  /** The calling thread was interrupted. */
  static Attempt interrupted(Call call, Place where, boolean notSent, IOException cause) {
    return new Attempt(
        null,
        false,
        false,
        false,
        null,
        attempts ->
            new HsmConnectionException(
                call.description() + " was interrupted" + counted(attempts),
                attempts,
                !notSent,
                where.endpoint(),
                cause));
  }

  /** More was answered than is taken. */
  static Attempt tooLarge(Call call, Place where, IOException cause) {
    String text =
        call.description()
            + " failed: the answer from "
            + where.words()
            + " is "
            + ConnectionFailure.words(cause);
    return new Attempt(
        null,
        false,
        false,
        false,
        null,
        attempts ->
            call.repeatable()
                ? new HsmProtocolException(text, cause)
                : new HsmConnectionException(text, attempts, true, where.endpoint(), cause));
  }

  /** The service, or something in front of it, refused. */
  static Attempt refused(
      Call call, Place where, HttpTransport.Answer answer, HsmResponseException refusal) {
    int status = answer.status();
    int code = refusal.error().code();
    boolean gateway = status == 502 || status == 503 || status == 504;
    // Without an error code of the service it stays open what became of the request.
    boolean unknown = status >= 500 && code == 0 && !call.repeatable();
    return new Attempt(
        null,
        // 429 says that nothing was done.
        status == 429 || gateway && call.repeatable(),
        gateway,
        code != 0 && code == call.missingHereCode(),
        answer.retryAfter(),
        attempts ->
            unknown
                ? new HsmConnectionException(
                    call.description()
                        + " failed: no answer from the service behind "
                        + where.words()
                        + ": HTTP "
                        + status
                        + counted(attempts),
                    attempts,
                    true,
                    where.endpoint(),
                    refusal)
                : refusal);
  }

  private static String counted(int attempts) {
    return attempts == 1 ? " (1 attempt)" : " (" + attempts + " attempts)";
  }
}
