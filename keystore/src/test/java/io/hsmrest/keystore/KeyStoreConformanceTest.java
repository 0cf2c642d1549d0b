package io.hsmrest.keystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.ProviderException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import org.junit.jupiter.api.Test;

/** Every method of {@code KeyStore}, in the order of its Javadoc. */
class KeyStoreConformanceTest {
  private static final KeyPair PAIR = Certificates.rsa();
  private static final KeyPair CA_PAIR = Certificates.ec();
  private static final X509Certificate CA = Certificates.selfSigned("ca", CA_PAIR);
  private static final X509Certificate LEAF =
      Certificates.issued("leaf", PAIR.getPublic(), CA, CA_PAIR.getPrivate());

  private final InMemoryHsm hsm =
      new InMemoryHsm().withKey("key", PAIR.getPublic(), LEAF).withCertificate("ca", CA);
  private final TestStore source = TestStore.over(hsm);
  private final KeyStore store = source.loaded();

  @Test
  void getKeyAnswersWithAHandleForAnyPasswordAndNullForEverythingElse() throws Exception {
    for (char[] password : passwords()) {
      assertThat(store.getKey("key", password))
          .isInstanceOf(HsmPrivateKey.class)
          .isEqualTo(store.getKey("key", null))
          .extracting(Key::getAlgorithm, Key::getFormat, Key::getEncoded)
          .containsExactly("RSA", null, null);
    }
    assertThat(store.getKey("ca", null)).isNull();
    assertThat(store.getKey("nothing", null)).isNull();
  }

  @Test
  void getCertificateChainIsLeafFirstAndForKeysAlone() throws Exception {
    assertThat(store.getCertificateChain("key")).containsExactly(LEAF, CA);
    assertThat(store.getCertificateChain("ca")).isNull();
    assertThat(store.getCertificateChain("nothing")).isNull();
  }

  @Test
  void getCertificateIsTheLeafOrTheLoneCertificate() throws Exception {
    assertThat(store.getCertificate("key")).isEqualTo(LEAF);
    assertThat(store.getCertificate("ca")).isEqualTo(CA);
    assertThat(store.getCertificate("nothing")).isNull();
  }

  @Test
  void getCreationDateIsTheKeysOwn() throws Exception {
    assertThat(store.getCreationDate("key")).isEqualTo(Date.from(InMemoryHsm.CREATED));
    assertThat(store.getCreationDate("ca")).isEqualTo(CA.getNotBefore());
    assertThat(store.getCreationDate("nothing")).isNull();
  }

  @Test
  void aliasesContainsAliasAndSizeAgree() throws Exception {
    assertThat(Collections.list(store.aliases())).containsExactlyInAnyOrder("key", "ca");
    assertThat(store.size()).isEqualTo(2);
    assertThat(store.containsAlias("key")).isTrue();
    assertThat(store.containsAlias("ca")).isTrue();
    assertThat(store.containsAlias("nothing")).isFalse();
    assertThat(store.containsAlias("KEY")).isFalse();
  }

  @Test
  void everyEntryIsEitherAKeyOrACertificate() throws Exception {
    for (String alias : Collections.list(store.aliases())) {
      assertThat(store.isKeyEntry(alias)).isNotEqualTo(store.isCertificateEntry(alias));
    }
    assertThat(store.isKeyEntry("key")).isTrue();
    assertThat(store.isCertificateEntry("ca")).isTrue();
    assertThat(store.isKeyEntry("nothing") || store.isCertificateEntry("nothing")).isFalse();
  }

  @Test
  void getCertificateAliasFindsTheEntry() throws Exception {
    assertThat(store.getCertificateAlias(LEAF)).isEqualTo("key");
    assertThat(store.getCertificateAlias(CA)).isEqualTo("ca");
    assertThat(store.getCertificateAlias(Certificates.selfSigned("other", PAIR))).isNull();
  }

