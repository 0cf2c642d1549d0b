package io.hsmrest.client;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One call of the service.
 *
 * @param description for people, such as {@code sign with key 'k'}
 * @param method HTTP method
 * @param path path, labels encoded
 * @param role whose API key it takes
 * @param body JSON object, null for none
 * @param repeatable whether doing it twice does no harm
 */
record Call(
    String description,
    String method,
    String path,
    ApiKeyRole role,
    @Nullable Map<String, ?> body,
    boolean repeatable) {

  static Call get(String description, String path, ApiKeyRole role) {
    return new Call(description, "GET", path, role, null, true);
  }

  /** A call that changes nothing, or nothing more when it comes twice. */
  static Call repeatable(String description, String path, ApiKeyRole role, Map<String, ?> body) {
    return new Call(description, "POST", path, role, body, true);
  }

  /** A call that creates something each time it arrives. */
  static Call once(String description, String path, ApiKeyRole role, Map<String, ?> body) {
    return new Call(description, "POST", path, role, body, false);
  }

  static Call delete(String description, String path, ApiKeyRole role) {
    return new Call(description, "DELETE", path, role, null, false);
  }

  /** Method and path, for errors of the answer. */
  String place() {
    return "answer of " + method + " " + path;
  }
}
