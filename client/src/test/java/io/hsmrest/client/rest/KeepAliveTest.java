package io.hsmrest.client.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.client.Golden;
import io.hsmrest.client.HsmClient;
import io.hsmrest.client.RawServer;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.RequestMetadata;
import io.hsmrest.client.model.SignAnswer;
import io.hsmrest.client.model.SignRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections stay open, and one that the other side has closed does no harm. */
@Timeout(60)
class KeepAliveTest {
  private static final SignRequest SIGN =
      new SignRequest("k", null, "EDDSA", null, Octets.of(new byte[] {1}));
  private static final String SIGNATURE = "{\"signature\": \"AQID\"}";

  @Test
  void aThousandSignaturesTakeOneConnection() throws Exception {
    try (RawServer server =
            new RawServer(
                connection -> {
                  while (connection.readRequest() != null) {
                    connection.answer(200, SIGNATURE);
                  }
                });
        HsmClient client = RestClients.open(server.url())) {
      for (int i = 0; i < 1000; i++) {
        client.sign(SIGN);
      }
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void refusalsKeepTheConnectionToo() throws Exception {
    try (RawServer server =
            new RawServer(
                connection -> {
                  while (connection.readRequest() != null) {
                    connection.answer(404, Golden.text("unknownKey.error.json"));
                  }
                });
        HsmClient client = RestClients.open(server.url())) {
      for (int i = 0; i < 10; i++) {
        assertThat(client.readCertificate("k")).isEmpty();
      }
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void neverUsesMoreConnectionsThanAllowed() throws Exception {
    try (RawServer server =
            new RawServer(
                connection -> {
                  while (connection.readRequest() != null) {
                    connection.answer(200, SIGNATURE);
                  }
                });
        HsmClient client = RestClients.open(server.url(), "http.maxConnections=3")) {
      ExecutorService threads = Executors.newFixedThreadPool(12);
      CyclicBarrier together = new CyclicBarrier(12);
      List<Future<?>> done = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        done.add(
            threads.submit(
                () -> {
                  together.await();
                  for (int n = 0; n < 20; n++) {
                    client.sign(SIGN);
                  }
                  return null;
                }));
      }
      for (Future<?> each : done) {
        each.get();
      }
      threads.shutdown();
      assertThat(server.connections()).isBetween(1, 3);
    }
  }

  @Test
  void aRequestThatMustNotBeRepeatedNeverLeavesOnAConnectionThatWasClosed() throws Exception {
    CountDownLatch[] closed = {new CountDownLatch(1), new CountDownLatch(1), new CountDownLatch(1)};
    try (RawServer server =
            new RawServer(
                connection -> {
                  // Answers one request, without saying that it will close.
                  connection.readRequest();
                  connection.answer(201, "{\"signRequestId\": \"r" + connection.number() + "\"}");
                  connection.socket().close();
                  closed[connection.number() - 1].countDown();
                });
        HsmClient client = RestClients.open(server.url())) {
      for (int i = 1; i <= 3; i++) {
        assertThat(client.submitSign(SIGN, RequestMetadata.none())).isEqualTo("r" + i);
        closed[i - 1].await();
      }
      assertThat(server.connections()).isEqualTo(3);
    }
  }

  @Test
  void severalClosedConnectionsInThePoolDoNoHarmEither() throws Exception {
    int many = 5;
    CyclicBarrier allAsked = new CyclicBarrier(many);
    CountDownLatch allClosed = new CountDownLatch(many);
    try (RawServer server =
            new RawServer(
                connection -> {
                  connection.readRequest();
                  if (connection.number() > many) {
                    connection.answer(201, "{\"signRequestId\": \"r\"}");
                    return;
                  }
                  await(allAsked);
                  connection.answer(200, SIGNATURE);
                  connection.socket().close();
                  allClosed.countDown();
                });
        HsmClient client = RestClients.open(server.url())) {
      ExecutorService threads = Executors.newFixedThreadPool(many);
      List<Future<SignAnswer>> signatures = new ArrayList<>();
      for (int i = 0; i < many; i++) {
        signatures.add(threads.submit(() -> client.sign(SIGN)));
      }
      for (Future<SignAnswer> signature : signatures) {
        signature.get();
      }
      threads.shutdown();
      allClosed.await();
      assertThat(client.submitSign(SIGN, RequestMetadata.none())).isEqualTo("r");
      assertThat(server.connections()).isEqualTo(many + 1);
    }
  }

  private static void await(CyclicBarrier barrier) throws InterruptedException {
    try {
      barrier.await();
    } catch (BrokenBarrierException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aReadOnAConnectionThatWasClosedIsRepeated() throws Exception {
    try (RawServer server =
            new RawServer(
                connection -> {
                  connection.readRequest();
                  connection.answer(200, "[]");
                });
        HsmClient client = RestClients.open(server.url())) {
      for (int i = 0; i < 3; i++) {
        assertThat(client.listKeys()).isEmpty();
      }
      assertThat(server.connections()).isEqualTo(3);
    }
  }
}
