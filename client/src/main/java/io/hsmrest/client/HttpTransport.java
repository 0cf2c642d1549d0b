package io.hsmrest.client;

import io.hsmrest.client.model.Octets;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sends one HTTP request and returns its answer, whatever the status. Thread-safe. */
interface HttpTransport extends AutoCloseable {

  /**
   * One request.
   *
   * @param timeout for the answer, its body included
   */
  record Request(
      String method,
      URI uri,
      Map<String, String> headers,
      @Nullable Octets body,
      Duration timeout) {}

  /**
   * One answer.
   *
   * @param retryAfter the header, null when there was none
   */
  record Answer(int status, Octets body, @Nullable String retryAfter) {}

  /** No connection was made, so the request cannot have arrived. */
  final class NotSentException extends IOException {
    private static final long serialVersionUID = 1L;

    NotSentException(String message, IOException cause) {
      super(message, cause);
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
