package io.hsmrest.tests.scenario.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hsmrest.keystore.HsmPrivateKey;
import io.hsmrest.provider.AsyncSigner;
import io.hsmrest.tests.scenario.Registered;
import io.hsmrest.tests.scenario.Registered.Position;
import io.hsmrest.tests.scenario.SimulatedHsm;
import io.hsmrest.tests.scenario.SoftwareCa;
import io.hsmrest.tests.scenario.tls.Contexts.KeyManagers;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.KeyStore;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A certificate may tie its RSASSA-PSS key to one hash (RFC 4055 3.3), here SHA-384. */
@Tag("scenario")
@ResourceLock(Resources.GLOBAL) // the JVM's list of providers
class TiedPssKeyTest {
  private static final String LABEL = TlsKey.RSASSA_PSS.label();

  private final SimulatedHsm hsm = new SimulatedHsm();
  private final SoftwareCa ca = SoftwareCa.root("Test CA");
  private final Provider provider;

  TiedPssKeyTest() {
    hsm.create(TlsKey.RSASSA_PSS.newKey());
    provider = hsm.provider("keys.include=" + LABEL);
  }

  @BeforeEach
  void certify() throws Exception {
    KeyStore keyStore = TlsHsm.keyStore(provider);
    HsmPrivateKey handle = (HsmPrivateKey) keyStore.getKey(LABEL, null);
    PublicKey tied = TlsHsm.pssKey((RSAPublicKey) handle.publicKey(), pss("SHA-384", 48));
    keyStore.setKeyEntry(
        LABEL, handle, null, new Certificate[] {ca.issue("tied", tied), ca.certificate()});
  }

  @AfterEach
  void stop() {
    hsm.close();
  }

  private HsmPrivateKey handle() throws Exception {
    return (HsmPrivateKey) TlsHsm.keyStore(provider).getKey(LABEL, null);
  }

  private static PSSParameterSpec pss(String digest, int salt) {
    return new PSSParameterSpec(digest, "MGF1", new MGF1ParameterSpec(digest), salt, 1);
  }

  @Test
  void signsWithItsHashAlone() throws Exception {
    HsmPrivateKey handle = handle();
    assertThat(handle.getAlgorithm()).isEqualTo("RSASSA-PSS");
    Signature signature = Signature.getInstance("RSASSA-PSS", provider);
    signature.initSign(handle);
    assertThatThrownBy(() -> signature.setParameter(pss("SHA-256", 32)))
        .isInstanceOf(InvalidAlgorithmParameterException.class)
        .hasMessageContaining("SHA-384")
        .hasMessageContaining(LABEL);
    signature.setParameter(pss("SHA-384", 48));
    assertThat(signature.sign()).hasSize(256);
    Signature other = Signature.getInstance("RSASSA-PSS", provider);
    other.setParameter(pss("SHA-512", 64));
    assertThatThrownBy(() -> other.initSign(handle)).isInstanceOf(InvalidKeyException.class);
  }

  @Test
  void signsWithItsHashAloneWithoutAThreadThatWaitsToo() throws Exception {
    HsmPrivateKey handle = handle();
    assertThatThrownBy(() -> AsyncSigner.of("SHA256withRSAandMGF1", handle))
        .isInstanceOf(InvalidKeyException.class)
        .hasMessageContaining("allows SHA-384 with a salt of 48 bytes or more");
    assertThat(
            AsyncSigner.of("SHA384withRSAandMGF1", handle).sign(new byte[5], Runnable::run).get())
        .hasSize(256);
  }

  @Test
  void signsNothingButPss() throws Exception {
    HsmPrivateKey handle = handle();
    Signature signature = Signature.getInstance("SHA384withRSA", provider);
    assertThatThrownBy(() -> signature.initSign(handle)).isInstanceOf(InvalidKeyException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void servesTls(String protocol) throws Exception {
    try (Registered registered = Registered.at(Position.LAST, provider)) {
      Handshake.run(
          Contexts.context(null, ca.trustStore()),
          Contexts.hsm(registered.provider(), KeyManagers.SUN_X509, null),
          protocol,
          false);
    }
    assertThat(hsm.simulator().requests()).containsEntry("POST /v1/synchronousSign", 1L);
  }
}
