package io.hsmrest.client.rest;

import io.hsmrest.client.AuthenticationException;
import io.hsmrest.client.HsmResponseException;
import io.hsmrest.client.InsufficientApprovalsException;
import io.hsmrest.client.KeyExistsException;
import io.hsmrest.client.KeyPasswordException;
import io.hsmrest.client.PlainText;
import io.hsmrest.client.RateLimitedException;
import io.hsmrest.client.UnknownKeyException;
import io.hsmrest.client.UnknownRequestException;
import io.hsmrest.client.UnknownTaskException;
import io.hsmrest.client.model.ServiceError;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Turns answers that are no success into exceptions: by the body's {@code errorCode} first, by the
 * HTTP status where there is none. Survives empty bodies, HTML and other people's JSON.
 */
final class Refusals {
  private static final int LONGEST_TEXT = 500;

  private Refusals() {}

  /**
   * The exception for one refusal.
   *
   * @param redaction takes secrets out of what the service wrote
   */
  static HsmResponseException of(
      Call call, HttpTransport.Answer answer, UnaryOperator<String> redaction) {
    byte[] body = answer.body().toByteArray();
    ServiceError error = error(body, redaction);
    String what = call.description();
    int status = answer.status();
    return switch (error.code()) {
      case 0 -> byStatus(call, status, error);
      case 608 -> new KeyExistsException(what, status, error);
      case 620 -> new KeyPasswordException(what, status, error);
      case 650 -> new UnknownKeyException(what, status, error);
      case 609, 651 -> new UnknownRequestException(what, status, error);
      case 652 -> new UnknownTaskException(what, status, error);
      case 406, 617, 618 ->
          new AuthenticationException(what, status, error.hinted("check 'auth.token'"));
      case 416, 631 ->
          new AuthenticationException(
              what, status, error.hinted("check '" + call.role().setting() + "'"));
      case 415 ->
          new HsmResponseException(what, status, error.hinted("check 'requestSigner.keyStore'"));
      case 450, 451 -> new AuthenticationException(what, status, error);
      case 701 -> inHsm(what, status, error, error(body, UnaryOperator.identity()));
      default -> byCode(what, status, error);
    };
  }

  /** What is a short secret may be a letter of what the service says. */
  private static HsmResponseException inHsm(
      String what, int status, ServiceError error, ServiceError unredacted) {
    return unredacted.message().toLowerCase(Locale.ROOT).contains("approvals are insufficient")
        ? new InsufficientApprovalsException(what, status, error)
        : new HsmResponseException(what, status, error);
  }

  private static HsmResponseException byCode(String what, int status, ServiceError error) {
    return switch (status) {
      case 401 -> new AuthenticationException(what, status, error);
      case 429 -> new RateLimitedException(what, status, error);
      default -> new HsmResponseException(what, status, error);
    };
  }

  private static HsmResponseException byStatus(Call call, int status, ServiceError error) {
    String what = call.description();
    return switch (status) {
      case 401, 403 ->
          new AuthenticationException(
              what, status, error.hinted("check 'auth.token' and '" + call.role().setting() + "'"));
      case 407 ->
          new HsmResponseException(
              what, status, error.hinted("check 'http.proxyUser' and 'http.proxyPassword'"));
      case 429 -> new RateLimitedException(what, status, error);
      case 301, 302, 303, 307, 308, 404, 405 ->
          new HsmResponseException(
              what, status, error.hinted("is 'endpoint' the address of the REST API?"));
      default -> new HsmResponseException(what, status, error);
    };
  }

  private static ServiceError error(byte[] body, UnaryOperator<String> redaction) {
    try {
      if (JsonMapping.read(body) instanceof Map<?, ?> members) {
        int code = members.get("errorCode") instanceof Integer number ? number : 0;
        return new ServiceError(
            code, text(members.get("reason"), redaction), text(members.get("message"), redaction));
      }
    } catch (IOException e) {
      // A gateway's page, or nothing; the status has to do.
    }
    return ServiceError.NONE;
  }

  /** One line of bounded length, whatever the service wrote. */
  private static String text(@Nullable Object value, UnaryOperator<String> redaction) {
    if (!(value instanceof String text)) {
      return "";
    }
    String line = PlainText.oneLine(redaction.apply(text));
    return line.length() <= LONGEST_TEXT ? line : line.substring(0, LONGEST_TEXT) + "...";
  }
}
