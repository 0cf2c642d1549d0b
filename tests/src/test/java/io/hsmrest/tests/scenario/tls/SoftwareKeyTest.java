package io.hsmrest.tests.scenario.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.tests.scenario.Registered;
import io.hsmrest.tests.scenario.Registered.Position;
import io.hsmrest.tests.scenario.SimulatedHsm;
import io.hsmrest.tests.scenario.SoftwareCa;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TLS of other people's keys in a JVM with this provider: RSASSA-PSS is the hard case. */
@Tag("scenario")
@ResourceLock(Resources.GLOBAL) // the JVM's list of providers
class SoftwareKeyTest {

  @ParameterizedTest
  @CsvSource({"FIRST, TLSv1.2", "FIRST, TLSv1.3", "LAST, TLSv1.3"})
  void anRsaKeyOfTheJdkServesWithoutTheHsm(Position position, String protocol) throws Exception {
    SoftwareCa ca = SoftwareCa.root("Test CA");
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA", "SunRsaSign");
    generator.initialize(2048);
    KeyPair pair = generator.generateKeyPair();
    KeyStore keyStore = KeyStore.getInstance("PKCS12");
    keyStore.load(null, null);
    keyStore.setKeyEntry(
        "rsa",
        pair.getPrivate(),
        new char[0],
        new Certificate[] {ca.issue("software", pair.getPublic()), ca.certificate()});
    try (SimulatedHsm hsm = new SimulatedHsm()) {
      hsm.simulator().resetRequests();
      try (Registered registered = Registered.at(position, hsm.provider())) {
        assertThat(registered.provider().getName()).isNotEmpty();
        SSLContext server = Contexts.software(keyStore, null);
        Handshake.run(Contexts.context(null, ca.trustStore()), server, protocol, false);
      }
      assertThat(hsm.simulator().requests()).isEmpty();
    }
  }
}
