package io.hsmrest.keystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hsmrest.client.model.NewKey;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PublicKey;
import java.security.UnrecoverableEntryException;
import java.security.cert.Certificate;
import java.security.cert.CertificateExpiredException;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;
import javax.naming.ldap.LdapName;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509KeyManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys that have no certificate, in the three modes of {@code keys.withoutCertificate}. */
class WithoutCertificateTest {
  private static final KeyPair PAIR = Certificates.ec();
  private static final String PLACEHOLDER = "keys.withoutCertificate = placeholder";

  private final InMemoryHsm hsm =
      new InMemoryHsm().withKey("bare", PAIR.getPublic(), null).withKey("full", Certificates.ec());

  @Test
  void listedAsAKeyWithoutChain() throws Exception {
    KeyStore store = TestStore.loadedOver(hsm);

    assertThat(Collections.list(store.aliases())).containsExactly("bare", "full");
    assertThat(store.isKeyEntry("bare")).isTrue();
    assertThat(store.getKey("bare", null)).isInstanceOf(HsmPrivateKey.class);
    assertThat(store.getCertificate("bare")).isNull();
    assertThat(store.getCertificateChain("bare")).isNull();
    assertThatThrownBy(() -> store.getEntry("bare", null))
        .isInstanceOf(UnrecoverableEntryException.class)
        .hasMessageContaining("key 'bare' has no certificate")
        .hasMessageContaining("keys.withoutCertificate=placeholder")
        .hasMessageContaining("SelfSignRequest");
  }

  @Test
  void hiddenAsIfItWereNotThere() throws Exception {
    KeyStore store = TestStore.loadedOver(hsm, "keys.withoutCertificate = hide");

    assertThat(store.containsAlias("bare")).isFalse();
    assertThat(Collections.list(store.aliases())).containsExactly("full");
    assertThat(store.containsAlias("bare")).isFalse();
    assertThat(store.getKey("bare", null)).isNull();
    assertThat(store.isKeyEntry("bare")).isFalse();
  }

  @Test
  void aNewKeyGetsItsCertificateEvenWhereKeysWithoutOneAreHidden() throws Exception {
    TestStore source = TestStore.over(hsm, "keys.withoutCertificate = hide");
    KeyStore store = source.loaded();
    KeyPair made = source.session().createKeyPair(NewKey.ec("new", "1.2.840.10045.3.1.7"));
    X509Certificate certificate = certificateFor(made.getPublic());

    assertThat(store.getCertificateAlias(certificate)).isNull();
    store.setKeyEntry("new", made.getPrivate(), null, new Certificate[] {certificate});

    assertThat(store.getCertificate("new")).isEqualTo(certificate);
  }

  @Test
  void aKeyUnderTheLabelOfAHiddenOneIsNoCertificate() throws Exception {
    KeyStore store = TestStore.loadedOver(hsm, "keys.withoutCertificate = hide");

    assertThatThrownBy(() -> store.setCertificateEntry("bare", certificateFor(PAIR.getPublic())))
        .isInstanceOf(KeyStoreException.class)
        .hasMessageContaining("'bare' is a key");
  }

  @Test
  void aPlaceholderCarriesTheKeyAndSaysWhatItIs() throws Exception {
    KeyStore store = TestStore.loadedOver(hsm, PLACEHOLDER);
    X509Certificate placeholder = (X509Certificate) store.getCertificate("bare");

    assertThat(placeholder.getPublicKey()).isEqualTo(PAIR.getPublic());
    assertThat(placeholder.getSubjectX500Principal().getName())
        .isEqualTo("CN=bare,OU=hsmrest placeholder");
    assertThat(store.getCertificateChain("bare")).containsExactly(placeholder);
    assertThat(store.getCertificateAlias(placeholder)).isEqualTo("bare");
    assertThat(store.getEntry("bare", null)).isInstanceOf(KeyStore.PrivateKeyEntry.class);
    assertThat(TestStore.loadedOver(hsm, PLACEHOLDER).getCertificate("bare"))
        .isEqualTo(placeholder);
  }

  @Test
  void aPlaceholderIsTakenForNoCertificateByAnybodyWhoChecks() throws Exception {
    TestStore source = TestStore.over(hsm, PLACEHOLDER);
    X509Certificate placeholder = (X509Certificate) source.loaded().getCertificate("bare");

    assertThatThrownBy(() -> placeholder.verify(PAIR.getPublic()))
        .hasMessageContaining("1.3.6.1.5.5.7.6.36");
    assertThatThrownBy(placeholder::checkValidity).isInstanceOf(CertificateExpiredException.class);
    assertThat(source.session().certificates()).isNotEmpty().doesNotContain(placeholder);
  }

