package io.hsmrest.client.rest;

import io.hsmrest.client.ApiKeyRole;
import java.time.Duration;
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
 * @param deadline longest time with all repetitions; null for {@code http.deadline}
 * @param missingHereCode the error code that says that this endpoint does not know what another one
 *     may know; 0 for none
 * @param longAnswer whether the answer grows with what is at the service, so that {@code
 *     http.maxResponseBytes} does not bound it
 */
record Call(
    String description,
    String method,
    String path,
    ApiKeyRole role,
    @Nullable Map<String, ?> body,
    boolean repeatable,
    @Nullable Duration deadline,
    int missingHereCode,
    boolean longAnswer) {

  static Call get(String description, String path, ApiKeyRole role) {
    return new Call(description, "GET", path, role, null, true, null, 0, false);
  }

  /** A call that changes nothing, or nothing more when it comes twice. */
  static Call repeatable(String description, String path, ApiKeyRole role, Map<String, ?> body) {
    return new Call(description, "POST", path, role, body, true, null, 0, false);
  }

  /** A call that creates something each time it arrives. */
  static Call once(String description, String path, ApiKeyRole role, Map<String, ?> body) {
    return new Call(description, "POST", path, role, body, false, null, 0, false);
  }

  static Call delete(String description, String path, ApiKeyRole role) {
    return new Call(description, "DELETE", path, role, null, false, null, 0, false);
  }

  /** The same call within another time. */
  Call within(Duration newDeadline) {
    return new Call(
        description,
        method,
        path,
        role,
        body,
        repeatable,
        newDeadline,
        missingHereCode,
        longAnswer);
  }

  /** The same call, safe to repeat, for a thing that perhaps one endpoint alone knows. */
  Call atWhicheverEndpointKnows(int missingCode) {
    return new Call(description, method, path, role, body, true, deadline, missingCode, longAnswer);
  }

  /** The same call with an answer that grows with what is at the service. */
  Call withLongAnswer() {
    return new Call(
        description, method, path, role, body, repeatable, deadline, missingHereCode, true);
  }

  /** Method and path, for errors of the answer. */
  String place() {
    return "answer of " + method + " " + path;
  }

  /** Without the body, which may hold a password. */
  @Override
  public String toString() {
    return method + " " + path;
  }
}
