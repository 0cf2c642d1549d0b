package io.hsmrest.client.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.client.HsmClient;
import io.hsmrest.client.RawServer;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.SignRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A key with which the service is slow leaves connections to others. */
@Timeout(60)
class SlowKeyTest {
  private static SignRequest signing(String label) {
    return new SignRequest(label, null, "SHA256_WITH_RSA", null, Octets.of(new byte[] {1}));
  }

  @Test
  void anotherKeySignsWhileMoreWaitForTheSlowOneThanThereAreConnections() throws Exception {
    CountDownLatch slowAsked = new CountDownLatch(3);
    CountDownLatch release = new CountDownLatch(1);
    try (RawServer server =
            new RawServer(
                connection -> {
                  String request;
                  while ((request = connection.readRequest()) != null) {
                    if (request.contains("\"slow\"")) {
                      slowAsked.countDown();
                      release.await();
                    }
                    connection.answer(200, "{\"signature\": \"AAAA\"}");
                  }
                });
        HsmClient client =
            RestClients.open(
                server.url(),
                "http.maxConnections=4",
                "sign.timeout=20s",
                "http.responseTimeout=20s",
                "retry.maxAttempts=1")) {
      List<Thread> threads = new ArrayList<>();
      List<FutureTask<Octets>> slow = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        FutureTask<Octets> task = new FutureTask<>(() -> client.sign(signing("slow")).signature());
        slow.add(task);
        Thread thread = new Thread(task);
        threads.add(thread);
        thread.start();
      }
      slowAsked.await();
      // The others wait: for their turn, or, if there were no turns, for a connection.
      long waiting;
      do {
        waiting =
            threads.stream().filter(each -> each.getState() == Thread.State.TIMED_WAITING).count();
        Thread.onSpinWait();
      } while (waiting < 4);

      assertThat(client.sign(signing("fast")).signature().toByteArray()).hasSize(3);

      assertThat(slow).noneMatch(FutureTask::isDone);
      release.countDown();
      for (FutureTask<Octets> task : slow) {
        assertThat(task.get().toByteArray()).hasSize(3);
      }
    }
  }
}
