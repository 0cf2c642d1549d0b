package io.hsmrest.simulator.http;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** One HTTP response. Immutable. */
public final class Response {
  private static final byte[] NOTHING = {};

  private final int status;
  private final String contentType;
  private final byte[] body;
  private final Map<String, String> headers;

  private Response(int status, String contentType, byte[] body, Map<String, String> headers) {
    this.status = status;
    this.contentType = contentType;
    this.body = body;
    this.headers = headers;
  }

  /** A JSON answer; the bytes are not copied. */
  public static Response json(int status, byte[] body) {
    return new Response(status, "application/json", body, Map.of());
  }

  /** An answer with any content; the bytes are not copied. */
  public static Response of(int status, String contentType, byte[] body) {
    return new Response(status, contentType, body, Map.of());
  }

  /** An answer with text, encoded as UTF-8. */
  public static Response text(int status, String contentType, String body) {
    return of(status, contentType, body.getBytes(StandardCharsets.UTF_8));
  }

  /** An answer without a body. */
  public static Response empty(int status) {
    return new Response(status, "", NOTHING, Map.of());
  }

  /** The same answer with one more header. */
  public Response with(String header, String value) {
    Map<String, String> more = new TreeMap<>(headers);
    more.put(header, value);
    return new Response(status, contentType, body, Map.copyOf(more));
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The value of Content-Type; empty when there is no body. */
  public String contentType() {
    return contentType;
  }

  /** The body; not to be changed. */
  public byte[] body() {
    return body;
  }

  /** Headers beside Content-Type and Content-Length. */
  public Map<String, String> headers() {
    return headers;
  }
}
