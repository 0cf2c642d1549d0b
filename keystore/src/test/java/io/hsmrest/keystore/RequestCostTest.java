package io.hsmrest.keystore;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.X509KeyManager;
import org.junit.jupiter.api.Test;

/** What each look at the key store costs at the service. */
class RequestCostTest {
  private static final KeyPair PAIR = Certificates.ec();
  private static final X509Certificate CERTIFICATE = Certificates.selfSigned("shared", PAIR);

  private final KeyPair rootKey = Certificates.ec();
  private final X509Certificate root = Certificates.selfSigned("root", rootKey);
  private final KeyPair caKey = Certificates.ec();
  private final X509Certificate ca =
      Certificates.issued("ca", caKey.getPublic(), root, rootKey.getPrivate());
  private final X509Certificate leaf =
      Certificates.issued("leaf", PAIR.getPublic(), ca, caKey.getPrivate());
  private final InMemoryHsm hsm = new InMemoryHsm();

  @Test
  void aKeyIncludedByItsExactLabelCostsTwoRequestsAndOnePerIssuer() throws Exception {
    hsm.withKey("web", PAIR.getPublic(), leaf)
        .withKey("other", PAIR)
        .withCertificate(ChainLinks.label(leaf), ca)
        .withCertificate(ChainLinks.label(ca), root);
    KeyStore store = TestStore.loadedOver(hsm, "keys.include = web");

    assertThat(store.getKey("web", null)).isInstanceOf(HsmPrivateKey.class);
    assertThat(store.getCertificateChain("web")).containsExactly(leaf, ca, root);

    assertThat(hsm.takeCalls())
        .containsExactly(
            "attributes web",
            "certificate web",
            "certificate " + ChainLinks.label(leaf),
            "certificate " + ChainLinks.label(ca));
  }

  @Test
  void aServerThatMayOnlyUseItsKeyAsksForTheCertificateAlone() throws Exception {
    hsm.withKey("web", PAIR.getPublic(), leaf).withCertificate(ChainLinks.label(leaf), root);
    KeyStore store =
        TestStore.loadedOver(
            hsm, "keys.include = web", "auth.apiKey.keyOperation = test-operation-key");

    assertThat(store.getKey("web", null)).isInstanceOf(HsmPrivateKey.class);
    assertThat(store.isKeyEntry("web")).isTrue();
    assertThat(store.getCertificate("web")).isEqualTo(leaf);
    assertThat(store.getCreationDate("web")).isEqualTo(leaf.getNotBefore());

    assertThat(hsm.takeCalls()).containsExactly("certificate web");
  }

  @Test
  void aServerThatIsRefusedAttributesGoesOnWithTheCertificateAndDoesNotAskAgain() throws Exception {
    hsm.withKey("one", PAIR.getPublic(), leaf)
        .withKey("two", PAIR.getPublic(), leaf)
        .refusingAttributes("one", Refusal.wrongApiKey("read key 'one'"));
    KeyStore store = TestStore.loadedOver(hsm, "keys.include = one, two");

    assertThat(store.getKey("one", null)).isInstanceOf(HsmPrivateKey.class);
    assertThat(store.getKey("two", null)).isInstanceOf(HsmPrivateKey.class);

    assertThat(hsm.takeCalls())
        .containsExactly("attributes one", "certificate one", "certificate two");
  }

  @Test
  void listingCostsOneListAndTwoRequestsPerKeyAndTheSecondTimeNothing() throws Exception {
    hsm.withKey("a", PAIR).withKey("b", PAIR).withKey("c", PAIR);
    TestStore source = TestStore.over(hsm);
    KeyStore store = source.loaded();

    listLikeKeytool(store);
    assertThat(hsm.takeCalls())
        .containsExactlyInAnyOrder(
            "list",
            "attributes a",
            "certificate a",
            "attributes b",
            "certificate b",
            "attributes c",
            "certificate c");

    source.pass(Duration.ofMinutes(4));
    listLikeKeytool(store);
    listLikeKeytool(source.loaded());
    assertThat(hsm.takeCalls()).isEmpty();

    source.pass(Duration.ofMinutes(2));
    listLikeKeytool(store);
    assertThat(hsm.takeCalls()).hasSize(7);
  }

  @Test
  void whatWasReadForOneKeyIsNotReadAgainForTheList() throws Exception {
    hsm.withKey("a", PAIR).withKey("b", PAIR);
    TestStore source = TestStore.over(hsm);
    KeyStore store = source.loaded();
    assertThat(store.getKey("a", null)).isNotNull();
    assertThat(hsm.takeCalls()).containsExactly("list", "attributes a", "certificate a");

    source.pass(Duration.ofMinutes(3));
    listLikeKeytool(store);
    assertThat(hsm.takeCalls()).containsExactly("attributes b", "certificate b");

    // The list is as old as its oldest entry.
    source.pass(Duration.ofMinutes(3));
    listLikeKeytool(store);
    assertThat(hsm.takeCalls()).containsExactly("list", "attributes a", "certificate a");
  }

  @Test
  void aCertificateThatIsStillTheSameIsNotParsedAndVerifiedAgain() throws Exception {
    hsm.withKey("a", PAIR.getPublic(), CERTIFICATE);
    TestStore source = TestStore.over(hsm);
    KeyStore store = source.loaded();
    Object first = store.getCertificate("a");
    source.pass(Duration.ofMinutes(6));

    assertThat(store.getCertificate("a")).isSameAs(first);

    hsm.withCertificate("a", leaf);
    source.pass(Duration.ofMinutes(6));
    assertThat(store.getCertificate("a")).isEqualTo(leaf);
  }

