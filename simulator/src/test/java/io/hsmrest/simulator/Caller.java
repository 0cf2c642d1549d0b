package io.hsmrest.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls a simulator as any HTTP client does. */
final class Caller {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final HttpClient client;
  private final URI base;
  private final List<String> common;

  Caller(HsmSimulator simulator) {
    this(HttpClient.newHttpClient(), simulator.baseUri());
  }

  Caller(HttpClient client, URI base) {
    this(client, base, List.of());
  }

  /** With headers, names and values in turn, that every request carries. */
  Caller(HttpClient client, URI base, List<String> common) {
    this.client = client;
    this.base = base;
    this.common = List.copyOf(common);
  }

  /** An answer; its body is a missing node when it is empty or no JSON. */
  record Answer(int status, JsonNode body, String text, HttpResponse<String> response) {
    int errorCode() {
      return body.path("errorCode").asInt();
    }

    String message() {
      return body.path("message").asText();
    }

    String member(String name) {
      return body.path(name).asText();
    }

    /** The same answer, after making sure that it is a success. */
    Answer ok() {
      if (status / 100 != 2) {
        throw new AssertionError("HTTP " + status + ": " + text);
      }
      return this;
    }
  }

  Answer post(String path, String json) {
    return send("POST", path, json.replace('`', '"'), "Content-Type", "application/json");
  }

  Answer get(String path) {
    return send("GET", path, null);
  }

  Answer delete(String path) {
    return send("DELETE", path, null);
  }

  Answer send(String method, String path, @Nullable String body, String... headers) {
    try {
      return trySend(method, path, body, headers);
    } catch (IOException e) {
      throw new AssertionError(method + " " + path, e);
    }
  }

  Answer trySend(String method, String path, @Nullable String body, String... headers)
      throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(Duration.ofSeconds(30))
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    List<String> all = new ArrayList<>(common);
    all.addAll(List.of(headers));
    if (!all.isEmpty()) {
      request.headers(all.toArray(String[]::new));
    }
    try {
      HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
      return new Answer(response.statusCode(), parsed(response.body()), response.body(), response);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static JsonNode parsed(String text) {
    try {
      return text.isEmpty() ? MissingNode.getInstance() : MAPPER.readTree(text);
    } catch (IOException noJson) {
      return MissingNode.getInstance();
    }
  }
}
