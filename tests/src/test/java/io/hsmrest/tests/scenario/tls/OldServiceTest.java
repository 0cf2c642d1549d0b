package io.hsmrest.tests.scenario.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.keystore.HsmPrivateKey;
import io.hsmrest.tests.scenario.Registered;
import io.hsmrest.tests.scenario.Registered.Position;
import io.hsmrest.tests.scenario.SimulatedHsm;
import io.hsmrest.tests.scenario.SoftwareCa;
import io.hsmrest.tests.scenario.tls.Contexts.KeyManagers;
import java.security.KeyStore;
import java.security.Provider;
import java.security.cert.Certificate;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS with RSA needs RSASSA-PSS, whose form for digests services up to 2.2 do not know. */
@Tag("scenario")
@ResourceLock(Resources.GLOBAL) // the JVM's list of providers
class OldServiceTest {

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void anRsaKeyOfAService22ServesTls(String protocol) throws Exception {
    SoftwareCa ca = SoftwareCa.root("Test CA");
    try (SimulatedHsm hsm = new SimulatedHsm("{\"version\": \"2.2.0\"}")) {
      hsm.create(TlsKey.RSA.newKey());
      String label = TlsKey.RSA.label();
      Provider provider = hsm.provider("keys.include=" + label);
      KeyStore keyStore = TlsHsm.keyStore(provider);
      HsmPrivateKey handle = (HsmPrivateKey) keyStore.getKey(label, null);
      keyStore.setKeyEntry(
          label,
          handle,
          null,
          new Certificate[] {ca.issue("old", handle.publicKey()), ca.certificate()});
      try (Registered registered = Registered.at(Position.LAST, provider)) {
        SSLContext server = Contexts.hsm(registered.provider(), KeyManagers.SUN_X509, null);
        hsm.simulator().resetRequests();
        Handshake.run(Contexts.context(null, ca.trustStore()), server, protocol, false);
        assertThat(hsm.simulator().requests()).containsEntry("POST /v1/synchronousSign", 2L);
        Handshake.run(Contexts.context(null, ca.trustStore()), server, protocol, false);
        assertThat(hsm.simulator().requests()).containsEntry("POST /v1/synchronousSign", 3L);
      }
    }
  }
}
