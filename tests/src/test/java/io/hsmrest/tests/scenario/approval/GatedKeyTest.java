package io.hsmrest.tests.scenario.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hsmrest.client.approval.ApprovalExpiredException;
import io.hsmrest.client.approval.ApprovalInterruptedException;
import io.hsmrest.client.approval.ApprovalRejectedException;
import io.hsmrest.client.approval.ApprovalTimedOutException;
import io.hsmrest.client.model.KeyUsage;
import io.hsmrest.client.model.NewKey;
import io.hsmrest.keystore.CertificateTemplate;
import io.hsmrest.keystore.HsmPrivateKey;
import io.hsmrest.keystore.SelfSignRequest;
import io.hsmrest.tests.scenario.SimulatedHsm;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What becomes of {@code sign()} with a key that people approve, by what the people do. */
@Tag("scenario")
class GatedKeyTest {
  private static final String[] SETTINGS = {
    "approval.poll = 5ms..20ms", "approval.progress = none", "approval.timeout = 60s"
  };
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final byte[] MESSAGE = {1, 2, 3};

  private final SimulatedHsm hsm = new SimulatedHsm();
  private final ExecutorService caller = Executors.newCachedThreadPool();

  @BeforeEach
  void makeKey() {
    hsm.create(NewKey.rsa("ca", 2048).withPolicy(hsm.approvedBy(2, "alice", "bob", "carol")));
  }

  @AfterEach
  void end() {
    caller.shutdownNow();
    hsm.close();
  }

  @Test
  void signatureComesWhenTheQuorumHasApproved() throws Exception {
    KeyStore keyStore = hsm.keyStore(SETTINGS);
    HsmPrivateKey key = (HsmPrivateKey) keyStore.getKey("ca", null);
    assertThat(key.requiresApproval()).isTrue();

    Future<byte[]> signing = inBackground(() -> sign(keyStore));
    String request = hsm.simulator().awaitPendingRequest(SOON);
    hsm.simulator().approve(request, "carol");
    assertThat(signing.isDone()).isFalse();
    hsm.simulator().approve(request, "alice");

    Signature verifier = Signature.getInstance("SHA256withRSA");
    verifier.initVerify(key.publicKey());
    verifier.update(MESSAGE);
    assertThat(verifier.verify(signing.get())).isTrue();
  }

  @Test
  void certificateIsInTheStoreWhenSetEntryReturns() throws Exception {
    KeyStore keyStore = hsm.keyStore(SETTINGS);
    assertThat(keyStore.getCertificate("ca")).isNull();

    Future<Boolean> setting =
        inBackground(
            () -> {
              CertificateTemplate template =
                  CertificateTemplate.ofCommonName("Demo CA")
                      .asCertificateAuthority(true)
                      .validFor(3650)
                      .withKeyUsage(KeyUsage.DIGITAL_SIGNATURE, KeyUsage.KEY_CERT_SIGN);
              keyStore.setEntry("ca", new SelfSignRequest(template), null);
              return true;
            });
    approve(hsm.simulator().awaitPendingRequest(SOON));

    assertThat(setting.get()).isTrue();
    X509Certificate certificate = (X509Certificate) keyStore.getCertificate("ca");
    assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=Demo CA");
    assertThat(certificate.getBasicConstraints()).isNotNegative();
  }

  @Test
  void rejectionIsAnExceptionThatNamesWhoRejected() throws Exception {
    Future<byte[]> signing = inBackground(() -> sign(hsm.keyStore(SETTINGS)));
    String request = hsm.simulator().awaitPendingRequest(SOON);
    hsm.simulator().reject(request, "alice");
    hsm.simulator().reject(request, "bob");

    assertThatThrownBy(signing::get)
        .cause()
        .isInstanceOf(SignatureException.class)
        .hasMessageContaining(request)
        .hasMessageContaining("'ca'")
        .hasMessageContaining("rejected by: alice, bob")
        .hasCauseInstanceOf(ApprovalRejectedException.class);
  }

  @Test
  void expiryIsAnException() throws Exception {
    Future<byte[]> signing = inBackground(() -> sign(hsm.keyStore(SETTINGS)));
    hsm.simulator().expire(hsm.simulator().awaitPendingRequest(SOON));

    assertThatThrownBy(signing::get).cause().hasCauseInstanceOf(ApprovalExpiredException.class);
  }

  @Test
  void whoeverDoesNotComeInTimeIsNotWaitedForAndTheRequestIsWithdrawn() {
    KeyStore keyStore =
        hsm.keyStore(
            "approval.poll = 5ms..20ms", "approval.progress = none", "approval.timeout = 300ms");

    assertThatThrownBy(() -> sign(keyStore))
        .isInstanceOf(SignatureException.class)
        .hasMessageContaining("missing: alice, bob, carol")
        .hasCauseInstanceOf(ApprovalTimedOutException.class);
    assertThat(hsm.simulator().pendingRequests()).isEmpty();
  }

  @Test
  void interruptEndsTheWaitingWithTheFlagSetAndTheRequestWithdrawn() throws Exception {
    AtomicReference<Thread> signer = new AtomicReference<>();
    CompletableFuture<Boolean> flag = new CompletableFuture<>();
    Future<byte[]> signing =
        inBackground(
            () -> {
              signer.set(Thread.currentThread());
              try {
                return sign(hsm.keyStore(SETTINGS));
              } finally {
                flag.complete(Thread.currentThread().isInterrupted());
              }
            });
    awaitLook();
    signer.get().interrupt();

    assertThatThrownBy(signing::get)
        .isInstanceOf(ExecutionException.class)
        .cause()
        .hasCauseInstanceOf(ApprovalInterruptedException.class);
    assertThat(flag.get()).isTrue();
    assertThat(hsm.simulator().pendingRequests()).isEmpty();
  }

  /** Until the caller is past its creation of the request and looks at it. */
  private void awaitLook() {
    Instant last = Instant.now().plus(SOON);
    while (hsm.simulator().requests().keySet().stream()
        .noneMatch(path -> path.startsWith("GET /v1/request"))) {
      assertThat(Instant.now()).isBefore(last);
      Thread.onSpinWait();
    }
  }

  private void approve(String request) {
    hsm.simulator().approve(request, "alice");
    hsm.simulator().approve(request, "bob");
  }

  private static byte[] sign(KeyStore keyStore) throws Exception {
    Signature signature = Signature.getInstance("SHA256withRSA", keyStore.getProvider());
    signature.initSign((PrivateKey) keyStore.getKey("ca", null));
    signature.update(MESSAGE);
    return signature.sign();
  }

  private <T> Future<T> inBackground(Callable<T> work) {
    return caller.submit(work);
  }
}