  static List<KeyPair> pairsOfEachType() {
    return List.of(Certificates.rsa(), Certificates.ec(), Certificates.ed25519());
  }

  @ParameterizedTest
  @MethodSource("pairsOfEachType")
  void everyTypeOfKeyHasAPlaceholder(KeyPair pair) throws Exception {
    hsm.withKey("k", pair.getPublic(), null);
    KeyStore store = TestStore.loadedOver(hsm, PLACEHOLDER);

    KeyStore.PrivateKeyEntry entry = (KeyStore.PrivateKeyEntry) store.getEntry("k", null);

    assertThat(entry.getCertificate().getPublicKey()).isEqualTo(pair.getPublic());
    assertThat(entry.getPrivateKey().getAlgorithm())
        .isEqualTo(entry.getCertificate().getPublicKey().getAlgorithm());
  }

  @Test
  void aLabelOfAnyCharactersAndLengthIsInThePlaceholderAsItIs() throws Exception {
    String label = "a, b=\"c\"+<ü> " + "x".repeat(240);
    hsm.withKey(label, PAIR.getPublic(), null);

    X509Certificate placeholder =
        (X509Certificate) TestStore.loadedOver(hsm, PLACEHOLDER).getCertificate(label);

    LdapName name = new LdapName(placeholder.getSubjectX500Principal().getName());
    assertThat(name.getRdn(1).getValue()).isEqualTo(label);
  }

  @ParameterizedTest
  @ValueSource(strings = {"SunX509", "NewSunX509"})
  void aPlaceholderIsNeverOfferedInTls(String algorithm) throws Exception {
    hsm.remove("full");
    KeyManagerFactory factory = KeyManagerFactory.getInstance(algorithm);
    factory.init(TestStore.loadedOver(hsm, PLACEHOLDER), null);
    X509KeyManager manager = (X509KeyManager) factory.getKeyManagers()[0];

    assertThat(manager.chooseServerAlias("EC", null, null)).isNull();
    assertThat(manager.getServerAliases("EC", null)).isNull();
  }

  @Test
  void aPlaceholderIsNoTrustAnchor() throws Exception {
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    KeyStore store = TestStore.loadedOver(hsm, PLACEHOLDER);
    factory.init(store);

    assertThat(((X509TrustManager) factory.getTrustManagers()[0]).getAcceptedIssuers())
        .containsExactly((X509Certificate) store.getCertificate("full"));
  }

  @Test
  void aPlaceholderIsNeverSentToTheService() throws Exception {
    KeyStore store = TestStore.loadedOver(hsm, PLACEHOLDER);
    Certificate[] placeholder = store.getCertificateChain("bare");
    hsm.takeCalls();

    // keytool -keypasswd gives back what it got.
    store.setKeyEntry("bare", store.getKey("bare", null), null, placeholder);
    assertThat(hsm.takeCalls()).isEmpty();

    assertThatThrownBy(
            () -> store.setKeyEntry("full", store.getKey("full", null), null, placeholder))
        .isInstanceOf(KeyStoreException.class)
        .hasMessageContaining("placeholder");
    assertThatThrownBy(() -> store.setCertificateEntry("lone", placeholder[0]))
        .isInstanceOf(KeyStoreException.class)
        .hasMessageContaining("placeholder");
    assertThat(hsm.takeCalls()).containsExactly("attributes full", "certificate full");
  }

  @Test
  void theRealCertificateTakesThePlaceholdersPlace() throws Exception {
    KeyStore store = TestStore.loadedOver(hsm, PLACEHOLDER);
    assertThat(store.size()).isEqualTo(2);
    X509Certificate certificate = certificateFor(PAIR.getPublic());

    store.setKeyEntry("bare", store.getKey("bare", null), null, new Certificate[] {certificate});

    assertThat(store.getCertificateChain("bare")).containsExactly(certificate);
  }

  private static X509Certificate certificateFor(PublicKey key) {
    KeyPair ca = Certificates.ec();
    return Certificates.issued("new", key, Certificates.selfSigned("ca", ca), ca.getPrivate());
  }

  @Test
  void noSignatureIsMadeForAPlaceholder() throws Exception {
    // Nothing but attributes and certificates is asked for: the fake refuses everything else.
    assertThat(TestStore.loadedOver(hsm, PLACEHOLDER).size()).isEqualTo(2);
    assertThat(hsm.takeCalls()).allMatch(call -> call.matches("list|(attributes|certificate) .*"));
  }
}