  @Test
  void aTimeOfZeroAsksEveryTime() throws Exception {
    hsm.withKey("a", PAIR);
    TestStore source = TestStore.over(hsm, "keys.cacheTtl = 0s");
    KeyStore store = source.loaded();
    hsm.takeCalls();

    for (int i = 0; i < 3; i++) {
      source.pass(Duration.ofMillis(1));
      assertThat(store.size()).isEqualTo(1);
      assertThat(hsm.takeCalls()).containsExactly("list", "attributes a", "certificate a");
      source.pass(Duration.ofMillis(1));
      assertThat(store.getCertificate("a")).isNotNull();
      assertThat(hsm.takeCalls()).containsExactly("list", "attributes a", "certificate a");
    }
  }

  @Test
  void anotherLoadOfTheSameObjectReadsAfresh() throws Exception {
    hsm.withKey("a", PAIR);
    KeyStore store = TestStore.loadedOver(hsm);
    listLikeKeytool(store);
    hsm.takeCalls();

    store.load(null);
    listLikeKeytool(store);

    assertThat(hsm.takeCalls()).containsExactly("list", "attributes a", "certificate a");
  }

  @Test
  void anEnumerationHasSixteenRequestsInFlight() throws Exception {
    for (int i = 0; i < 40; i++) {
      hsm.withKey("key" + i, PAIR.getPublic(), CERTIFICATE);
    }
    CountDownLatch sixteen = new CountDownLatch(16);
    AtomicInteger tooSlow = new AtomicInteger();
    hsm.beforeAnswers(
        call -> {
          if (call.startsWith("attributes")) {
            sixteen.countDown();
            if (!reached(sixteen)) {
              tooSlow.incrementAndGet();
            }
          }
        });

    assertThat(TestStore.loadedOver(hsm).size()).isEqualTo(40);
    assertThat(tooSlow).hasValue(0);
  }

  @Test
  void issuersOfAllKeysAreReadTogetherWithThem() throws Exception {
    for (int i = 0; i < 30; i++) {
      KeyPair pair = Certificates.ec();
      X509Certificate one =
          Certificates.issued("leaf" + i, pair.getPublic(), ca, caKey.getPrivate());
      hsm.withKey("key" + i, pair.getPublic(), one).withCertificate(ChainLinks.label(one), ca);
    }
    hsm.withCertificate(ChainLinks.label(ca), root);
    hsm.withCertificate("hsmrest.ca.of-a-certificate-that-is-gone", root);
    KeyStore store = TestStore.loadedOver(hsm);

    assertThat(Collections.list(store.aliases())).hasSize(30);
    assertThat(hsm.takeCalls()).hasSize(1 + 30 * 2 + 30 + 1);

    for (String alias : Collections.list(store.aliases())) {
      assertThat(store.getCertificateChain(alias)).hasSize(3).endsWith(ca, root);
    }
    assertThat(hsm.takeCalls()).isEmpty();
  }

  @Test
  void theAliasOfACertificateThatWasReadCostsNothing() throws Exception {
    hsm.withKey("a", PAIR.getPublic(), CERTIFICATE);
    for (int i = 0; i < 100; i++) {
      hsm.withKey("key" + i, PAIR.getPublic(), leaf);
    }
    KeyStore store = TestStore.loadedOver(hsm);
    assertThat(store.getCertificate("a")).isEqualTo(CERTIFICATE);
    hsm.takeCalls();

    assertThat(store.getCertificateAlias(CERTIFICATE)).isEqualTo("a");
    assertThat(hsm.takeCalls()).isEmpty();
  }

  @Test
  void keyManagersOfAThousandKeysAskNothingOnceTheKeysAreRead() throws Exception {
    for (int i = 0; i < 1_000; i++) {
      hsm.withKey("key" + i, PAIR.getPublic(), CERTIFICATE);
    }
    KeyStore store = TestStore.loadedOver(hsm);
    KeyManagerFactory eager = KeyManagerFactory.getInstance("SunX509");
    eager.init(store, null);
    assertThat(hsm.takeCalls()).hasSize(2_001);

    KeyManagerFactory lazy = KeyManagerFactory.getInstance("NewSunX509");
    lazy.init(store, null);
    for (KeyManagerFactory factory : List.of(eager, lazy)) {
      X509KeyManager manager = (X509KeyManager) factory.getKeyManagers()[0];
      for (int handshake = 0; handshake < 5; handshake++) {
        String alias = manager.chooseServerAlias("EC", null, null);
        assertThat(manager.getCertificateChain(alias)).containsExactly(CERTIFICATE);
        assertThat(manager.getPrivateKey(alias)).isInstanceOf(HsmPrivateKey.class);
      }
    }
    assertThat(hsm.takeCalls()).isEmpty();
  }

  /** The calls of {@code keytool -list} (jdk-integration 1.3). */
  private static void listLikeKeytool(KeyStore store) throws Exception {
    assertThat(store.size()).isEqualTo(store.size());
    for (String alias : Collections.list(store.aliases())) {
      assertThat(store.containsAlias(alias)).isTrue();
      assertThat(store.getCreationDate(alias)).isNotNull();
      assertThat(store.entryInstanceOf(alias, KeyStore.SecretKeyEntry.class)).isFalse();
      assertThat(store.entryInstanceOf(alias, KeyStore.PrivateKeyEntry.class)).isTrue();
      assertThat(store.getCertificateAlias(store.getCertificateChain(alias)[0])).isNotNull();
    }
  }

  private static boolean reached(CountDownLatch latch) {
    try {
      return latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
