package io.hsmrest.tests.scenario.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.tests.scenario.Registered;
import io.hsmrest.tests.scenario.Registered.Position;
import io.hsmrest.tests.scenario.tls.Contexts.KeyManagers;
import java.security.Provider;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every protocol, key, role, key manager and position, JSSE on both ends. */
@Tag("scenario")
@ResourceLock(Resources.GLOBAL) // the JVM's list of providers
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsMatrixTest {
  private final TlsHsm hsm = new TlsHsm(TlsKey.values());

  @AfterAll
  void stop() {
    hsm.close();
  }

  /**
   * One cell.
   *
   * @param clientHasTheKey else the server has it
   */
  record Case(
      String protocol,
      TlsKey key,
      boolean clientHasTheKey,
      KeyManagers managers,
      Position position) {
    @Override
    public String toString() {
      return String.join(
          " ",
          protocol,
          key.name(),
          clientHasTheKey ? "client" : "server",
          managers.name(),
          position.name());
    }
  }

  static Stream<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
      for (TlsKey key : TlsKey.values()) {
        for (boolean client : new boolean[] {false, true}) {
          for (KeyManagers managers : KeyManagers.values()) {
            for (Position position : Position.values()) {
              cases.add(new Case(protocol, key, client, managers, position));
            }
          }
        }
      }
    }
    return cases.stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aFullHandshakeCostsOneSignatureAndAResumedOneNone(Case cell) throws SSLException {
    Provider provider = hsm.provider(cell.key());
    try (Registered registered = Registered.at(cell.position(), provider)) {
      SSLContext ours = Contexts.hsm(registered.provider(), cell.managers(), hsm.ca().trustStore());
      SSLContext peer = Contexts.software(hsm.ca().softwareKey("the peer"), hsm.ca().trustStore());
      SSLContext client = cell.clientHasTheKey() ? ours : peer;
      SSLContext server = cell.clientHasTheKey() ? peer : ours;
      long before = hsm.signatures();
      SSLSession full = Handshake.run(client, server, cell.protocol(), cell.clientHasTheKey());
      assertThat(hsm.signatures()).as("signatures of a full handshake").isEqualTo(before + 1);
      assertThat(certificate(full, cell).getSubjectX500Principal().getName())
          .isEqualTo("CN=tls server " + cell.key());
      SSLSession resumed = Handshake.run(client, server, cell.protocol(), cell.clientHasTheKey());
      assertThat(hsm.signatures()).as("signatures of a resumed one").isEqualTo(before + 1);
      assertThat(resumed.getCreationTime()).isEqualTo(full.getCreationTime());
    }
  }

  private static X509Certificate certificate(SSLSession session, Case cell) throws SSLException {
    return (X509Certificate)
        (cell.clientHasTheKey()
            ? session.getLocalCertificates()[0]
            : session.getPeerCertificates()[0]);
  }
}
