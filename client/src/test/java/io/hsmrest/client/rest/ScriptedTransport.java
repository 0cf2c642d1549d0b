package io.hsmrest.client.rest;

import io.hsmrest.client.model.Octets;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers with what it was told to, one step after the other, and remembers what was sent. */
final class ScriptedTransport implements HttpTransport {

  /** What happens to one request. */
  @FunctionalInterface
  interface Step {
    Answer take(Request request) throws IOException;
  }

  private final Deque<Step> steps = new ArrayDeque<>();
  private final List<Request> requests = new ArrayList<>();
  private boolean closed;

  ScriptedTransport then(Step step) {
    steps.add(step);
    return this;
  }

  ScriptedTransport thenAnswer(int status, String body) {
    return thenAnswer(status, body, null);
  }

  ScriptedTransport thenAnswer(int status, String body, @Nullable String retryAfter) {
    return then(request -> answer(status, body, retryAfter));
  }

  ScriptedTransport thenRefuseConnection() {
    return then(
        request -> {
          throw new NotSentException("connection refused", new IOException("Connection refused"));
        });
  }

  ScriptedTransport thenLoseAnswer() {
    return then(
        request -> {
          throw new IOException("connection reset");
        });
  }

  static Answer answer(int status, String body, @Nullable String retryAfter) {
    return new Answer(status, Octets.of(body.getBytes(StandardCharsets.UTF_8)), retryAfter);
  }

  @Override
  public Answer send(Request request) throws IOException {
    requests.add(request);
    Step step = steps.poll();
    if (step == null) {
      throw new AssertionError("one request more than expected: " + request);
    }
    Answer answer = step.take(request);
    if (request.reader() != null && answer.status() / 100 == 2) {
      request.reader().read(new ByteArrayInputStream(answer.body().toByteArray()));
    }
    return answer;
  }

  List<Request> requests() {
    return List.copyOf(requests);
  }

  /** Host and port of each request's endpoint. */
  List<String> hosts() {
    return requests.stream().map(request -> request.uri().getHost()).toList();
  }

  int unused() {
    return steps.size();
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public void close() {
    closed = true;
  }
}
