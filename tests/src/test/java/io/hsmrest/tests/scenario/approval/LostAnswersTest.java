package io.hsmrest.tests.scenario.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.client.HsmClient;
import io.hsmrest.client.HsmClientConfig;
import io.hsmrest.client.RequestOutcomeUnknownException;
import io.hsmrest.client.model.NewKey;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.RequestMetadata;
import io.hsmrest.client.model.RequestState;
import io.hsmrest.client.model.RequestSummary;
import io.hsmrest.client.model.SignRequest;
import io.hsmrest.client.rest.HsmClients;
import io.hsmrest.keystore.HsmPrivateKey;
import io.hsmrest.simulator.control.Fault;
import io.hsmrest.tests.scenario.SimulatedHsm;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The connection is cut before a request arrives, after it was made, and in the middle of the
 * answer; others ask for the same key's signatures meanwhile. Each operation makes one request, and
 * gets its own result.
 */
class LostAnswersTest {
  private static final int OF_OTHERS = 100;
  private static final long SEED = 20261125;

  private final SimulatedHsm hsm =
      new SimulatedHsm("{\"approvers\": [{\"name\": \"robot\", \"does\": \"approve\"}]}");
  private final AtomicInteger lostByOthers = new AtomicInteger();
  private final ExecutorService callers = Executors.newCachedThreadPool();

  @AfterEach
  void end() {
    callers.shutdownNow();
    hsm.close();
  }

  /** As many threads as are looked after one by one, and more than that. */
  @ParameterizedTest
  @CsvSource({"1000, 16", "250, 32"})
  void eachOperationMakesOneRequestAndGetsItsOwnResult(int operations, int threads)
      throws Exception {
    hsm.create(NewKey.rsa("payments", 2048).withPolicy(hsm.approvedBy(1, "robot")));
    KeyStore keyStore = hsm.keyStore("approval.progress = none", "approval.poll = 5ms..50ms");
    disturb(operations);

    AtomicInteger next = new AtomicInteger();
    List<Future<Set<Octets>>> signing = new ArrayList<>();
    for (int thread = 0; thread < threads; thread++) {
      signing.add(callers.submit(() -> signAll(next, operations, keyStore)));
    }
    Future<?> others = callers.submit(this::askAsAnother);

    Set<Octets> signatures = new HashSet<>();
    for (Future<Set<Octets>> each : signing) {
      signatures.addAll(each.get());
    }
    others.get();
    hsm.simulator().faults().clear();

    assertThat(signatures).as("one signature for each operation").hasSize(operations);
    // The scheme is deterministic, so that a second request for a message would show twice.
    List<Octets> ours = results();
    ours.retainAll(signatures);
    assertThat(ours).as("one request for each operation").hasSize(operations);
  }

  /** A fifth of the creations comes to harm, and so do some looks and lists. */
  private void disturb(int operations) {
    Random random = new Random(SEED);
    for (int i = 0; i < 2 * operations; i++) {
      hsm.simulator().faults().add(fault(random.nextInt(15)).on("POST", "/v1/sign"));
    }
    for (int i = 0; i < operations; i++) {
      hsm.simulator().faults().add(fault(random.nextInt(30)).on("GET", "/v1/request"));
      hsm.simulator().faults().add(fault(random.nextInt(30)).on("POST", "/v1/filteredRequests"));
    }
  }

  private static Fault fault(int dice) {
    return switch (dice) {
      case 0 -> Fault.cutBefore();
      case 1 -> Fault.cutAfter();
      case 2 -> Fault.half();
      default -> Fault.delayed(Duration.ZERO);
    };
  }

  private static Set<Octets> signAll(AtomicInteger next, int operations, KeyStore keyStore)
      throws Exception {
    Set<Octets> signatures = new HashSet<>();
    PublicKey publicKey = ((HsmPrivateKey) keyStore.getKey("payments", null)).publicKey();
    for (int i = next.getAndIncrement(); i < operations; i = next.getAndIncrement()) {
      byte[] message = ("payment " + i).getBytes(StandardCharsets.UTF_8);
      Signature signer = Signature.getInstance("SHA256withRSA", keyStore.getProvider());
      signer.initSign((PrivateKey) keyStore.getKey("payments", null));
      signer.update(message);
      byte[] signature = signer.sign();

      Signature verifier = Signature.getInstance("SHA256withRSA", "SunRsaSign");
      verifier.initVerify(publicKey);
      verifier.update(message);
      assertThat(verifier.verify(signature)).as("payment %d", i).isTrue();
      signatures.add(Octets.of(signature));
    }
    return signatures;
  }

  /** Another client asks for signatures of its own; what is lost of them is its own affair. */
  private Void askAsAnother() throws Exception {
    try (HsmClient other = client()) {
      for (int i = 0; i < OF_OTHERS; i++) {
        Octets payload = Octets.of(("of another " + i).getBytes(StandardCharsets.UTF_8));
        try {
          other.submitSign(
              new SignRequest("payments", null, "SHA256_WITH_RSA", null, payload),
              RequestMetadata.none());
        } catch (RequestOutcomeUnknownException e) {
          lostByOthers.incrementAndGet();
        }
      }
    }
    return null;
  }

  /** The results of all requests there are. */
  private List<Octets> results() throws Exception {
    List<Octets> results = new ArrayList<>();
    try (HsmClient client = client()) {
      for (RequestSummary request : client.listRequests(EnumSet.allOf(RequestState.class))) {
        assertThat(request.state()).isEqualTo(RequestState.EXECUTED);
        results.add(Octets.ofBase64(client.readRequest(request.id()).result()));
      }
    }
    return results;
  }

  private HsmClient client() throws Exception {
    return HsmClients.connect(HsmClientConfig.read(hsm.config().settings(), null));
  }
}
