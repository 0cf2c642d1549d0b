package io.hsmrest.client.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hsmrest.client.Clients;
import io.hsmrest.client.HsmClient;
import io.hsmrest.client.HsmClientConfig;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.RawServer;
import io.hsmrest.client.RequestOutcomeUnknownException;
import io.hsmrest.client.VirtualTime;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.rest.HsmClients;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two endpoints, neither of which knows the other's requests. */
@Timeout(60)
class TwoEndpointsTest {
  private static final Octets PAYLOAD = TestSigning.payload("ours");

  private final VirtualTime time = new VirtualTime();

  /** A service that executes at once what it is asked for. */
  private static final class Node implements AutoCloseable {
    private final String name;
    private final List<String> made = new CopyOnWriteArrayList<>();
    private final RawServer server;
    private volatile boolean cutsNext;
    private volatile boolean away;

    Node(String name) throws IOException {
      this.name = name;
      this.server = new RawServer(this::serve);
    }

    /** The next answer to a creation is cut, and perhaps nothing is answered from then on. */
    Node cutting(boolean goesAway) {
      cutsNext = true;
      away = false;
      goesAwayThen = goesAway;
      return this;
    }

    private volatile boolean goesAwayThen;

    private void serve(RawServer.Connection connection) throws IOException {
      for (String request = connection.readRequest();
          request != null && !away;
          request = connection.readRequest()) {
        String path = request.split(" ", 3)[1];
        if (path.equals("/v1/sign")) {
          made.add(name + made.size());
          if (cutsNext) {
            cutsNext = false;
            away = goesAwayThen;
            return;
          }
          connection.answer(201, "{\"signRequestId\": \"" + made.get(made.size() - 1) + "\"}");
        } else if (path.equals("/v1/filteredRequests")) {
          connection.answer(
              200,
              made.stream()
                  .map(id -> "{\"id\": \"" + id + "\", \"status\": \"EXECUTED\"}")
                  .collect(Collectors.joining(", ", "{\"requests\": [", "]}")));
        } else {
          String id = path.substring(path.lastIndexOf('/') + 1);
          if (made.contains(id)) {
            connection.answer(
                200,
                "{\"status\": \"EXECUTED\", \"result\": \""
                    + PAYLOAD.toBase64()
                    + ":"
                    + id
                    + "\"}");
          } else {
            connection.answer(404, "{\"errorCode\": 651, \"reason\": \"r\", \"message\": \"m\"}");
          }
        }
      }
    }

    @Override
    public void close() throws IOException {
      server.close();
    }
  }

  private String run(String endpoints) throws HsmException {
    HsmClientConfig config =
        Clients.config(endpoints, "retry.maxAttempts=1", "approval.timeout=1m");
    try (HsmClient client = HsmClients.connect(config)) {
      return ApprovedRequests.of(client, config, new ApprovalListener() {}, time, time)
          .run(new TestSigning(client::submitSign, PAYLOAD));
    }
  }

  @Test
  void aLostAnswerIsSearchedForWhereTheCreationWent() throws Exception {
    try (Node first = new Node("a").cutting(false);
        Node second = new Node("b")) {
      assertThat(run(first.server.url() + ", " + second.server.url()))
          .isEqualTo(PAYLOAD.toBase64() + ":a0");
      assertThat(first.made).hasSize(1);
      assertThat(second.made).isEmpty();
    }
  }

  @Test
  void whereThatOneIsAwayNothingIsCreatedElsewhere() throws Exception {
    try (Node first = new Node("a").cutting(true);
        Node second = new Node("b")) {
      assertThatThrownBy(() -> run(first.server.url() + ", " + second.server.url()))
          .isInstanceOf(RequestOutcomeUnknownException.class)
          .hasMessageContaining("no answer from " + first.server.url())
          .hasMessageContaining("approvers may be asked already");
      assertThat(first.made).hasSize(1);
      assertThat(second.made).isEmpty();
    }
  }

  @Test
  void whatWasNotSentIsCreatedElsewhere() throws Exception {
    int freePort;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      freePort = socket.getLocalPort();
    }
    try (Node second = new Node("b").cutting(false)) {
      assertThat(run("http://127.0.0.1:" + freePort + ", " + second.server.url()))
          .isEqualTo(PAYLOAD.toBase64() + ":b0");
      assertThat(second.made).hasSize(1);
    }
  }
}
