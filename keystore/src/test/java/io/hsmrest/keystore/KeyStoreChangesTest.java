package io.hsmrest.keystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hsmrest.client.model.NewKey;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a key store changes, and what it refuses before anything has changed. */
class KeyStoreChangesTest {
  private static final KeyPair PAIR = Certificates.ec();
  private static final KeyPair CA_PAIR = Certificates.ec();
  private static final X509Certificate CA = Certificates.selfSigned("ca", CA_PAIR);

  private final InMemoryHsm hsm = new InMemoryHsm().withKey("key", PAIR);

  @Test
  void aReplyIsInstalledWithItsChainAndReadBackAsGiven() throws Exception {
    KeyStore store = TestStore.loadedOver(hsm);
    X509Certificate leaf = Certificates.issued("leaf", PAIR.getPublic(), CA, CA_PAIR.getPrivate());

    store.setKeyEntry("key", store.getKey("key", null), null, new Certificate[] {leaf, CA});

    assertThat(store.getCertificateChain("key")).containsExactly(leaf, CA);
    assertThat(TestStore.loadedOver(hsm).getCertificateChain("key")).containsExactly(leaf, CA);
    assertThat(store.size()).isEqualTo(1);
  }

  @Test
  void theSameChainAgainSendsNothing() throws Exception {
    KeyStore store = TestStore.loadedOver(hsm);
    PrivateKey key = (PrivateKey) store.getKey("key", null);
    Certificate[] chain = store.getCertificateChain("key");
    hsm.takeCalls();

    store.setKeyEntry("key", key, null, chain);

    assertThat(hsm.takeCalls()).isEmpty();
  }

  @Test
  void aCertificateOfAnotherKeyIsRefused() throws Exception {
    KeyStore store = TestStore.loadedOver(hsm);
    Certificate[] foreign = {Certificates.selfSigned("foreign", CA_PAIR)};

    assertThatThrownBy(() -> store.setKeyEntry("key", store.getKey("key", null), null, foreign))
        .isInstanceOf(KeyStoreException.class)
        .hasMessageContaining("another key")
        .hasMessageContaining("nothing was changed");
    assertThat(hsm.takeCalls()).noneMatch(call -> call.startsWith("attach"));
  }

  @Test
  void aKeyWithoutAnyCertificateIsRefused() throws Exception {
    KeyStore store = TestStore.loadedOver(hsm);

    assertThatThrownBy(() -> store.setKeyEntry("key", store.getKey("key", null), null, null))
        .isInstanceOf(Exception.class);
    assertThat(hsm.takeCalls()).noneMatch(call -> call.startsWith("attach"));
  }

  @Test
  void aHandleOfAnotherPartitionIsNotTakenForOurKeyOfThatName() throws Exception {
    InMemoryHsm elsewhere = new InMemoryHsm().withKey("key", CA_PAIR);
    KeyStore other = TestStore.loadedOver(elsewhere, "http.connectTimeout = 4s");
    PrivateKey foreign = (PrivateKey) other.getKey("key", null);
    Certificate[] chain = other.getCertificateChain("key");

    assertThatThrownBy(() -> TestStore.loadedOver(hsm).setKeyEntry("key", foreign, null, chain))
        .isInstanceOf(KeyStoreException.class)
        .hasMessageContaining("another key");
  }

  @Test
  void aCertificateIsStoredOnceAndReplaced() throws Exception {
    KeyStore store = TestStore.loadedOver(hsm);
    store.setCertificateEntry("ca", CA);
    assertThat(store.getCertificate("ca")).isEqualTo(CA);
    X509Certificate renewed = Certificates.selfSigned("ca", CA_PAIR);

    store.setCertificateEntry("ca", renewed);

    assertThat(store.getCertificate("ca")).isEqualTo(renewed);
    assertThat(store.isCertificateEntry("ca")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"key", "bare"})
  void aCertificateIsNotPutUnderAKeysLabel(String label) throws Exception {
    hsm.withKey("bare", PAIR.getPublic(), null);
    KeyStore store = TestStore.loadedOver(hsm);

    assertThatThrownBy(() -> store.setCertificateEntry(label, CA))
        .isInstanceOf(KeyStoreException.class)
        .hasMessageContaining("'" + label + "' is a key")
        .hasMessageContaining("setKeyEntry")
        .hasMessageContaining("HsmCertificates.importCertificate");
  }

  @Test
  void whatIsNotShownIsNeitherReplacedNorDeleted() throws Exception {
    hsm.withSymmetricKey("aes");
    for (String include : List.of("", "keys.include = key, aes")) {
      KeyStore store = TestStore.loadedOver(hsm, include, "keys.delete = allow");

      assertThatThrownBy(() -> store.setCertificateEntry("aes", CA))
          .isInstanceOf(KeyStoreException.class)
          .hasMessageContaining("'aes' belongs to something that this key store does not show")
          .hasMessageContaining("symmetric key");
      assertThatThrownBy(() -> store.deleteEntry("aes")).isInstanceOf(KeyStoreException.class);
    }
    assertThat(hsm.takeCalls()).noneMatch(call -> call.matches("(import|delete) .*"));
  }

  @Test
  void aKeyIsDeletedWhereThatIsAllowed() throws Exception {
    KeyStore store = TestStore.loadedOver(hsm, "keys.delete = allow");

    store.deleteEntry("key");

    assertThat(store.size()).isZero();
    assertThat(hsm.has("key")).isFalse();
  }

  @Test
  void aBrokenKeyIsDeletedOnlyWhereThatIsAllowed() throws Exception {
    hsm.refusingAttributes("key", Refusal.inHsm("read key 'key'", "Error reading key"));
    assertThatThrownBy(() -> TestStore.loadedOver(hsm).deleteEntry("key"))
        .isInstanceOf(KeyStoreException.class)
        .hasMessageContaining("keys.delete=allow");
    assertThat(hsm.has("key")).isTrue();

    TestStore.loadedOver(hsm, "keys.delete = allow").deleteEntry("key");
    assertThat(hsm.has("key")).isFalse();
  }

  @Test
  void aFailureAfterAKeyWasMadeNamesItAndWhatCanBeDone() throws Exception {
    TestStore source = TestStore.over(hsm);
    KeyPair made = source.session().createKeyPair(NewKey.ec("new", "1.2.840.10045.3.1.7"));
    Certificate[] chain = {Certificates.issued("new", made.getPublic(), CA, CA_PAIR.getPrivate())};
    KeyStore store = source.loaded();
    hsm.failing(Refusal.noConnection("import certificate"));

    assertThatThrownBy(() -> store.setKeyEntry("new", made.getPrivate(), null, chain))
        .isInstanceOf(KeyStoreException.class)
        .hasMessageContaining("connection refused")
        .hasMessageContaining("key 'new' was created and stays in the HSM")
        .hasMessageContaining("keytool -selfcert or -certreq")
        .hasMessageContaining("keytool -delete");

    hsm.failing(null);
    store.setKeyEntry("new", made.getPrivate(), null, chain);
    assertThat(source.session().newKeys().leftBehind("new")).isEmpty();
  }

  @Test
  void aKeyWhoseLabelIsTakenIsNotMade() throws Exception {
    TestStore source = TestStore.over(hsm);

    assertThatThrownBy(
            () -> source.session().createKeyPair(NewKey.ec("key", "1.2.840.10045.3.1.7")))
        .hasMessageContaining("608");
    assertThat(source.session().newKeys().leftBehind("key")).isEmpty();
  }
}
