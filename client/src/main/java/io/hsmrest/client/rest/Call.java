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
 * @param reader reads the answer while it arrives, however long it is; null for an answer within
 *     {@code http.maxResponseBytes} that is read as a whole
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
    HttpTransport.@Nullable BodyReader reader) {

  static Call get(String description, String path, ApiKeyRole role) {
    return new Call(description, "GET", path, role, null, true, null, 0, null);
  }

  /** A call that changes nothing, or nothing more when it comes twice. */
  static Call repeatable(String description, String path, ApiKeyRole role, Map<String, ?> body) {
    return new Call(description, "POST", path, role, body, true, null, 0, null);
  }

  /** A call that creates something each time it arrives. */
  static Call once(String description, String path, ApiKeyRole role, Map<String, ?> body) {
    return new Call(description, "POST", path, role, body, false, null, 0, null);
  }

  static Call delete(String description, String path, ApiKeyRole role) {
    return new Call(description, "DELETE", path, role, null, false, null, 0, null);
  }

  /** The same call within another time. */
  Call within(Duration newDeadline) {
    return new Call(
        description, method, path, role, body, repeatable, newDeadline, missingHereCode, reader);
  }

  /** The same call, safe to repeat, for a thing that perhaps one endpoint alone knows. */
  Call atWhicheverEndpointKnows(int missingCode) {
    return new Call(description, method, path, role, body, true, deadline, missingCode, reader);
  }

  /** The same call with an answer that grows with what is at the service. */
  Call readBy(HttpTransport.BodyReader newReader) {
    return new Call(
        description, method, path, role, body, repeatable, deadline, missingHereCode, newReader);
  }

  /** Status, method and path, for errors of the answer. */
  String place(int status) {
    return "HTTP " + status + " answer of " + method + " " + path;
  }

  /** Without the body, which may hold a password. */
  @Override
  public String toString() {
    return method + " " + path;
  }
}
