package io.hsmrest.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hsmrest.client.HsmResponseException;
import io.hsmrest.client.approval.ApprovalListener;
import io.hsmrest.client.approval.ApprovalProgress;
import io.hsmrest.client.approval.ApprovalRejectedException;
import io.hsmrest.keystore.HsmPrivateKey;
import io.hsmrest.keystore.HsmRestLoadStoreParameter;
import io.hsmrest.provider.SoftService.Asked;
import java.security.InvalidKeyException;
import java.security.KeyStore;
import java.security.NoSuchAlgorithmException;
import java.security.SignatureException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signatures that no thread waits for. */
@Timeout(120)
class AsyncSignerTest {
  private static final byte[] MESSAGE = {1, 2, 3, 4, 5};

  private final SoftService service = new SoftService();
  private final ExecutorService executor =
      Executors.newSingleThreadExecutor(task -> new Thread(task, "calls of the service"));

  @AfterEach
  void stop() {
    executor.shutdownNow();
    service.close();
  }

  private HsmPrivateKey key(String label) {
    return SoftService.handle(
        service.provider("approval.poll=1ms..5ms", "approval.progress=none"), label);
  }

  private CompletableFuture<byte[]> sign(SignatureAlgorithm row, HsmPrivateKey key)
      throws Exception {
    return AsyncSigner.of(row.jcaName(), key).sign(MESSAGE, executor);
  }

