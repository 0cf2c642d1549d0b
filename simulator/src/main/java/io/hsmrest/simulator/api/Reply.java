package io.hsmrest.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.hsmrest.simulator.http.Response;
import io.hsmrest.simulator.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * What an endpoint answers when all is well.
 *
 * @param documentedStatus status of table 2.0 of the contract
 * @param body null is an empty body
 */
record Reply(int documentedStatus, @Nullable JsonNode body) {
  static Reply ok(JsonNode body) {
    return new Reply(200, body);
  }

  static Reply created(JsonNode body) {
    return new Reply(201, body);
  }

  static Reply empty() {
    return new Reply(200, null);
  }

  Response toResponse(int status) {
    return body == null || status == 204
        ? Response.empty(status)
        : Response.json(status, Json.bytes(body));
  }
}
