package io.hsmrest.tests.scenario.keystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hsmrest.client.model.KeyFlags;
import io.hsmrest.client.model.NewKey;
import io.hsmrest.client.model.Secret;
import io.hsmrest.keystore.HsmPrivateKey;
import io.hsmrest.simulator.control.Fault;
import io.hsmrest.tests.scenario.HsmContents;
import io.hsmrest.tests.scenario.SimulatedHsm;
import io.hsmrest.tests.scenario.SoftwareCa;
import io.hsmrest.tests.scenario.SoftwareKeys;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.ProviderException;
import java.security.Signature;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.Collections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Entries of every kind, as the service really keeps them. */
@Tag("scenario")
class EntriesTest {
  private static final SoftwareCa CA = SoftwareCa.root("Test CA");
  private static final String P256 = "1.2.840.10045.3.1.7";
  private static final String IN_HSM =
      "{\"errorCode\": 701, \"reason\": \"res.error.in.hsm\", \"message\": \"Error reading key\"}";

  private final SimulatedHsm hsm = new SimulatedHsm();
  private final HsmContents contents = HsmContents.of(hsm);

  @AfterEach
  void endSimulator() {
    hsm.close();
  }

  @Test
  void symmetricKeysAreNotShownAndNotTouched() throws Exception {
    contents.create(symmetric("aes"));
    KeyStore store = hsm.keyStore("keys.delete = allow");

    assertThat(store.size()).isZero();
    assertThat(store.containsAlias("aes")).isFalse();
    assertThatThrownBy(() -> store.setCertificateEntry("aes", CA.certificate()))
        .isInstanceOf(KeyStoreException.class)
        .hasMessageContaining("does not show");
    assertThatThrownBy(() -> store.deleteEntry("aes")).isInstanceOf(KeyStoreException.class);
    assertThat(contents.labels()).containsExactly("aes");
  }

  static NewKey symmetric(String label) {
    KeyFlags flags = new KeyFlags(false, true, false, false, true, true);
    return new NewKey(label, "AES", 256, null, flags, null, null);
  }

  @Test
  void aBrokenKeyIsLeftOutUntilItIsMended() throws Exception {
    contents.key("good", SoftwareKeys.newKeys());
    contents.key("bad", SoftwareKeys.newKeys());
    hsm.simulator()
        .faults()
        .add(
            Fault.answer(500, "application/json", IN_HSM)
                .on("POST", "/v1/key/attributes")
                .forLabel("bad")
                .times(1));
    KeyStore store = hsm.keyStore();

    assertThat(Collections.list(store.aliases())).containsExactly("good");
    assertThatThrownBy(() -> store.getKey("bad", null))
        .isInstanceOf(ProviderException.class)
        .hasMessageContaining("Error reading key");

    store.load(null);
    assertThat(Collections.list(store.aliases())).containsExactly("bad", "good");
  }

  @Test
  void aKeyWithAPasswordSignsAndTakesACertificateWithIt() throws Exception {
    char[] password = "test-password".toCharArray();
    contents.create(NewKey.ec("locked", P256).withPassword(Secret.of(password)));
    KeyStore store = hsm.keyStore();
    assertThat(store.isKeyEntry("locked")).isTrue();
    assertThatThrownBy(() -> store.getKey("locked", null))
        .isInstanceOf(UnrecoverableKeyException.class)
        .hasMessageContaining("keys.password.locked");
    assertThatThrownBy(() -> store.getKey("locked", "test-mistake".toCharArray()))
        .isInstanceOf(UnrecoverableKeyException.class);

    PrivateKey key = (PrivateKey) store.getKey("locked", password);
    assertThat(sign(key)).isNotEmpty();
    X509Certificate certificate = CA.issue("locked", ((HsmPrivateKey) key).publicKey());
    store.setKeyEntry("locked", key, password, new Certificate[] {certificate, CA.certificate()});
    assertThat(store.getCertificateChain("locked")).containsExactly(certificate, CA.certificate());

    KeyStore configured = hsm.keyStore("keys.password.locked = test-password");
    assertThat(sign((PrivateKey) configured.getKey("locked", null))).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({"RSA, 2048, SHA256withRSA", "EC, 256, SHA256withECDSA", "Ed25519, 255, Ed25519"})
  void anImportedKeySignsAndStaysInTheHsm(String algorithm, int bits, String signature)
      throws Exception {
    KeyPair pair = SoftwareKeys.newKeys(algorithm, bits);
    Certificate[] chain = {CA.issue("imported", pair.getPublic()), CA.certificate()};
    KeyStore store = hsm.keyStore("keys.import = allow");

    store.setKeyEntry("imported", pair.getPrivate(), null, chain);

    assertThat(contents.isExtractable("imported")).isFalse();
    assertThat(store.getCertificateChain("imported")).containsExactly(chain);
    Signature signing = Signature.getInstance(signature, hsm.provider());
    signing.initSign((PrivateKey) store.getKey("imported", null));
    signing.update((byte) 1);
    byte[] signed = signing.sign();
    Signature verifier = Signature.getInstance(signature);
    verifier.initVerify(pair.getPublic());
    verifier.update((byte) 1);
    assertThat(verifier.verify(signed)).isTrue();
  }

  @Test
  void aKeyOfACurveTheJdkCannotUseIsShownAllTheSame() throws Exception {
    contents.create(NewKey.ec("bitcoin", "1.3.132.0.10"));
    KeyStore store = hsm.keyStore();

    assertThat(Collections.list(store.aliases())).containsExactly("bitcoin");
    assertThat(store.getKey("bitcoin", null).getAlgorithm()).isEqualTo("EC");
  }

  @Test
  void loneCertificatesAreTrustAnchorsAndKeysAreNot() throws Exception {
    contents.certificate("ca", CA.certificate());
    contents.key("web", SoftwareKeys.newKeys());

    PKIXParameters parameters = new PKIXParameters(hsm.keyStore());

    assertThat(parameters.getTrustAnchors())
        .extracting(TrustAnchor::getTrustedCert)
        .containsExactly(CA.certificate());
  }

  private byte[] sign(PrivateKey key) throws Exception {
    Signature signature = Signature.getInstance("SHA256withECDSA", hsm.provider());
    signature.initSign(key);
    signature.update((byte) 1);
    return signature.sign();
  }
}
