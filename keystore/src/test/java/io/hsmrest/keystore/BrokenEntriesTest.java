package io.hsmrest.keystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hsmrest.client.HsmException;
import java.io.IOException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.ProviderException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One entry that cannot be read hides no other; a service that cannot be asked hides nothing. */
class BrokenEntriesTest {
  private static final KeyPair PAIR = Certificates.ec();

  private final InMemoryHsm hsm = new InMemoryHsm().withKey("good", PAIR);
  private final CapturedLog log = new CapturedLog();

  @AfterEach
  void endCapture() {
    log.close();
  }

  @Test
  void aKeyThatCannotBeReadIsLeftOutAndReportedOnce() throws Exception {
    hsm.withKey("bad", PAIR)
        .refusingAttributes("bad", Refusal.inHsm("read key 'bad'", "Error reading key"));
    TestStore source = TestStore.over(hsm);
    KeyStore store = source.loaded();

    assertThat(Collections.list(store.aliases())).containsExactly("good");
    assertThat(log.warnings())
        .singleElement()
        .asString()
        .contains("'bad' is not shown")
        .contains("Error reading key");

    source.pass(Duration.ofHours(1));
    assertThat(store.size()).isEqualTo(1);
    store.load(null);
    assertThat(store.size()).isEqualTo(1);
    assertThat(log.warnings()).hasSize(1);
  }

  @Test
  void whoAsksForABrokenKeyByNameIsToldWhy() throws Exception {
    hsm.withKey("bad", PAIR)
        .refusingAttributes("bad", Refusal.inHsm("read key 'bad'", "Error reading key"));
    KeyStore store = TestStore.loadedOver(hsm);

    for (int pass = 0; pass < 2; pass++) {
      assertThatThrownBy(() -> store.containsAlias("bad"))
          .isInstanceOf(ProviderException.class)
          .hasMessageContaining("'bad' cannot be read")
          .hasMessageContaining("Error reading key");
      assertThatThrownBy(() -> store.getKey("bad", null)).isInstanceOf(ProviderException.class);
      assertThat(store.size()).isEqualTo(1);
    }
  }

  @Test
  void theCertificateOfABrokenKeyIsNoTrustedCertificate() throws Exception {
    hsm.withKey("bad", PAIR)
        .refusingAttributes("bad", Refusal.inHsm("read key 'bad'", "Error reading key"));

    assertThat(Collections.list(TestStore.loadedOver(hsm).aliases())).doesNotContain("bad");
  }

  @Test
  void aLabelOfWhichTheHsmSaysThatItIsNoKeyMayBeALoneCertificate() throws Exception {
    hsm.withCertificate("ca", Certificates.selfSigned("ca", PAIR))
        .refusingAttributes("ca", Refusal.inHsm("read key 'ca'", "KEY_FUNCTION_NOT_PERMITTED"));
    KeyStore store = TestStore.loadedOver(hsm);

    assertThat(store.isCertificateEntry("ca")).isTrue();
    assertThat(log.warnings()).isEmpty();
  }

  @Test
  void aCertificateThatCannotBeReadLeavesTheKeyWithoutOne() throws Exception {
    hsm.withKey("unparsable", PAIR.getPublic(), null)
        .withRawCertificate("unparsable", new byte[] {0x30, 1, 2})
        .withKey("unreadable", PAIR)
        .refusingCertificate("unreadable", Refusal.inHsm("read certificate", "Could not load"))
        .withKey("foreign", PAIR.getPublic(), Certificates.selfSigned("x", Certificates.ec()));
    KeyStore store = TestStore.loadedOver(hsm);

    assertThat(Collections.list(store.aliases()))
        .containsExactly("foreign", "good", "unparsable", "unreadable");
    for (String alias : List.of("foreign", "unparsable", "unreadable")) {
      assertThat(store.getKey(alias, null)).isInstanceOf(HsmPrivateKey.class);
      assertThat(store.getCertificateChain(alias)).isNull();
      assertThat(log.warnings()).anyMatch(warning -> warning.contains("'" + alias + "'"));
    }
    assertThat(log.warnings()).hasSize(3);
  }

  @Test
  void aLoneCertificateThatCannotBeParsedIsBroken() throws Exception {
    hsm.withRawCertificate("ca", new byte[] {0x30, 1, 2});

    assertThat(TestStore.loadedOver(hsm).size()).isEqualTo(1);
    assertThat(log.warnings()).singleElement().asString().contains("'ca' is not shown");
  }

  @Test
  void keysOfNoUseForSignaturesAreNotShownAndNotReported() throws Exception {
    KeyPairGenerator dsa = KeyPairGenerator.getInstance("DSA");
    dsa.initialize(1024);
    hsm.withSymmetricKey("aes")
        .withKeyOfType("dsa", "DSA", dsa.generateKeyPair().getPublic().getEncoded())
        .withKeyOfType("bls", "BLS", new byte[] {1, 2, 3});
    KeyStore store = TestStore.loadedOver(hsm);

    assertThat(Collections.list(store.aliases())).containsExactly("good");
    for (String alias : List.of("aes", "dsa", "bls")) {
      assertThat(store.containsAlias(alias)).isFalse();
      assertThat(store.getKey(alias, null)).isNull();
      assertThat(store.isKeyEntry(alias)).isFalse();
    }
    assertThat(log.warnings()).isEmpty();
  }

  @Test
  void brokenKeysCostNoTlsServerItsOtherKeys() throws Exception {
    hsm.withKey("bad", PAIR)
        .refusingAttributes("bad", Refusal.inHsm("read key 'bad'", "Error reading key"));
    KeyManagerFactory factory = KeyManagerFactory.getInstance("SunX509");
    factory.init(TestStore.loadedOver(hsm), null);

    assertThat(factory.getKeyManagers()).hasSize(1);
  }

  static List<HsmException> failuresOfTheService() {
    return List.of(
        Refusal.badGateway("read"), Refusal.noConnection("read"), Refusal.wrongApiKey("read"));
  }

  @ParameterizedTest
  @MethodSource("failuresOfTheService")
  void aServiceThatFailsIsNoEmptyStore(HsmException failure) throws Exception {
    TestStore source = TestStore.over(hsm);
    KeyStore store = source.loaded();
    hsm.failing(failure);

    assertThatThrownBy(store::aliases).isInstanceOf(ProviderException.class).hasCause(failure);
    assertThatThrownBy(store::size).isInstanceOf(ProviderException.class);
    assertThatThrownBy(() -> store.getKey("good", null)).isInstanceOf(ProviderException.class);
    assertThatThrownBy(() -> store.getCertificateAlias(Certificates.selfSigned("x", PAIR)))
        .isInstanceOf(ProviderException.class);
    assertThatThrownBy(() -> store.load(null)).isInstanceOf(IOException.class);

    hsm.failing(null);
    assertThat(store.size()).isEqualTo(1);
  }

  @Test
  void aStoreOfWhichNothingCanBeReadIsNotEmpty() throws Exception {
    hsm.withKey("other", PAIR);
    for (String label : List.of("good", "other")) {
      hsm.refusingAttributes(label, Refusal.inHsm("read key", "Access to HSM is not working"));
    }

    assertThatThrownBy(() -> TestStore.loadedOver(hsm).size())
        .isInstanceOf(ProviderException.class)
        .hasMessageContaining("none of the 2 entries can be read")
        .hasMessageContaining("Access to HSM is not working");
  }
}
