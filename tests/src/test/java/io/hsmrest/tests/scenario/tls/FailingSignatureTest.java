package io.hsmrest.tests.scenario.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hsmrest.simulator.control.Fault;
import io.hsmrest.tests.documents.Checkout;
import io.hsmrest.tests.scenario.Registered;
import io.hsmrest.tests.scenario.Registered.Position;
import io.hsmrest.tests.scenario.tls.Contexts.KeyManagers;
import java.security.Provider;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A service that refuses or does not answer, in the middle of a handshake. */
@Tag("scenario")
@ResourceLock(Resources.GLOBAL) // the JVM's list of providers
class FailingSignatureTest {
  private static final String SIGN = "/v1/synchronousSign";

  // A key of each test's own: what was told of another test's would be left out for a minute.
  private final TlsHsm hsm = new TlsHsm(TlsKey.P256, TlsKey.P384, TlsKey.P521, TlsKey.ED25519);
  private final HandshakeWarnings warnings = new HandshakeWarnings();

  @AfterEach
  void stop() {
    warnings.close();
    hsm.close();
  }

  private void connect(SSLContext server) throws SSLException {
    SSLContext client = Contexts.context(null, hsm.ca().trustStore());
    Handshake.run(client, server, "TLSv1.3", false);
  }

  private void fails(TlsKey key, Fault fault, String reason, String... settings)
      throws SSLException {
    Provider provider = hsm.provider(key, settings);
    try (Registered registered = Registered.at(Position.LAST, provider)) {
      SSLContext server = Contexts.hsm(registered.provider(), KeyManagers.SUN_X509, null);
      hsm.hsm().simulator().faults().add(fault.on("POST", SIGN));
      assertThatThrownBy(() -> connect(server))
          .isInstanceOf(SSLException.class)
          .hasStackTraceContaining("with key '" + key.label() + "'")
          .hasStackTraceContaining(reason);
      assertThat(warnings.texts())
          .singleElement()
          .asString()
          .startsWith("a TLS handshake failed: ")
          .contains("with key '" + key.label() + "'", reason);
      connect(server);
    }
  }

  @Test
  void aRefusalNamesKeyAndReasonAndTheNextHandshakeWorks() throws SSLException {
    fails(
        TlsKey.P256,
        Fault.answer(
            401,
            "application/json",
            "{\"errorCode\": 406, \"reason\": \"res.error.jwt\", \"message\": \"token ended\"}"),
        "token ended");
    assertThat(Checkout.text("docs/tls.md"))
        .contains(warnings.texts().get(0).replace(TlsKey.P256.label(), "web-tls") + "\n```");
  }

  @Test
  void aServiceThatDoesNotAnswerNamesKeyAndReasonAndTheNextHandshakeWorks() throws SSLException {
    fails(
        TlsKey.P384,
        Fault.delayed(Duration.ofSeconds(20)),
        "no complete answer in time",
        "sign.timeout=300ms",
        "retry.maxAttempts=1");
  }

  @Test
  void aSignatureOfSomethingElseNamesKeyAndReasonAndTheNextHandshakeWorks() throws SSLException {
    fails(
        TlsKey.P521,
        Fault.answer(200, "application/json", "{\"signature\": \"AAAA\"}"),
        "signature");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5})
  void whoeverConnectsDoesNotFillTheLog(int times) throws SSLException {
    TlsKey key = TlsKey.ED25519;
    Provider provider = hsm.provider(key, "retry.maxAttempts=1");
    try (Registered registered = Registered.at(Position.LAST, provider)) {
      SSLContext server = Contexts.hsm(registered.provider(), KeyManagers.SUN_X509, null);
      // Another reason for each run of this test.
      int status = 500 + times;
      for (int i = 0; i < times; i++) {
        hsm.hsm().simulator().faults().add(Fault.answer(status, "text/plain", "").on("POST", SIGN));
        assertThatThrownBy(() -> connect(server)).isInstanceOf(SSLException.class);
      }
    }
    assertThat(warnings.texts()).hasSize(1);
  }
}
