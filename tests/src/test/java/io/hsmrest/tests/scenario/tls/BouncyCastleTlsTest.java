package io.hsmrest.tests.scenario.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hsmrest.tests.scenario.Policies;
import io.hsmrest.tests.scenario.Registered;
import io.hsmrest.tests.scenario.Registered.Position;
import java.security.KeyStore;
import java.security.Provider;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.jsse.provider.BouncyCastleJsseProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TLS of Bouncy Castle (BCJSSE) instead of the JDK's, with keys of the HSM. */
@Tag("scenario")
@ResourceLock(Resources.GLOBAL) // the JVM's list of providers
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BouncyCastleTlsTest {
  private static final Logger LOG = Logger.getLogger("org.bouncycastle.jsse");

  // Its TLS takes random numbers from its other provider, by name.
  private final Registered crypto = Registered.at(Position.LAST, new BouncyCastleProvider());
  private final Provider tls = new BouncyCastleJsseProvider();
  private final TlsHsm hsm = new TlsHsm(TlsKey.RSA, TlsKey.P256, TlsKey.P384);

  BouncyCastleTlsTest() {
    LOG.setLevel(Level.SEVERE); // it tells each connection
  }

  @AfterAll
  void stop() {
    crypto.close();
    hsm.close();
  }

  private SSLContext server(Provider provider) throws Exception {
    KeyStore keyStore = TlsHsm.keyStore(provider);
    KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX", tls);
    factory.init(keyStore, new char[0]);
    SSLContext context = SSLContext.getInstance("TLS", tls);
    context.init(factory.getKeyManagers(), null, null);
    return context;
  }

  private void connect(SSLContext server, String protocol) throws Exception {
    Handshake.run(Contexts.context(null, hsm.ca().trustStore()), server, protocol, false);
  }

  @ParameterizedTest
  @CsvSource({
    "RSA, TLSv1.2",
    "RSA, TLSv1.3",
    "P256, TLSv1.2",
    "P256, TLSv1.3",
    "P384, TLSv1.2",
    "P384, TLSv1.3"
  })
  void servesWithOneSignature(TlsKey key, String protocol) throws Exception {
    try (Registered registered = Registered.at(Position.LAST, hsm.provider(key))) {
      SSLContext server = server(registered.provider());
      long before = hsm.signatures();
      connect(server, protocol);
      assertThat(hsm.signatures()).isEqualTo(before + 1);
    }
  }

  @Test
  void aKeyThatPeopleApproveIsRefusedAndNobodyIsAsked() throws Exception {
    try (TlsHsm gated = new TlsHsm();
        HandshakeWarnings warnings = new HandshakeWarnings()) {
      gated.hsm().create(TlsKey.P256.newKey().withPolicy(Policies.free()));
      gated.certify(TlsKey.P256, "gated");
      try (Registered registered = Registered.at(Position.LAST, gated.provider(TlsKey.P256))) {
        SSLContext server = server(registered.provider());
        SSLContext client = Contexts.context(null, gated.ca().trustStore());
        Handshake.run(client, server, "TLSv1.3", false);
        gated.hsm().gate(TlsKey.P256.label());
        for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
          SSLContext another = Contexts.context(null, gated.ca().trustStore());
          assertThatThrownBy(() -> Handshake.run(another, server, protocol, false));
        }
      }
      assertThat(gated.hsm().simulator().requests()).doesNotContainKey("POST /v1/sign");
      assertThat(warnings.texts()).anyMatch(text -> text.contains("refused in a TLS handshake"));
    }
  }
}
