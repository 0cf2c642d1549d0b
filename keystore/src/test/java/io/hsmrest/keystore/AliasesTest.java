package io.hsmrest.keystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hsmrest.client.HsmException;
import io.hsmrest.client.model.NewKey;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The alias is the label, whatever characters it has. */
class AliasesTest {
  private static final KeyPair PAIR = Certificates.ec();
  private static final KeyPair OTHER = Certificates.ec();

  private final InMemoryHsm hsm = new InMemoryHsm();

  static List<String> labels() {
    return List.of(
        "with space",
        "a@b",
        "a:b",
        "100%",
        "%41",
        "Schlüssel-ÄÖÜ",
        "key*",
        "l".repeat(255),
        "..",
        "hash#query?");
  }

  @ParameterizedTest
  @MethodSource("labels")
  void aLabelIsItsAliasUnchanged(String label) throws Exception {
    hsm.withKey(label, PAIR);
    KeyStore store = TestStore.loadedOver(hsm);

    assertThat(store.containsAlias(label)).isTrue();
    assertThat(((HsmPrivateKey) store.getKey(label, null)).label()).isEqualTo(label);
    assertThat(Collections.list(store.aliases())).containsExactly(label);
    Certificate[] renewed = {Certificates.selfSigned("renewed", PAIR)};
    store.setKeyEntry(label, store.getKey(label, null), null, renewed);
    assertThat(store.getCertificateChain(label)).containsExactly(renewed);
  }

  @Test
  void labelsThatDifferInCaseAreTwoEntries() throws Exception {
    hsm.withKey("Web", PAIR).withKey("web", OTHER);
    KeyStore store = TestStore.loadedOver(hsm);

    assertThat(store.size()).isEqualTo(2);
    assertThat(((HsmPrivateKey) store.getKey("Web", null)).publicKey()).isEqualTo(PAIR.getPublic());
    assertThat(((HsmPrivateKey) store.getKey("web", null)).publicKey())
        .isEqualTo(OTHER.getPublic());
    assertThat(store.containsAlias("WEB")).isFalse();
  }

  @Test
  void aLabelWithASlashIsReadAndNeverMade() throws Exception {
    String derived = "Master/44'/0'/0'";
    hsm.withKey(derived, PAIR);
    TestStore source = TestStore.over(hsm, "keys.import = allow");
    KeyStore store = source.loaded();
    Certificate[] chain = store.getCertificateChain(derived);

    assertThat(((HsmPrivateKey) store.getKey(derived, null)).label()).isEqualTo(derived);
    assertThatThrownBy(() -> source.session().createKeyPair(NewKey.ec("a/b", "1.3.132.0.34")))
        .isInstanceOf(HsmException.class)
        .hasMessageContaining("derivation path");
    assertThatThrownBy(() -> store.setCertificateEntry("a/b", chain[0]))
        .isInstanceOf(KeyStoreException.class)
        .hasMessageContaining("derivation path");
    assertThatThrownBy(() -> store.setKeyEntry("a/b", PAIR.getPrivate(), null, chain))
        .isInstanceOf(KeyStoreException.class)
        .hasMessageContaining("derivation path");
    assertThat(hsm.has("a/b")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "attestation-key",
        "timestamp-key",
        "rfc-timestamp-key",
        "approver-mgmt-backup-key-rsa-wrapping",
        "hsmrest.ca.0123"
      })
  void internalLabelsAreNeitherShownNorReadNorTouched(String label) throws Exception {
    hsm.withKey(label, PAIR).withKey("mine", PAIR);
    KeyStore store = TestStore.loadedOver(hsm, "keys.delete = allow", "keys.import = allow");
    Certificate[] chain = store.getCertificateChain("mine");

    assertThat(Collections.list(store.aliases())).containsExactly("mine");
    assertThat(store.containsAlias(label)).isFalse();
    assertThat(hsm.takeCalls()).doesNotContain("attributes " + label);
    assertThatThrownBy(() -> store.deleteEntry(label))
        .isInstanceOf(KeyStoreException.class)
        .hasMessageContaining("internal use");
    assertThatThrownBy(() -> store.setCertificateEntry(label, chain[0]))
        .isInstanceOf(KeyStoreException.class)
        .hasMessageContaining("internal use");
    assertThatThrownBy(() -> store.setKeyEntry(label, PAIR.getPrivate(), null, chain))
        .isInstanceOf(KeyStoreException.class)
        .hasMessageContaining("internal use");
    assertThat(hsm.has(label)).isTrue();
  }

  @Test
  void filtersApplyBeforeAnyKeyIsRead() throws Exception {
    for (String label : List.of("web-1", "web-2", "web-old", "db-1")) {
      hsm.withKey(label, PAIR);
    }
    KeyStore store = TestStore.loadedOver(hsm, "keys.include = web-*", "keys.exclude = *-old");

    assertThat(Collections.list(store.aliases())).containsExactly("web-1", "web-2");
    assertThat(hsm.takeCalls())
        .containsExactlyInAnyOrder(
            "list",
            "attributes web-1",
            "certificate web-1",
            "attributes web-2",
            "certificate web-2");
    assertThat(store.containsAlias("db-1")).isFalse();
  }

  @Test
  void anExactListIsReadWithoutListing() throws Exception {
    hsm.withKey("web", PAIR).withKey("db", OTHER);
    KeyStore store = TestStore.loadedOver(hsm, "keys.include = web, gone");

    assertThat(Collections.list(store.aliases())).containsExactly("web");
    assertThat(hsm.takeCalls()).doesNotContain("list");
  }

  @Test
  void aKeyThatIsDeletedBehindOurBackIsGoneAfterTheTime() throws Exception {
    hsm.withKey("a", PAIR).withKey("b", OTHER);
    TestStore source = TestStore.over(hsm);
    KeyStore store = source.loaded();
    assertThat(store.size()).isEqualTo(2);
    hsm.remove("a");

    source.pass(Duration.ofMinutes(6));

    assertThat(store.containsAlias("a")).isFalse();
    assertThat(Collections.list(store.aliases())).containsExactly("b");
  }

  @Test
  void aKeyThatIsMadeAgainBehindOurBackIsAnotherKey() throws Exception {
    hsm.withKey("a", PAIR);
    TestStore source = TestStore.over(hsm);
    KeyStore store = source.loaded();
    PrivateKey before = (PrivateKey) store.getKey("a", null);
    hsm.withKey("a", OTHER);
    source.pass(Duration.ofMinutes(6));

    PrivateKey after = (PrivateKey) store.getKey("a", null);

    assertThat(after).isNotEqualTo(before);
    assertThat(store.getCertificate("a").getPublicKey()).isEqualTo(OTHER.getPublic());
    assertThatThrownBy(
            () ->
                store.setKeyEntry(
                    "a",
                    before,
                    null,
                    new Certificate[] {Certificates.selfSigned("renewed", PAIR)}))
        .isInstanceOf(KeyStoreException.class)
        .hasMessageContaining("another key");
  }

  @Test
  void aKeyThatIsDeletedBeforeWeDeleteItIsDeleted() throws Exception {
    hsm.withKey("a", PAIR);
    KeyStore store = TestStore.loadedOver(hsm, "keys.delete = allow");
    assertThat(store.isKeyEntry("a")).isTrue();
    hsm.remove("a");

    store.deleteEntry("a");

    assertThat(store.containsAlias("a")).isFalse();
  }
}
