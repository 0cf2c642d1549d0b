package io.hsmrest.keystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPair;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.ProviderException;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.X509KeyManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys with a password of their own, which the service asks for on every use (contract 6.8). */
class LockedKeysTest {
  private static final KeyPair PAIR = Certificates.ec();
  private static final char[] RIGHT = "test-password".toCharArray();
  private static final char[] WRONG = "test-mistake".toCharArray();

  private final InMemoryHsm hsm =
      new InMemoryHsm()
          .withKey("locked", PAIR)
          .withPassword("locked", "test-password")
          .withKey("open", Certificates.ec());
  private final CapturedLog log = new CapturedLog();

  @AfterEach
  void endCapture() {
    log.close();
  }

  @Test
  void isListedWithItsCertificateWithoutThePassword() throws Exception {
    KeyStore store = TestStore.loadedOver(hsm);

    assertThat(store.size()).isEqualTo(2);
    assertThat(store.isKeyEntry("locked")).isTrue();
    assertThat(store.getCertificate("locked").getPublicKey()).isEqualTo(PAIR.getPublic());
    assertThat(store.getCreationDate("locked")).isNotNull();
    assertThat(log.warnings()).isEmpty();
  }

  @Test
  void opensWithThePasswordThatTheCallerGives() throws Exception {
    KeyStore store = TestStore.loadedOver(hsm);

    RemotePrivateKey key = (RemotePrivateKey) store.getKey("locked", RIGHT);
    assertThat(key.password()).hasToString("(secret)");
    assertThat(store.getEntry("locked", new KeyStore.PasswordProtection(RIGHT)))
        .isInstanceOf(KeyStore.PrivateKeyEntry.class);

    hsm.takeCalls();
    assertThat(store.getKey("locked", RIGHT)).isEqualTo(key);
    assertThat(hsm.takeCalls()).isEmpty();
  }

  @Test
  void withoutThePasswordTheCallerIsToldWhichSettingKeepsIt() throws Exception {
    KeyStore store = TestStore.loadedOver(hsm);

    for (char[] none : new char[][] {null, new char[0]}) {
      assertThatThrownBy(() -> store.getKey("locked", none))
          .isInstanceOf(UnrecoverableKeyException.class)
          .hasMessageContaining("keys.password.locked");
    }
    assertThat(hsm.takeCalls()).containsExactly("list", "attributes locked", "certificate locked");
  }

  @Test
  void aWrongPasswordIsRefusedAndNotRemembered() throws Exception {
    KeyStore store = TestStore.loadedOver(hsm);

    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> store.getKey("locked", WRONG))
          .isInstanceOf(UnrecoverableKeyException.class)
          .hasMessageContaining("Key password mismatch");
    }
    assertThat(store.getKey("locked", RIGHT)).isNotNull();
  }

  @Test
  void aServiceThatFailsIsNoWrongPassword() throws Exception {
    KeyStore store = TestStore.loadedOver(hsm);
    assertThat(store.isKeyEntry("locked")).isTrue();
    hsm.failing(Refusal.noConnection("read key 'locked'"));

    assertThatThrownBy(() -> store.getKey("locked", RIGHT)).isInstanceOf(ProviderException.class);
  }

  @Test
  void opensWithThePasswordOfTheConfiguration() throws Exception {
    KeyStore store = TestStore.loadedOver(hsm, "keys.password.locked = test-password");

    assertThat(store.getKey("locked", null)).isInstanceOf(HsmPrivateKey.class);
    assertThat(store.getKey("locked", WRONG)).isInstanceOf(HsmPrivateKey.class);
    assertThat(store.getCreationDate("locked")).isEqualTo(InMemoryHsm.CREATED);
  }

  @Test
  void aWrongPasswordInTheConfigurationIsReported() throws Exception {
    KeyStore store = TestStore.loadedOver(hsm, "keys.password.locked = test-mistake");

    assertThat(store.isKeyEntry("locked")).isTrue();
    assertThat(log.warnings())
        .singleElement()
        .asString()
        .contains("keys.password.locked")
        .doesNotContain("test-mistake");
  }

  @Test
  void takesTheReplyOfACa() throws Exception {
    KeyStore store = TestStore.loadedOver(hsm);
    PrivateKey key = (PrivateKey) store.getKey("locked", RIGHT);
    Certificate[] renewed = {Certificates.selfSigned("renewed", PAIR)};
    Certificate[] foreign = {Certificates.selfSigned("foreign", Certificates.ec())};

    assertThatThrownBy(() -> store.setKeyEntry("locked", key, RIGHT, foreign))
        .isInstanceOf(KeyStoreException.class)
        .hasMessageContaining("another key");
    store.setKeyEntry("locked", key, RIGHT, renewed);

    assertThat(store.getCertificateChain("locked")).containsExactly(renewed);
    assertThat(store.getKey("locked", RIGHT)).isNotNull();
  }

  @Test
  void aPasswordIsNeverSentForAKeyThatNeedsNone() throws Exception {
    KeyStore store = TestStore.loadedOver(hsm);

    assertThat(((RemotePrivateKey) store.getKey("open", RIGHT)).password()).isNull();
  }

  @Test
  void costsATlsServerNoneOfItsOtherKeys() throws Exception {
    KeyManagerFactory factory = KeyManagerFactory.getInstance("SunX509");
    factory.init(TestStore.loadedOver(hsm), WRONG);

    assertThat(((X509KeyManager) factory.getKeyManagers()[0]).getServerAliases("EC", null))
        .containsExactly("open");
    assertThat(log.warnings()).singleElement().asString().contains("not offered for TLS");
  }

  @Test
  void servesTlsWithItsPassword() throws Exception {
    hsm.remove("open");
    KeyManagerFactory factory = KeyManagerFactory.getInstance("SunX509");
    factory.init(TestStore.loadedOver(hsm), RIGHT);

    assertThat(((X509KeyManager) factory.getKeyManagers()[0]).getServerAliases("EC", null))
        .containsExactly("locked");
  }

  @ParameterizedTest
  @ValueSource(strings = {"locked", "open"})
  void itsPasswordIsNotChangedHere(String alias) throws Exception {
    KeyStore store = TestStore.loadedOver(hsm);
    PrivateKey key = (PrivateKey) store.getKey(alias, RIGHT);
    Certificate[] chain = store.getCertificateChain(alias);
    hsm.takeCalls();

    store.setKeyEntry(alias, key, RIGHT, chain);
    assertThatThrownBy(() -> store.setKeyEntry(alias, key, WRONG, chain))
        .isInstanceOf(KeyStoreException.class)
        .hasMessageContaining("/v1/key/changePassword");
    assertThat(hsm.takeCalls()).isEmpty();
  }
}