  @Test
  void getEntryWorksWithAnyProtection() throws Exception {
    KeyStore.CallbackHandlerProtection asking =
        new KeyStore.CallbackHandlerProtection(
            callbacks -> ((PasswordCallback) callbacks[0]).setPassword("test".toCharArray()));
    KeyStore.CallbackHandlerProtection unwilling =
        new KeyStore.CallbackHandlerProtection(
            callbacks -> {
              throw new UnsupportedCallbackException(callbacks[0]);
            });
    KeyStore.PasswordProtection destroyed = new KeyStore.PasswordProtection("test".toCharArray());
    destroyed.destroy();
    for (KeyStore.ProtectionParameter protection :
        new KeyStore.ProtectionParameter[] {
          null,
          new KeyStore.PasswordProtection(null),
          new KeyStore.PasswordProtection(new char[0]),
          new KeyStore.PasswordProtection("test".toCharArray()),
          destroyed,
          asking,
          unwilling,
          new KeyStore.ProtectionParameter() {}
        }) {
      KeyStore.PrivateKeyEntry entry = (KeyStore.PrivateKeyEntry) store.getEntry("key", protection);
      assertThat(entry.getPrivateKey()).isInstanceOf(HsmPrivateKey.class);
      assertThat(entry.getCertificateChain()).containsExactly(LEAF, CA);
      assertThat(((KeyStore.TrustedCertificateEntry) store.getEntry("ca", protection)))
          .extracting(KeyStore.TrustedCertificateEntry::getTrustedCertificate)
          .isEqualTo(CA);
      assertThat(store.getEntry("nothing", protection)).isNull();
    }
  }

  @Test
  void entryInstanceOfTellsTheKind() throws Exception {
    assertThat(store.entryInstanceOf("key", KeyStore.PrivateKeyEntry.class)).isTrue();
    assertThat(store.entryInstanceOf("key", KeyStore.SecretKeyEntry.class)).isFalse();
    assertThat(store.entryInstanceOf("key", KeyStore.TrustedCertificateEntry.class)).isFalse();
    assertThat(store.entryInstanceOf("key", SelfSignRequest.class)).isFalse();
    assertThat(store.entryInstanceOf("ca", KeyStore.TrustedCertificateEntry.class)).isTrue();
    assertThat(store.entryInstanceOf("ca", KeyStore.PrivateKeyEntry.class)).isFalse();
    assertThat(store.entryInstanceOf("nothing", KeyStore.PrivateKeyEntry.class)).isFalse();
  }

  @Test
  void attributesAreAnEmptySet() {
    HsmKeyStoreSpi spi = new HsmKeyStoreSpi(ConfigurationSource.standard());

    assertThat(spi.engineGetAttributes("key")).isEqualTo(Set.of());
  }

  @Test
  void setKeyEntryTakesHandlesOfTheSameLabelAlone() throws Exception {
    PrivateKey handle = (PrivateKey) store.getKey("key", null);
    Certificate[] chain = {Certificates.selfSigned("renewed", PAIR)};

    store.setKeyEntry("key", handle, null, chain);

    assertThat(store.getCertificateChain("key")).containsExactly(chain);
    assertThatThrownBy(() -> store.setKeyEntry("other", handle, null, chain))
        .isInstanceOf(KeyStoreException.class)
        .hasMessageContaining("key 'key' cannot be stored as 'other'")
        .hasMessageContaining("nothing was changed");
    assertThatThrownBy(() -> store.setKeyEntry("key", new byte[1], chain))
        .isInstanceOf(KeyStoreException.class)
        .hasMessageContaining("given as bytes is refused");
    assertThat(hsm.has("other")).isFalse();
  }

