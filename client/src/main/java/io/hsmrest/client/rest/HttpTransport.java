package io.hsmrest.client.rest;

import io.hsmrest.client.model.Octets;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sends one HTTP request and returns its answer, whatever the status. Thread-safe. An interrupt of
 * the calling thread ends a request at once, as a failure; the thread stays interrupted.
 */
interface HttpTransport extends AutoCloseable {

  /**
   * One request.
   *
   * @param responseTimeout longest silence while the answer is waited for
   * @param total longest time for everything: a connection, the request, the whole answer
   * @param repeatable whether sending it twice does no harm; if not, more care is taken that it
   *     does not leave on a connection that the other side has closed
   * @param reader reads the body of a success, which may be longer than {@code
   *     http.maxResponseBytes}; null to have it in the answer
   */
  record Request(
      String method,
      URI uri,
      Map<String, String> headers,
      @Nullable Octets body,
      Duration responseTimeout,
      Duration total,
      boolean repeatable,
      @Nullable BodyReader reader) {

    /** Without the headers, which carry credentials. */
    @Override
    public String toString() {
      return method + " " + uri;
    }
  }

  /** Reads a body while it arrives. */
  @FunctionalInterface
  interface BodyReader {

    /**
     * Reads one body from its beginning; again when it is sent again.
     *
     * @throws IOException when the connection fails; whatever else is wrong it keeps to itself
     */
    void read(InputStream body) throws IOException;
  }

  /**
   * One answer.
   *
   * @param body empty where a reader has read it
   * @param retryAfter the header, null when there was none
   */
  record Answer(int status, Octets body, @Nullable String retryAfter) {}

  /** The request provably did not leave, so it cannot have arrived. */
  final class NotSentException extends IOException {
    private static final long serialVersionUID = 1L;

    NotSentException(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** The service answered more than is taken; asking again would bring the same. */
  final class AnswerTooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    AnswerTooLargeException(String limit, long maxBytes) {
      super("larger than " + limit + " (" + maxBytes + " bytes)");
    }
  }

  /**
   * Sends without repeating anything.
   *
   * @throws NotSentException when the request provably did not leave
   * @throws IOException when it may have
   */
  Answer send(Request request) throws IOException;

  @Override
  void close();
}
