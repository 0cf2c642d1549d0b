package io.hsmrest.client;

import io.hsmrest.client.model.ServiceError;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns answers that are no success into exceptions: by the body's {@code errorCode} first, by the
 * HTTP status where there is none. Survives empty bodies, HTML and other people's JSON.
 */
final class Refusals {
  private Refusals() {}

  static HsmResponseException of(Call call, int status, byte[] body) {
    ServiceError error = error(body);
    String what = call.description();
    switch (error.code()) {
      case 608:
        return new KeyExistsException(what, status, error);
      case 620:
        return new KeyPasswordException(what, status, error);
      case 650:
        return new UnknownKeyException(what, status, error);
      case 651:
        return new UnknownRequestException(what, status, error);
      case 406, 416, 450, 451, 617, 618, 631:
        return new AuthenticationException(what, status, error);
      case 701:
        return error.message().toLowerCase(Locale.ROOT).contains("approvals are insufficient")
            ? new InsufficientApprovalsException(what, status, error)
            : new HsmResponseException(what, status, error);
      default:
        return byStatus(what, status, error);
    }
  }

  private static HsmResponseException byStatus(String what, int status, ServiceError error) {
    if (error.code() != 0) {
      return status == 401
          ? new AuthenticationException(what, status, error)
          : new HsmResponseException(what, status, error);
    }
    return switch (status) {
      case 401, 403 ->
          new AuthenticationException(
              what, status, hinted(error, "check auth.token and the auth.apiKey settings"));
      case 429 -> new RateLimitedException(what, status, error);
      case 301, 302, 303, 307, 308, 404, 405 ->
          new HsmResponseException(
              what, status, hinted(error, "is 'endpoint' the address of the REST API?"));
      default -> new HsmResponseException(what, status, error);
    };
  }

  private static ServiceError hinted(ServiceError error, String hint) {
    String message = error.message().isEmpty() ? hint : error.message() + "; " + hint;
    return new ServiceError(error.code(), error.reason(), message);
  }

  static ServiceError error(byte[] body) {
    try {
      if (JsonMapping.read(body) instanceof Map<?, ?> members) {
        int code = members.get("errorCode") instanceof Integer number ? number : 0;
        return new ServiceError(code, text(members.get("reason")), text(members.get("message")));
      }
    } catch (IOException e) {
      // A gateway's page, or nothing; the status has to do.
    }
    return ServiceError.NONE;
  }

  /** One line of bounded length, whatever the service wrote. */
  private static String text(@Nullable Object value) {
    if (!(value instanceof String text)) {
      return "";
    }
    String line = text.replaceAll("\\s+", " ").strip();
    return line.length() <= 500 ? line : line.substring(0, 500) + "...";
  }
}
