package io.hsmrest.tests.scenario.keystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hsmrest.keystore.HsmPrivateKey;
import io.hsmrest.tests.scenario.HsmContents;
import io.hsmrest.tests.scenario.SimulatedHsm;
import io.hsmrest.tests.scenario.SoftwareKeys;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Labels of any characters, on the wire and back. */
@Tag("scenario")
class LabelsTest {
  private static final KeyPair PAIR = SoftwareKeys.newKeys();
  private static final KeyPair OTHER = SoftwareKeys.newKeys();

  private final SimulatedHsm hsm = new SimulatedHsm();
  private final HsmContents contents = HsmContents.of(hsm);

  @AfterEach
  void endSimulator() {
    hsm.close();
  }

  static List<String> labels() {
    return List.of(
        "with space",
        "a@b:c;d=e",
        "100%",
        "%41",
        "Schlüssel-ÄÖÜ-鍵",
        "plus+and&more",
        "question?mark#hash",
        "back\\slash\"quote",
        "l".repeat(255),
        "..",
        "Ü".repeat(120));
  }

  @ParameterizedTest
  @MethodSource("labels")
  void everyOperationFindsTheKey(String label) throws Exception {
    contents.key(label, PAIR, SoftwareKeys.selfSigned("any", PAIR));
    KeyStore store = hsm.keyStore("keys.delete = allow");
    assertThat(Collections.list(store.aliases())).containsExactly(label);
    PrivateKey key = (PrivateKey) store.getKey(label, null);

    assertSigns(key);
    X509Certificate renewed = SoftwareKeys.selfSigned("renewed", PAIR);
    store.setKeyEntry(label, key, null, new Certificate[] {renewed});
    assertThat(store.getCertificateChain(label)).containsExactly(renewed);
    assertThat(contents.certificateOf(label)).contains(renewed);
    store.deleteEntry(label);
    assertThat(contents.labels()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("labels")
  void everyOperationFindsTheLoneCertificate(String label) throws Exception {
    X509Certificate certificate = SoftwareKeys.selfSigned("lone", PAIR);
    KeyStore store = hsm.keyStore();

    store.setCertificateEntry(label, certificate);
    assertThat(hsm.keyStore().getCertificate(label)).isEqualTo(certificate);
    assertThat(store.isCertificateEntry(label)).isTrue();
    store.deleteEntry(label);
    assertThat(contents.labels()).isEmpty();
  }

  @Test
  void labelsThatDifferInCaseAreTwoKeys() throws Exception {
    contents.key("Web", PAIR);
    contents.key("web", OTHER);
    KeyStore store = hsm.keyStore();

    assertThat(store.size()).isEqualTo(2);
    assertThat(((HsmPrivateKey) store.getKey("Web", null)).publicKey()).isEqualTo(PAIR.getPublic());
    assertThat(((HsmPrivateKey) store.getKey("web", null)).publicKey())
        .isEqualTo(OTHER.getPublic());
  }

  @Test
  void systemKeysAreNotShown() throws Exception {
    assertThat(hsm.keyStore().size()).isZero();
    assertThat(hsm.keyStore("keys.include = attestation-key").containsAlias("attestation-key"))
        .isFalse();
  }

  @Test
  void aHandleWhoseKeyWasDeletedSaysThatItIsGone() throws Exception {
    contents.key("web", PAIR);
    KeyStore store = hsm.keyStore();
    PrivateKey key = (PrivateKey) store.getKey("web", null);
    contents.delete("web");

    assertThatThrownBy(() -> assertSigns(key))
        .hasMessageContaining("'web'")
        .hasMessageContaining("does not exist");
    assertThat(store.containsAlias("web")).isFalse();
  }

  @Test
  void aHandleWhoseKeyWasMadeAgainDoesNotSignForTheOther() throws Exception {
    contents.key("web", PAIR);
    KeyStore store = hsm.keyStore();
    PrivateKey before = (PrivateKey) store.getKey("web", null);
    contents.delete("web");
    contents.key("web", OTHER);

    assertThatThrownBy(() -> assertSigns(before)).hasMessageContaining("'web'");

    store.load(null);
    assertThat(store.getCertificate("web").getPublicKey()).isEqualTo(OTHER.getPublic());
    assertThat(store.getKey("web", null)).isNotEqualTo(before);
  }

  private void assertSigns(PrivateKey key) throws Exception {
    Signature signature = Signature.getInstance("SHA256withECDSA", hsm.provider());
    signature.initSign(key);
    signature.update((byte) 1);
    byte[] signed = signature.sign();
    Signature verifier = Signature.getInstance("SHA256withECDSA");
    verifier.initVerify(PAIR.getPublic());
    verifier.update((byte) 1);
    assertThat(verifier.verify(signed)).isTrue();
  }
}
