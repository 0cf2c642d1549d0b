package io.hsmrest.tests.scenario.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.tests.scenario.Registered;
import io.hsmrest.tests.scenario.Registered.Position;
import io.hsmrest.tests.scenario.tls.Contexts.KeyManagers;
import java.security.Provider;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A certificate that is renewed in the HSM while the server runs. */
@Tag("scenario")
@ResourceLock(Resources.GLOBAL) // the JVM's list of providers
class RenewalTest {
  private final TlsHsm hsm = new TlsHsm(TlsKey.P256);

  @AfterEach
  void stop() {
    hsm.close();
  }

  /** A client of its own each time, so that nothing is resumed. */
  private Certificate served(SSLContext server) throws SSLException {
    SSLContext client = Contexts.context(null, hsm.ca().trustStore());
    return Handshake.run(client, server, "TLSv1.3", false).getPeerCertificates()[0];
  }

  @ParameterizedTest
  @EnumSource(
      value = KeyManagers.class,
      names = {"NEW_SUN_X509", "BUILDER"})
  void isServedWithoutARestartOnceTheCacheIsOld(KeyManagers managers) throws SSLException {
    Provider provider = hsm.provider(TlsKey.P256, "keys.cacheTtl=0s");
    try (Registered registered = Registered.at(Position.LAST, provider)) {
      SSLContext server = Contexts.hsm(registered.provider(), managers, null);
      Certificate old = served(server);
      X509Certificate renewed = hsm.certify(TlsKey.P256, "renewed");
      assertThat(old).isNotEqualTo(renewed);
      assertThat(served(server)).isEqualTo(renewed);
    }
  }

  @Test
  void isServedByANewContextWhereTheKeyManagerKeepsWhatItRead() throws SSLException {
    Provider provider = hsm.provider(TlsKey.P256, "keys.cacheTtl=0s");
    try (Registered registered = Registered.at(Position.LAST, provider)) {
      SSLContext server = Contexts.hsm(registered.provider(), KeyManagers.SUN_X509, null);
      Certificate old = served(server);
      X509Certificate renewed = hsm.certify(TlsKey.P256, "renewed");
      assertThat(served(server)).isEqualTo(old);
      SSLContext reloaded = Contexts.hsm(registered.provider(), KeyManagers.SUN_X509, null);
      assertThat(served(reloaded)).isEqualTo(renewed);
    }
  }
}
