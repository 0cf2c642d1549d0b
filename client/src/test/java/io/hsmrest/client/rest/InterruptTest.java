package io.hsmrest.client.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hsmrest.client.HsmClient;
import io.hsmrest.client.HsmConnectionException;
import io.hsmrest.client.RawServer;
import io.hsmrest.client.RequestOutcomeUnknownException;
import io.hsmrest.client.model.NewKey;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.RequestMetadata;
import io.hsmrest.client.model.SignRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * An interrupted caller returns, wherever it is. All time-outs are an hour: a call that does not
 * notice the interrupt fails by the test's own limit.
 */
@Timeout(60)
class InterruptTest {
  private static final String[] PATIENT = {
    "http.connectTimeout=1h", "http.responseTimeout=1h", "http.deadline=1h", "sign.timeout=1h"
  };

  private static final SignRequest SIGNING =
      new SignRequest("k", null, "SHA256_WITH_RSA", null, Octets.of(new byte[] {1}));

  /** How a call ended, and whether its thread was still interrupted then. */
  record Ended(@Nullable Exception failure, boolean interrupted) {}

  private interface Work {
    void run() throws Exception;
  }

  private static FutureTask<Ended> task(Work work) {
    return new FutureTask<>(
        () -> {
          try {
            work.run();
            return new Ended(null, Thread.interrupted());
          } catch (Exception e) {
            return new Ended(e, Thread.interrupted());
          }
        });
  }

  /** Runs {@code work} on a thread of its own and interrupts it once {@code reached} is open. */
  private static Ended interrupted(Work work, CountDownLatch reached) throws Exception {
    FutureTask<Ended> task = task(work);
    Thread thread = new Thread(task);
    thread.start();
    reached.await();
    thread.interrupt();
    return task.get();
  }

  @Test
  void whileItWaitsForAnAnswer() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch gone = new CountDownLatch(1);
    try (RawServer server =
            new RawServer(
                connection -> {
                  connection.readRequest();
                  asked.countDown();
                  connection.awaitEnd();
                  gone.countDown();
                });
        HsmClient client = RestClients.open(server.url(), PATIENT)) {
      Ended ended = interrupted(client::listKeys, asked);
      assertThat(ended.interrupted()).isTrue();
      assertThat(ended.failure())
          .isExactlyInstanceOf(HsmConnectionException.class)
          .hasMessage("list keys was interrupted (1 attempt)");
      gone.await();
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void whileItReadsTheMiddleOfAnAnswer() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    try (RawServer server =
            new RawServer(
                connection -> {
                  connection.readRequest();
                  connection.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n[\"");
                  begun.countDown();
                  connection.awaitEnd();
                });
        HsmClient client = RestClients.open(server.url(), PATIENT)) {
      Ended ended = interrupted(client::listKeys, begun);
      assertThat(ended.interrupted()).isTrue();
      assertThat(ended.failure()).hasMessage("list keys was interrupted (1 attempt)");
    }
  }