  @Test
  void setEntryTakesEachKindWhereItBelongs() throws Exception {
    store.setEntry("more", new KeyStore.TrustedCertificateEntry(CA), null);
    assertThat(store.isCertificateEntry("more")).isTrue();

    SecretKeySpec secret = new SecretKeySpec(new byte[16], "AES");
    assertThatThrownBy(() -> store.setEntry("s", new KeyStore.SecretKeyEntry(secret), null))
        .isInstanceOf(KeyStoreException.class)
        .hasMessageContaining("secret keys and passwords are not stored")
        .hasMessageContaining("POST /v1/key");
    assertThatThrownBy(() -> store.setEntry("s", new KeyStore.Entry() {}, null))
        .isInstanceOf(KeyStoreException.class)
        .hasMessageContaining("are not stored in the HSM through this key store");
    KeyStore.Entry software =
        new KeyStore.PrivateKeyEntry(PAIR.getPrivate(), new Certificate[] {LEAF});
    assertThatThrownBy(() -> store.setEntry("s", software, null))
        .isInstanceOf(KeyStoreException.class)
        .hasMessageContaining("software key 's' (RSA) refused")
        .hasMessageContaining("-providername HsmRest")
        .hasMessageContaining("keys.import=allow");
    assertThat(hsm.has("s")).isFalse();
  }

  @Test
  void deleteEntryRemovesCertificatesAndRefusesKeys() throws Exception {
    store.deleteEntry("ca");
    assertThat(store.containsAlias("ca")).isFalse();
    store.deleteEntry("nothing");

    assertThatThrownBy(() -> store.deleteEntry("key"))
        .isInstanceOf(KeyStoreException.class)
        .hasMessageContaining("keys.delete=allow");
    assertThat(hsm.has("key")).isTrue();
  }

  @Test
  void storeWritesBackTheConfigurationAndNothingElse() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    store.store(out, null);
    store.store(null, new char[0]);
    store.store((KeyStore.LoadStoreParameter) null);

    assertThat(out.toByteArray()).isEqualTo(source.properties());
    assertThatThrownBy(() -> store.store(out, "new".toCharArray()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot be changed here");
    assertThatThrownBy(() -> store.store(withPassword("new")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot be changed here");
  }

  @Test
  void loadTakesEveryFormOfParameter() throws Exception {
    for (KeyStore.LoadStoreParameter parameter :
        new KeyStore.LoadStoreParameter[] {
          null,
          () -> null,
          withPassword("x"),
          new HsmRestLoadStoreParameter(source.session().config()),
          new HsmRestLoadStoreParameter(source.session().config(), "x".toCharArray())
        }) {
      KeyStore loaded = source.unloaded();
      loaded.load(parameter);
      assertThat(loaded.size()).isEqualTo(2);
    }
  }

  @Test
  void anythingBeforeLoadIsRefused() {
    KeyStore unloaded = source.unloaded();
    assertThatThrownBy(unloaded::aliases).isInstanceOf(KeyStoreException.class);
    HsmKeyStoreSpi spi = new HsmKeyStoreSpi(ConfigurationSource.standard());
    assertThatThrownBy(spi::engineSize)
        .isInstanceOf(ProviderException.class)
        .hasMessageContaining("before load");
  }

  private static KeyStore.LoadStoreParameter withPassword(String password) {
    return () -> new KeyStore.PasswordProtection(password.toCharArray());
  }

  private static List<char[]> passwords() {
    return List.of(new char[0], "x".toCharArray(), "123456".toCharArray());
  }

  @Test
  void aHandlerThatIsAskedIsShownAPrompt() {
    Callback[] seen = new Callback[1];
    KeyStore.CallbackHandlerProtection handler =
        new KeyStore.CallbackHandlerProtection(callbacks -> seen[0] = callbacks[0]);

    assertThat(Passwords.of(handler)).isNull();
    assertThat(((PasswordCallback) seen[0]).getPrompt()).isEqualTo("password of the HSM key: ");
    assertThat(((PasswordCallback) seen[0]).isEchoOn()).isFalse();
  }
}