  private static void assertVerifies(
      SignatureAlgorithm row, String type, CompletableFuture<byte[]> later) throws Exception {
    assertThat(Verifier.verifies(row, SoftKeys.pair(type).getPublic(), MESSAGE, later.get()))
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "SHA256_RSA, RSA",
    "SHA384_PSS, RSA",
    "SHA256_ECDSA, EC:secp256r1",
    "SHA256_ECDSA_P1363, EC:secp256r1",
    "ED25519, ED",
    "ML_DSA_44, ML-DSA-44"
  })
  void gatedKeysSignWhatVerifies(SignatureAlgorithm row, String type) throws Exception {
    service.requests().in("EXECUTED");
    assertVerifies(row, type, sign(row, key(service.addGated(type))));
    assertThat(service.requests().count()).isOne();
    assertThat(service.asked()).hasSize(1);
  }

  @Test
  void plainKeysAskNobody() throws Exception {
    HsmPrivateKey key = key(service.add("RSA"));
    assertVerifies(SignatureAlgorithm.SHA256_PSS, "RSA", sign(SignatureAlgorithm.SHA256_PSS, key));
    assertThat(service.requests().count()).isZero();
    assertThat(service.asked()).hasSize(1);
  }

  @Test
  void nothingWaitsForPeopleButThePoller() throws Exception {
    HsmPrivateKey key = key(service.addGated("EC:secp256r1"));
    CompletableFuture<byte[]> one = sign(SignatureAlgorithm.SHA256_ECDSA, key);
    CompletableFuture<byte[]> two = sign(SignatureAlgorithm.SHA384_ECDSA, key);
    service.requests().await(2);
    // The executor's one thread is free again while both are open.
    CountDownLatch free = new CountDownLatch(1);
    executor.execute(free::countDown);
    free.await();
    assertThat(one).isNotDone();
    assertThat(two).isNotDone();
    service.requests().in("EXECUTED");
    assertVerifies(SignatureAlgorithm.SHA256_ECDSA, "EC:secp256r1", one);
    assertVerifies(SignatureAlgorithm.SHA384_ECDSA, "EC:secp256r1", two);
  }

  @Test
  void whatFollowsRunsOnTheExecutor() throws Exception {
    HsmPrivateKey key = key(service.addGated("EC:secp256r1"));
    CompletableFuture<String> thread =
        sign(SignatureAlgorithm.SHA256_ECDSA, key)
            .thenApply(signature -> Thread.currentThread().getName());
    service.requests().in("EXECUTED");
    assertThat(thread.get()).isEqualTo("calls of the service");
  }

  @Test
  void theMessageIsTakenBeforeTheCallReturns() throws Exception {
    HsmPrivateKey key = key(service.addGated("ED"));
    byte[] message = MESSAGE.clone();
    CompletableFuture<byte[]> later = AsyncSigner.of("Ed25519", key).sign(message, executor);
    message[0]++;
    service.requests().in("EXECUTED");
    assertVerifies(SignatureAlgorithm.ED25519, "ED", later);
  }

  @Test
  void oneSignerSignsOftenAndAtOnce() throws Exception {
    AsyncSigner signer = AsyncSigner.of("SHA256withECDSA", key(service.addGated("EC:secp256r1")));
    service.requests().in("EXECUTED");
    List<CompletableFuture<byte[]>> later = new CopyOnWriteArrayList<>();
    for (int i = 0; i < 50; i++) {
      later.add(signer.sign(MESSAGE, executor));
    }
    for (CompletableFuture<byte[]> one : later) {
      assertVerifies(SignatureAlgorithm.SHA256_ECDSA, "EC:secp256r1", one);
    }
    assertThat(service.requests().count()).isEqualTo(50);
  }

  @Test
  void cancellingWithdrawsTheRequest() throws Exception {
    HsmPrivateKey key = key(service.addGated("EC:secp256r1"));
    CompletableFuture<byte[]> later = sign(SignatureAlgorithm.SHA256_ECDSA, key);
    service.requests().await(1);
    assertThat(later.cancel(true)).isTrue();
    assertThat(service.requests().awaitCancelled()).isEqualTo("request-0");
    assertThat(later).isCancelled();
  }

  @Test
  void whoCancelsBeforeTheCreationAsksNobody() throws Exception {
    HsmPrivateKey key = key(service.addGated("EC:secp256r1"));
    CountDownLatch busy = new CountDownLatch(1);
    executor.execute(
        () -> {
          try {
            busy.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    CompletableFuture<byte[]> later = sign(SignatureAlgorithm.SHA256_ECDSA, key);
    later.cancel(true);
    busy.countDown();
    CountDownLatch after = new CountDownLatch(1);
    executor.execute(after::countDown);
    after.await();
    assertThat(service.requests().count()).isZero();
    assertThat(service.asked()).isEmpty();
  }

  @Test
  void aNoOfThePeopleFailsWithItsCause() throws Exception {
    HsmPrivateKey key = key(service.addGated("EC:secp256r1"));
    service.requests().in("REJECTED");
    assertThatThrownBy(sign(SignatureAlgorithm.SHA256_ECDSA, key)::get)
        .cause()
        .isInstanceOf(SignatureException.class)
        .hasMessageStartingWith(
            "SHA256withECDSA with key 'key-EC-secp256r1': request request-0 to sign with key")
        .hasCauseInstanceOf(ApprovalRejectedException.class);
  }

  @ParameterizedTest(name = "gated: {0}")
  @ValueSource(booleans = {true, false})
  void whatThePublicKeyDoesNotConfirmIsNotHandedOut(boolean gated) throws Exception {
    service.answering(good -> new byte[good.length]);
    service.requests().in("EXECUTED");
    HsmPrivateKey key = key(gated ? service.addGated("RSA") : service.add("RSA"));
    assertThatThrownBy(sign(SignatureAlgorithm.SHA256_RSA, key)::get)
        .cause()
        .isInstanceOf(SignatureException.class)
        .hasMessageEndingWith("; nothing was handed out");
  }

  @ParameterizedTest(name = "gated: {0}")
  @ValueSource(booleans = {true, false})
  void aFormThatTheServiceDoesNotKnowIsReplacedAndThatIsRemembered(boolean gated) throws Exception {
    service.lacking("NONESHA256_WITH_RSA");
    service.requests().in("EXECUTED");
    HsmPrivateKey key = key(gated ? service.addGated("RSA") : service.add("RSA"));
    for (int i = 0; i < 2; i++) {
      assertVerifies(
          SignatureAlgorithm.SHA256_RSA, "RSA", sign(SignatureAlgorithm.SHA256_RSA, key));
    }
    assertThat(service.asked())
        .containsExactly(
            new Asked("NONESHA256_WITH_RSA", null, 32),
            new Asked("SHA256_WITH_RSA", null, MESSAGE.length),
            new Asked("SHA256_WITH_RSA", null, MESSAGE.length));
    assertThat(service.requests().count()).isEqualTo(gated ? 2 : 0);
  }

  @Test
  void whereNoFormIsKnownTheRefusalIsTold() throws Exception {
    service.lacking("NONESHA256_WITH_RSA", "SHA256_WITH_RSA");
    HsmPrivateKey key = key(service.add("RSA"));
    assertThatThrownBy(sign(SignatureAlgorithm.SHA256_RSA, key)::get)
        .cause()
        .isInstanceOf(SignatureException.class)
        .hasMessageContaining("error 600")
        .hasCauseInstanceOf(HsmResponseException.class);
  }

  @Test
  void aMessageThatIsTooLongFailsTheFuture() throws Exception {
    AsyncSigner signer = AsyncSigner.of("Ed25519", key(service.add("ED")));
    assertThatThrownBy(signer.sign(new byte[64 * 1024 + 1], executor)::get)
        .cause()
        .isInstanceOf(SignatureException.class)
        .hasMessageContaining("65537 bytes");
    assertThat(service.asked()).isEmpty();
  }

  @Test
  void anExecutorThatAcceptsNothingFailsTheFuture() throws Exception {
    AsyncSigner signer = AsyncSigner.of("SHA256withECDSA", key(service.addGated("EC:secp256r1")));
    executor.shutdown();
    assertThatThrownBy(signer.sign(MESSAGE, executor)::get)
        .hasCauseInstanceOf(RejectedExecutionException.class);
    assertThat(service.requests().count()).isZero();
  }

  @Test
  void namesWithoutAHashAndForeignKeysAreRefused() {
    HsmPrivateKey key = key(service.add("RSA"));
    assertThatThrownBy(() -> AsyncSigner.of("SHA1withRSA", key))
        .isInstanceOf(NoSuchAlgorithmException.class)
        .hasMessageStartingWith("SHA1withRSA: ");
    assertThatThrownBy(() -> AsyncSigner.of("RSASSA-PSS", key))
        .isInstanceOf(NoSuchAlgorithmException.class);
    assertThatThrownBy(() -> AsyncSigner.of("SHA256withECDSA", key))
        .isInstanceOf(InvalidKeyException.class)
        .hasMessageContaining("SHA256withECDSA signs with EC keys");
    assertThatThrownBy(() -> AsyncSigner.of("SHA256withRSA", SoftKeys.pair("RSA").getPrivate()))
        .isInstanceOf(InvalidKeyException.class)
        .hasMessage("no key of provider HsmRest");
  }

  /** The listener of a key store's load parameter hears of the keys that came out of it. */
  @Test
  void aListenerIsToldHowWaitingGoes() throws Exception {
    String label = service.addGated("EC:secp256r1");
    List<String> told = new CopyOnWriteArrayList<>();
    ApprovalListener listener =
        new ApprovalListener() {
          @Override
          public void waiting(ApprovalProgress progress) {
            told.add("waiting for " + progress.pending().requestId());
            service.requests().in("EXECUTED");
          }

          @Override
          public void ended(ApprovalProgress progress) {
            told.add("ended");
          }
        };
    HsmRestProvider provider = service.provider();
    KeyStore store = KeyStore.getInstance(HsmRestProvider.NAME, provider);
    store.load(
        new HsmRestLoadStoreParameter(
                service.config("approval.poll=1ms..5ms", "approval.progress=none"))
            .withApprovalListener(listener));
    HsmPrivateKey key = (HsmPrivateKey) store.getKey(label, null);
    assertVerifies(
        SignatureAlgorithm.SHA256_ECDSA,
        "EC:secp256r1",
        sign(SignatureAlgorithm.SHA256_ECDSA, key));
    assertThat(told).startsWith("waiting for request-0").endsWith("ended");
    assertThat(told.stream().filter("ended"::equals)).hasSize(1);
  }
}
