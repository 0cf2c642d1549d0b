package io.hsmrest.simulator.api;

import io.hsmrest.simulator.http.Request;
import io.hsmrest.simulator.http.Response;
import io.hsmrest.simulator.json.Json;
import java.time.Instant;
import java.util.Set;

/** The error body of Spring, for what does not reach the service's own code (contract 4.1). */
final class SpringError {
  private SpringError() {}

  static Response notFound(Request request, Instant now) {
    return error(404, "Not Found", request, now);
  }

  /** 405 if the path has other methods, else 404. */
  static Response noRoute(Request request, Set<String> methods, Instant now) {
    return methods.isEmpty()
        ? notFound(request, now)
        : error(405, "Method Not Allowed", request, now).with("Allow", String.join(", ", methods));
  }

  static Response unsupportedMediaType(Request request, Instant now) {
    return error(415, "Unsupported Media Type", request, now).with("Accept", "application/json");
  }

  private static Response error(int status, String text, Request request, Instant now) {
    return Response.json(
        status,
        Json.bytes(
            Json.object()
                .put("timestamp", now.toString())
                .put("status", status)
                .put("error", text)
                .put("path", request.path())));
  }
}
