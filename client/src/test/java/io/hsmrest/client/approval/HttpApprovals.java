package io.hsmrest.client.approval;

import io.hsmrest.client.RawServer;
import io.hsmrest.client.model.Octets;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A service on the loopback that knows one request, {@code r1}, and tells what arrived. */
final class HttpApprovals implements AutoCloseable {
  static final Octets PAYLOAD = TestSigning.payload("the payload of the test");
  static final String RESULT = PAYLOAD.toBase64() + ":r1";

  private final List<String> arrived = new CopyOnWriteArrayList<>();
  private final CountDownLatch looked = new CountDownLatch(1);
  private final CountDownLatch lookedAgain = new CountDownLatch(2);
  private final RawServer server;
  private volatile String state = "PENDING";
  private volatile int executedAfter = Integer.MAX_VALUE;
  private volatile boolean silentToCancellations;
  private volatile boolean answersCreationsAtTheEnd;
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch ending = new CountDownLatch(1);

  HttpApprovals() throws IOException {
    server = new RawServer(this::serve);
  }

  String url() {
    return server.url();
  }

  /** The request is executed at the look of that number. */
  HttpApprovals executingAtLook(int number) {
    executedAfter = number;
    return this;
  }

  HttpApprovals in(String newState) {
    state = newState;
    return this;
  }

  /** Whoever cancels gets no answer. */
  HttpApprovals silentToCancellations() {
    silentToCancellations = true;
    return this;
  }

  /** A creation is answered when the JVM that has sent it is about to end. */
  HttpApprovals answeringCreationsAtTheEnd() {
    answersCreationsAtTheEnd = true;
    return this;
  }

  /** Returns when somebody has sent a creation. */
  void awaitCreation() throws InterruptedException {
    asked.await();
  }

  /** Method and path of what arrived, in order. */
  List<String> arrived() {
    return List.copyOf(arrived);
  }

  long count(String call) {
    return arrived.stream().filter(call::equals).count();
  }

  /** Returns when somebody waits for the request. */
  void awaitLook() throws InterruptedException {
    looked.await();
  }

  /** Returns when whoever waits has taken in the first look. */
  void awaitSecondLook() throws InterruptedException {
    lookedAgain.await();
  }

  private void serve(RawServer.Connection connection) throws IOException, InterruptedException {
    for (String text = next(connection); text != null; text = next(connection)) {
      if (text.equals("GET /v1/ending")) {
        ending.countDown();
        connection.answer(200, "{}");
        return;
      }
      arrived.add(text);
      switch (text) {
        case "POST /v1/filteredRequests" -> connection.answer(200, "{\"requests\": []}");
        case "POST /v1/sign" -> {
          asked.countDown();
          if (answersCreationsAtTheEnd) {
            ending.await();
          }
          connection.answer(200, "{\"signRequestId\": \"r1\"}");
        }
        case "GET /v1/request/r1" -> {
          connection.answer(200, status());
          looked.countDown();
          lookedAgain.countDown();
        }
        case "DELETE /v1/request/r1" -> {
          if (silentToCancellations) {
            connection.awaitEnd();
            return;
          }
          connection.answer(200, "{}");
        }
        default -> connection.answer(404, "{}");
      }
    }
  }

  private static @Nullable String next(RawServer.Connection connection) throws IOException {
    String request = connection.readRequest();
    return request == null ? null : request.substring(0, request.indexOf(" HTTP/1.1"));
  }

  private String status() {
    boolean executed = count("GET /v1/request/r1") >= executedAfter;
    return """
        {"id": "r1", "status": "%s", "executionTime": null, "approvedBy": ["AQ==", "Ag=="],
         "notYetApprovedBy": [], "rejectedBy": [], "result": %s}"""
        .formatted(executed ? "EXECUTED" : state, executed ? '"' + RESULT + '"' : "null");
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
