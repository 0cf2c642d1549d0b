package io.hsmrest.tests.scenario.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hsmrest.client.model.NewKey;
import io.hsmrest.keystore.HsmPrivateKey;
import io.hsmrest.tests.scenario.Policies;
import io.hsmrest.tests.scenario.Registered;
import io.hsmrest.tests.scenario.Registered.Position;
import io.hsmrest.tests.scenario.SimulatedHsm;
import io.hsmrest.tests.scenario.SoftwareCa;
import io.hsmrest.tests.scenario.tls.Contexts.KeyManagers;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Provider;
import java.security.cert.Certificate;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A key whose every use people approve, in a handshake that cannot wait for them. */
@Tag("scenario")
@ResourceLock(Resources.GLOBAL) // the JVM's list of providers
class GatedKeyTest {
  private static final String LABEL = "gated";

  private final SimulatedHsm hsm = new SimulatedHsm();
  private final SoftwareCa ca = SoftwareCa.root("Test CA");

  @BeforeEach
  void makeTheKey() throws GeneralSecurityException {
    hsm.create(NewKey.ec(LABEL, "1.2.840.10045.3.1.7").withPolicy(hsm.approvedBy(1, "alice")));
    KeyStore keyStore = hsm.keyStore();
    HsmPrivateKey handle = (HsmPrivateKey) keyStore.getKey(LABEL, null);
    assertThat(handle.requiresApproval()).isTrue();
    keyStore.setKeyEntry(
        LABEL,
        handle,
        null,
        new Certificate[] {ca.issue("gated", handle.publicKey()), ca.certificate()});
    hsm.simulator().resetRequests();
  }

  @AfterEach
  void stop() {
    hsm.close();
  }

  private void connect(Provider provider, String protocol) throws SSLException {
    SSLContext server = Contexts.hsm(provider, KeyManagers.SUN_X509, null);
    SSLContext client = Contexts.context(null, ca.trustStore());
    Handshake.run(client, server, protocol, false);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void isRefusedAtOnceWithTheReasonAndNobodyIsAsked(String protocol) {
    Provider provider = hsm.provider("keys.include=" + LABEL);
    try (Registered registered = Registered.at(Position.LAST, provider)) {
      assertThatThrownBy(() -> connect(registered.provider(), protocol))
          .hasStackTraceContaining("key 'gated' needs people's approval")
          .hasStackTraceContaining("approval.tls=allow");
    }
    assertThat(hsm.simulator().pendingRequests()).isEmpty();
    assertThat(hsm.simulator().requests())
        .doesNotContainKeys("POST /v1/sign", "POST /v1/synchronousSign");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void isRefusedToAClientToo(String protocol) {
    Provider provider = hsm.provider("keys.include=" + LABEL);
    try (Registered registered = Registered.at(Position.LAST, provider)) {
      SSLContext client =
          Contexts.hsm(registered.provider(), KeyManagers.SUN_X509, ca.trustStore());
      SSLContext server = Contexts.software(ca.softwareKey("the peer"), ca.trustStore());
      assertThatThrownBy(() -> Handshake.run(client, server, protocol, true))
          .hasStackTraceContaining("key 'gated' needs people's approval");
    }
    assertThat(hsm.simulator().requests())
        .doesNotContainKeys("POST /v1/sign", "POST /v1/synchronousSign");
  }

  @ParameterizedTest
  @EnumSource(KeyManagers.class)
  void isRefusedWhateverReadsIt(KeyManagers managers) {
    try (Registered registered =
        Registered.at(Position.LAST, hsm.provider("keys.include=" + LABEL))) {
      SSLContext server = Contexts.hsm(registered.provider(), managers, null);
      SSLContext client = Contexts.context(null, ca.trustStore());
      assertThatThrownBy(() -> Handshake.run(client, server, "TLSv1.3", false))
          .hasStackTraceContaining("key 'gated' needs people's approval");
    }
    assertThat(hsm.simulator().requests())
        .doesNotContainKeys("POST /v1/sign", "POST /v1/synchronousSign");
  }

  /** A key that was free when it was read: one refusal of the service, and no more. */
  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void theFirstRefusalTellsAndFromThenOnNothingIsAsked(String protocol)
      throws GeneralSecurityException, SSLException {
    hsm.create(NewKey.rsa("gated-later", 2048).withPolicy(Policies.free()));
    KeyStore keyStore = hsm.keyStore("keys.include=gated-later");
    HsmPrivateKey handle = (HsmPrivateKey) keyStore.getKey("gated-later", null);
    keyStore.setKeyEntry(
        "gated-later",
        handle,
        null,
        new Certificate[] {ca.issue("later", handle.publicKey()), ca.certificate()});
    try (Registered registered =
        Registered.at(Position.LAST, hsm.provider("keys.include=gated-later"))) {
      SSLContext server = Contexts.hsm(registered.provider(), KeyManagers.SUN_X509, null);
      SSLContext client = Contexts.context(null, ca.trustStore());
      Handshake.run(client, server, protocol, false);
      hsm.gate("gated-later");
      hsm.simulator().resetRequests();
      for (int i = 0; i < 3; i++) {
        SSLContext another = Contexts.context(null, ca.trustStore());
        assertThatThrownBy(() -> Handshake.run(another, server, protocol, false))
            .hasStackTraceContaining("key 'gated-later' needs people's approval");
      }
    }
    assertThat(hsm.simulator().requests())
        .doesNotContainKey("POST /v1/sign")
        .containsEntry("POST /v1/synchronousSign", 1L);
  }

  /** In front on JDK 17, as the first cause on newer ones. */
  @Test
  void theReasonIsNotBuried() {
    Provider provider = hsm.provider("keys.include=" + LABEL);
    try (Registered registered = Registered.at(Position.FIRST, provider)) {
      assertThatThrownBy(() -> connect(registered.provider(), "TLSv1.3"))
          .satisfies(
              e ->
                  assertThat(e.getMessage() + e.getCause()).contains("refused in a TLS handshake"));
    }
  }

  @Test
  void signsWhenThatIsAllowedAndSomebodyApproves() throws Exception {
    Provider provider = hsm.provider("keys.include=" + LABEL, "approval.tls=allow");
    Thread approver =
        new Thread(
            () -> {
              try {
                String id = hsm.simulator().awaitPendingRequest(Duration.ofSeconds(30));
                hsm.simulator().approve(id, "alice");
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    approver.start();
    try (Registered registered = Registered.at(Position.LAST, provider)) {
      connect(registered.provider(), "TLSv1.3");
    }
    approver.join();
    assertThat(hsm.simulator().requests()).containsEntry("POST /v1/sign", 1L);
  }
}
