package io.hsmrest.client.rest;

import io.hsmrest.client.HsmProtocolException;
import io.hsmrest.client.model.RequestState;
import io.hsmrest.client.model.RequestSummary;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a list of requests (contract 2.4.3) while it arrives: a service with a long history lists
 * more than fits. For one thread.
 */
final class ListReader implements HttpTransport.BodyReader {
  private static final String MEMBER = "requests";

  private final String place;
  private final Runnable begun;
  private final Consumer<RequestSummary> each;
  private int count;
  private @Nullable Exception failure;

  /**
   * A reader of one call's answer.
   *
   * @param place for errors
   * @param begun runs when an answer begins; after one that broke off, another one may
   * @param each takes each request
   */
  ListReader(String place, Runnable begun, Consumer<RequestSummary> each) {
    this.place = place;
    this.begun = begun;
    this.each = each;
  }

  @Override
  public void read(InputStream body) throws IOException {
    begun.run();
    count = 0;
    failure = null;
    try {
      if (!JsonMapping.readEach(body, MEMBER, this::take)) {
        // An empty list would say that nobody has been asked.
        failure = new HsmProtocolException(place + "." + MEMBER + " is missing", null);
      }
    } catch (HsmProtocolException | JsonMapping.NoJsonException e) {
      // Asking again would bring the same, other than after a connection that ended.
      failure = e;
    }
  }

  private void take(@Nullable Object value) throws HsmProtocolException {
    JsonObject request = JsonObject.of(place + "." + MEMBER + "[" + count + "]", value);
    count++;
    each.accept(new RequestSummary(request.text("id"), RequestState.of(request.text("status"))));
  }

  /** The end of a call that succeeded: fails when its body was no list. */
  void check(CallExecutor.Success success) throws HsmProtocolException {
    if (failure instanceof HsmProtocolException protocol) {
      throw protocol;
    }
    if (failure != null) {
      throw new HsmProtocolException(
          place
              + " from "
              + success.endpoint()
              + " is no JSON; is 'endpoint' the address of the REST API?",
          failure);
    }
  }
}
