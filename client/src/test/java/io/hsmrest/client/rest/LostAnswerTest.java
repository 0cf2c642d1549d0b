package io.hsmrest.client.rest;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.hsmrest.client.Clients;
import io.hsmrest.client.HsmClient;
import io.hsmrest.client.HsmClientConfig;
import io.hsmrest.client.HsmConnectionException;
import io.hsmrest.client.RawServer;
import io.hsmrest.client.RequestOutcomeUnknownException;
import io.hsmrest.client.model.NewKey;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.RequestMetadata;
import io.hsmrest.client.model.SignRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that end before, while and after something is sent or answered. */
@Timeout(60)
class LostAnswerTest {
  private static final SignRequest SIGN =
      new SignRequest("k", null, "EDDSA", null, Octets.of(new byte[] {1}));

  @RegisterExtension static final WireMockExtension SERVICE = ServiceDouble.start();

  @ParameterizedTest
  @EnumSource(Fault.class)
  void everyFaultIsRepeatedForReads(Fault fault) throws Exception {
    ServiceDouble.inTurn(SERVICE, aResponse().withFault(fault), ServiceDouble.json(200, "[\"k\"]"));
    try (HsmClient client = RestClients.open(SERVICE.baseUrl())) {
      assertThat(client.listKeys()).containsExactly("k");
    }
    assertThat(ServiceDouble.arrived(SERVICE)).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void noFaultMakesARequestTwice(Fault fault) throws Exception {
    ServiceDouble.always(SERVICE, aResponse().withFault(fault));
    try (HsmClient client = RestClients.open(SERVICE.baseUrl())) {
      assertThatThrownBy(() -> client.submitSign(SIGN, RequestMetadata.none()))
          .isInstanceOf(RequestOutcomeUnknownException.class)
          .hasMessageContaining("approvers may be asked already");
      assertThatThrownBy(() -> client.createKey(NewKey.rsa("k", 2048)))
          .isInstanceOf(RequestOutcomeUnknownException.class);
    }
    assertThat(ServiceDouble.arrived(SERVICE)).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Le",
        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n[\"k",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n[\"k\"]\r\n",
        "not even HTTP\r\n\r\n",
      })
  void anAnswerThatEndsInTheMiddleIsLost(String beginning) throws Exception {
    try (RawServer server =
            new RawServer(
                connection -> {
                  connection.readRequest();
                  if (connection.number() <= 2) {
                    connection.send(beginning);
                  } else {
                    connection.answer(200, "[\"whole\"]");
                  }
                });
        HsmClient client = RestClients.open(server.url())) {
      assertThatThrownBy(() -> client.createKey(NewKey.rsa("k", 2048)))
          .isInstanceOf(RequestOutcomeUnknownException.class);
      assertThat(client.listKeys()).containsExactly("whole");
    }
  }

  @Test
  void aConnectionThatIsNotMadeLeavesNothingInDoubt() throws Exception {
    int freePort;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      freePort = socket.getLocalPort();
    }
    try (HsmClient client = RestClients.open("http://127.0.0.1:" + freePort)) {
      HsmConnectionException failure =
          catchThrowableOfType(
              HsmConnectionException.class, () -> client.createKey(NewKey.rsa("k", 2048)));
      assertThat(failure)
          .isExactlyInstanceOf(HsmConnectionException.class)
          .hasMessage(
              "create key 'k' failed: no connection to http://127.0.0.1:"
                  + freePort
                  + ": connection refused; is the service up, is 'endpoint' right? (4 attempts)");
      assertThat(failure.maybeExecuted()).isFalse();
    }
  }

  @Test
  void aServiceThatNeverAnswersEndsInATimeOut() throws Exception {
    try (RawServer server = new RawServer(RawServer.Connection::awaitEnd);
        HsmClient client = RestClients.open(server.url(), "http.responseTimeout=100ms")) {
      assertThatThrownBy(() -> client.submitSign(SIGN, RequestMetadata.none()))
          .isInstanceOf(RequestOutcomeUnknownException.class)
          .hasMessageContaining("no answer from " + server.url() + ": time out");
    }
  }

  @Test
  void bytesThatTrickleDoNotOutliveTheTimeOut() throws Exception {
    AtomicInteger sent = new AtomicInteger();
    try (RawServer server =
            new RawServer(
                connection -> {
                  connection.readRequest();
                  connection.send("HTTP/1.1 200 OK\r\nX: ");
                  // A byte now and then, well within the time allowed for one read.
                  while (!connection.endsWithin(20)) {
                    connection.send("x");
                    sent.incrementAndGet();
                  }
                });
        HsmClient client =
            RestClients.open(
                server.url(),
                "http.responseTimeout=200ms",
                "http.connectTimeout=100ms",
                "retry.maxAttempts=1")) {
      assertThatThrownBy(client::listKeys)
          .isInstanceOf(HsmConnectionException.class)
          .hasMessageContaining("time out: no complete answer in time");
      assertThat(sent.get()).isPositive();
    }
  }

  @Test
  void aPeerThatDoesNotReadDoesNotHoldTheRequestUp() throws Exception {
    byte[] large = new byte[8 << 20];
    try (RawServer server =
            new RawServer(
                connection -> {
                  connection.socket().setReceiveBufferSize(1024);
                  new CountDownLatch(1).await();
                });
        HsmClient client =
            RestClients.open(
                server.url(),
                "http.responseTimeout=200ms",
                "http.connectTimeout=100ms",
                "retry.maxAttempts=1")) {
      assertThatThrownBy(
              () -> client.sign(new SignRequest("k", null, "EDDSA", null, Octets.of(large))))
          .isInstanceOf(HsmConnectionException.class)
          .hasMessageContaining("time out: no complete answer in time");
    }
  }

  @Test
  void aClosedClientSaysSo() throws Exception {
    HsmClient client = RestClients.open(SERVICE.baseUrl(), "retry.maxAttempts=1");
    client.close();
    client.close();
    assertThatThrownBy(client::listKeys)
        .isInstanceOf(HsmConnectionException.class)
        .hasMessageContaining("the client was closed");
  }

  @Test
  void closingEndsACallInFlight() throws Exception {
    HsmClient[] opened = new HsmClient[1];
    try (RawServer server =
        new RawServer(
            connection -> {
              connection.readRequest();
              opened[0].close();
              connection.awaitEnd();
            })) {
      opened[0] =
          RestClients.open(
              server.url(), "retry.maxAttempts=1", "http.responseTimeout=1h", "http.deadline=1h");
      assertThatThrownBy(opened[0]::listKeys).isInstanceOf(HsmConnectionException.class);
    }
  }

  @Test
  void headersWithoutEndAreNotReadToTheEnd() throws Exception {
    try (RawServer server =
            new RawServer(
                connection -> {
                  connection.readRequest();
                  connection.send("HTTP/1.1 200 OK\r\nX: ");
                  while (true) {
                    connection.send("x".repeat(1000));
                  }
                });
        HsmClient client = RestClients.open(server.url(), "retry.maxAttempts=1")) {
      assertThatThrownBy(client::listKeys)
          .isInstanceOf(HsmConnectionException.class)
          .hasMessageContaining("Maximum line length limit exceeded");
    }
  }

  @Test
  void thatAllConnectionsAreInUseIsSaid() throws Exception {
    HsmClientConfig config = Clients.config("http://unused", "http.maxConnections=1");
    CountDownLatch held = new CountDownLatch(1);
    try (RawServer server =
            new RawServer(
                connection -> {
                  connection.readRequest();
                  held.countDown();
                  connection.awaitEnd();
                });
        ApacheTransport transport = new ApacheTransport(config.http(), config.authentication())) {
      Thread holder =
          new Thread(
              () ->
                  assertThatThrownBy(() -> transport.send(get(server, Duration.ofHours(1))))
                      .isInstanceOf(IOException.class));
      holder.start();
      held.await();
      // A tenth of it is what the library has to say so, before everything is cut off.
      assertThatThrownBy(() -> transport.send(get(server, Duration.ofSeconds(5))))
          .isInstanceOf(HttpTransport.NotSentException.class)
          .hasMessage("all connections are in use, see http.maxConnections (1)");
      holder.interrupt();
      holder.join();
    }
  }

  private static HttpTransport.Request get(RawServer server, Duration timeout) {
    return new HttpTransport.Request(
        "GET", URI.create(server.url() + "/v1/key"), Map.of(), null, timeout, timeout, true, null);
  }
}
