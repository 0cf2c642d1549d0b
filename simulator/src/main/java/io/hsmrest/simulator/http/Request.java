package io.hsmrest.simulator.http;

import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One HTTP request, its body read to the end. Immutable; header names are case-insensitive. */
public final class Request {
  private final String method;
  private final String path;
  private final String query;
  private final Function<String, @Nullable String> headers;
  private final byte[] body;

  /**
   * A request.
   *
   * @param target path and query as sent, still percent-encoded
   * @param headers answers the first value of a header, or null
   * @param body read only; not copied
   */
  public Request(
      String method, String target, Function<String, @Nullable String> headers, byte[] body) {
    int mark = target.indexOf('?');
    this.method = method;
    this.path = mark < 0 ? target : target.substring(0, mark);
    this.query = mark < 0 ? "" : target.substring(mark + 1);
    this.headers = headers;
    this.body = body;
  }

  /** The method, upper case. */
  public String method() {
    return method;
  }

  /** The path as sent, still percent-encoded, without the query. */
  public String path() {
    return path;
  }

  /** The query without its question mark; empty when there is none. */
  public String query() {
    return query;
  }

  /** The first value of a header, or null. */
  public @Nullable String header(String name) {
    return headers.apply(name);
  }

  /** The body; not to be changed. */
  public byte[] body() {
    return body;
  }

  /** The body as UTF-8 text. */
  public String bodyText() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
