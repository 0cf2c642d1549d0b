package io.hsmrest.tests.scenario.keystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hsmrest.keystore.HsmPrivateKey;
import io.hsmrest.provider.HsmKeyGenParameterSpec;
import io.hsmrest.tests.scenario.HsmContents;
import io.hsmrest.tests.scenario.LocalTlsServer;
import io.hsmrest.tests.scenario.Registered;
import io.hsmrest.tests.scenario.Registered.Position;
import io.hsmrest.tests.scenario.SimulatedHsm;
import io.hsmrest.tests.scenario.SoftwareCa;
import io.hsmrest.tests.scenario.SoftwareKeys;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidParameterException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Security;
import java.security.cert.Certificate;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Key pairs are made in the HSM when they have a name, and in no other case. */
@Tag("scenario")
class KeyGenerationTest {
  private final SimulatedHsm hsm = new SimulatedHsm();
  private final HsmContents contents = HsmContents.of(hsm);

  @AfterEach
  void endSimulator() {
    hsm.close();
  }

  @Test
  void theParametersNameTheKey() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", hsm.provider());
    generator.initialize(HsmKeyGenParameterSpec.ec("web", "secp256r1"));

    KeyPair pair = generator.generateKeyPair();

    assertThat(pair.getPrivate()).isInstanceOf(HsmPrivateKey.class);
    assertThat(pair.getPublic().getFormat()).isEqualTo("X.509");
    assertThat(contents.labels()).containsExactly("web");
    assertThat(contents.publicKeyOf("web")).isEqualTo(pair.getPublic());
    assertThat(contents.isExtractable("web")).isFalse();
  }

  @Test
  void aKeyIsNeverMadeOverAnother() throws Exception {
    contents.key("web", SoftwareKeys.newKeys());
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", hsm.provider());
    generator.initialize(HsmKeyGenParameterSpec.ec("web", "secp256r1"));

    assertThatThrownBy(generator::generateKeyPair)
        .isInstanceOf(ProviderException.class)
        .hasMessageContaining("608")
        .hasMessageContaining("'web'");
  }

  @Test
  void withoutANameNothingIsMade() throws Exception {
    for (String algorithm : new String[] {"RSA", "EC", "Ed25519", "EdDSA", "ML-DSA-65"}) {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm, hsm.provider());
      assertThatThrownBy(() -> generator.initialize(256))
          .isInstanceOf(InvalidParameterException.class)
          .hasMessageContaining("without a name")
          .hasMessageContaining("keygen.label");
      assertThatThrownBy(() -> generator.initialize(new ECGenParameterSpec("secp256r1")))
          .isInstanceOf(InvalidAlgorithmParameterException.class)
          .hasMessageContaining("without a name");
      assertThatThrownBy(generator::generateKeyPair)
          .isInstanceOf(ProviderException.class)
          .hasMessageContaining("without a name");
    }
    assertThat(contents.labels()).isEmpty();
  }

  @Test
  void anApplicationsQuestionForAnAliasNamesNothing() throws Exception {
    assertThat(hsm.keyStore().containsAlias("web")).isFalse();

    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", hsm.provider());
    assertThatThrownBy(generator::generateKeyPair).isInstanceOf(ProviderException.class);
    assertThat(contents.labels()).isEmpty();
  }

  @Test
  void theSettingNamesOneKeyAndNoMore() throws Exception {
    for (AlgorithmParameterSpec curve :
        new AlgorithmParameterSpec[] {
          new NamedParameterSpec("secp256r1"), new ECGenParameterSpec("secp256r1")
        }) {
      Provider provider = hsm.provider("keygen.label = from-setting");
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", provider);
      generator.initialize(curve);

      assertThat(generator.generateKeyPair().getPrivate())
          .isInstanceOfSatisfying(
              HsmPrivateKey.class, key -> assertThat(key.label()).isEqualTo("from-setting"));
      assertThatThrownBy(generator::generateKeyPair)
          .isInstanceOf(ProviderException.class)
          .hasMessageContaining("without a name");
      contents.delete("from-setting");
    }
  }

  @Test
  void settingsShapeTheNewKey() throws Exception {
    Provider provider =
        hsm.provider("keygen.label = k", "keygen.extractable = true", "keygen.destroyable = false");
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA", provider);
    generator.initialize(2048);
    generator.generateKeyPair();

    assertThat(contents.isExtractable("k")).isTrue();
    KeyStore store = hsm.keyStore("keys.delete = allow");
    assertThatThrownBy(() -> store.deleteEntry("k")).isInstanceOf(KeyStoreException.class);
    assertThat(contents.hasKey("k")).isTrue();
  }

  @Test
  void tlsInAnEarlyPositionMakesNoKeysInTheHsm() throws Exception {
    SoftwareCa ca = SoftwareCa.root("Test CA");
    KeyStore soft = ca.softwareKey("soft");
    Provider provider = hsm.provider("keygen.label = never");
    try (Registered registered = Registered.at(Position.FIRST, provider);
        LocalTlsServer server = LocalTlsServer.of(soft)) {
      assertThat(Security.getProviders()).startsWith(registered.provider());
      hsm.simulator().resetRequests();
      assertThat(server.handshake(ca.trustStore()).get(0))
          .isEqualTo(soft.getCertificate("software"));
    }

    assertThat(hsm.simulator().requests()).isEmpty();
    assertThat(contents.labels()).isEmpty();
  }

  @Test
  void aKeyMadeHereGetsItsCertificateThroughTheKeyStore() throws Exception {
    SoftwareCa ca = SoftwareCa.root("Test CA");
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", hsm.provider());
    generator.initialize(HsmKeyGenParameterSpec.ec("web", "secp384r1"));
    KeyPair pair = generator.generateKeyPair();
    KeyStore store = KeyStore.getInstance("HsmRest", hsm.provider());
    store.load(new ByteArrayInputStream(hsm.properties().getBytes(StandardCharsets.UTF_8)), null);

    Certificate[] chain = {ca.issue("web", pair.getPublic()), ca.certificate()};
    store.setKeyEntry("web", pair.getPrivate(), null, chain);

    assertThat(hsm.keyStore().getCertificateChain("web")).containsExactly(chain);
  }
}