  @Test
  void aCreationLeavesOpenWhetherItHappened() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    try (RawServer server =
            new RawServer(
                connection -> {
                  connection.readRequest();
                  asked.countDown();
                  connection.awaitEnd();
                });
        HsmClient client = RestClients.open(server.url(), PATIENT)) {
      Ended ended = interrupted(() -> client.createKey(NewKey.rsa("k", 2048)), asked);
      assertThat(ended.interrupted()).isTrue();
      assertThat(ended.failure()).isInstanceOf(RequestOutcomeUnknownException.class);
    }
  }

  /** The caller has to go on within a fifth of a second (decision 20). */
  @Test
  void aCreationIsNotWaitedForLong() {
    assertThat(ApacheTransport.PATIENCE).isLessThanOrEqualTo(Duration.ofMillis(100));
  }

  @Test
  void whileItWaitsInATlsHandshake() throws Exception {
    CountDownLatch connected = new CountDownLatch(1);
    try (RawServer server =
            new RawServer(
                connection -> {
                  connection.socket().getInputStream().read();
                  connected.countDown();
                  connection.awaitEnd();
                });
        HsmClient client = RestClients.open("https://127.0.0.1:" + server.port(), PATIENT)) {
      Ended ended = interrupted(() -> client.createKey(NewKey.rsa("k", 2048)), connected);
      assertThat(ended.interrupted()).isTrue();
      assertThat(ended.failure())
          .isExactlyInstanceOf(HsmConnectionException.class)
          .hasMessage("create key 'k' was interrupted (1 attempt)");
    }
  }

  @Test
  void whileItWaitsForAFreeConnection() throws Exception {
    CountDownLatch held = new CountDownLatch(1);
    try (RawServer server =
            new RawServer(
                connection -> {
                  connection.readRequest();
                  held.countDown();
                  connection.awaitEnd();
                });
        HsmClient client =
            RestClients.open(server.url(), String.join("\n", PATIENT), "http.maxConnections=1")) {
      Thread holder = new Thread(() -> assertThatThrownBy(client::listKeys).isNotNull());
      holder.start();
      held.await();
      FutureTask<Ended> task = task(client::listKeys);
      Thread waiting = new Thread(task);
      waiting.start();
      while (waiting.getState() != Thread.State.TIMED_WAITING) {
        Thread.onSpinWait();
      }
      waiting.interrupt();
      assertThat(task.get().interrupted()).isTrue();
      assertThat(task.get().failure()).hasMessage("list keys was interrupted (1 attempt)");
      assertThat(server.connections()).isEqualTo(1);
      holder.interrupt();
      holder.join();
    }
  }

  @Test
  void beforeItBegins() throws Exception {
    try (RawServer server = new RawServer(RawServer.Connection::awaitEnd);
        HsmClient client = RestClients.open(server.url(), PATIENT)) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(client::listKeys)
          .isInstanceOf(HsmConnectionException.class)
          .hasMessage("list keys was interrupted (1 attempt)");
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  /** Cancelling it at the service is worth knowing that it is there. */
  @Test
  void aCreationThatIsAnsweredAMomentLaterIsKept() throws Exception {
    Ended ended;
    do {
      ended = interruptedCreation();
      // Where the moment was over first, once more.
    } while (ended.failure() != null);
    assertThat(ended.interrupted()).isTrue();
  }

  private static Ended interruptedCreation() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    try (RawServer server =
            new RawServer(
                connection -> {
                  connection.readRequest();
                  asked.countDown();
                  interrupted.await();
                  connection.answer(200, "{\"signRequestId\": \"r1\"}");
                });
        HsmClient client = RestClients.open(server.url(), PATIENT)) {
      FutureTask<Ended> task = task(() -> client.submitSign(SIGNING, RequestMetadata.none()));
      Thread thread = new Thread(task);
      thread.start();
      asked.await();
      thread.interrupt();
      interrupted.countDown();
      return task.get();
    }
  }

  @Test
  void whoIsInterruptedAlreadyCreatesNothing() throws Exception {
    try (RawServer server =
            new RawServer(
                connection -> {
                  connection.readRequest();
                  connection.answer(200, "{\"signRequestId\": \"r1\"}");
                });
        HsmClient client = RestClients.open(server.url(), PATIENT)) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> client.submitSign(SIGNING, RequestMetadata.none()))
          .isExactlyInstanceOf(HsmConnectionException.class)
          .hasMessage("request to sign with key 'k' was interrupted (1 attempt)");
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void theClientServesOnAfterwards() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    try (RawServer server =
            new RawServer(
                connection -> {
                  connection.readRequest();
                  if (connection.number() == 1) {
                    asked.countDown();
                    connection.awaitEnd();
                  }
                  connection.answer(200, "[]");
                });
        HsmClient client = RestClients.open(server.url(), PATIENT)) {
      assertThat(interrupted(client::listKeys, asked).failure()).isNotNull();
      assertThat(client.listKeys()).isEmpty();
    }
  }

  @Test
  void workThatIsFinishedIsKept() throws Exception {
    String result =
        Interruptible.run(
            () -> {
              Thread.currentThread().interrupt();
              return "done";
            },
            () -> {});
    assertThat(result).isEqualTo("done");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void aFailureOfTheWorkItselfIsTold() {
    assertThatThrownBy(
            () ->
                Interruptible.run(
                    () -> {
                      throw new IOException("its own failure");
                    },
                    () -> {}))
        .hasMessage("its own failure");
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void anInterruptAfterTheWorkAbortsNothing() throws Exception {
    AtomicBoolean aborted = new AtomicBoolean();
    Interruptible.run(() -> "done", () -> aborted.set(true));
    Thread.currentThread().interrupt();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(aborted).isFalse();
  }
}
