package io.hsmrest.tests.scenario.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hsmrest.client.model.KeyFlags;
import io.hsmrest.client.model.NewKey;
import io.hsmrest.keystore.HsmPrivateKey;
import io.hsmrest.tests.scenario.Registered;
import io.hsmrest.tests.scenario.Registered.Position;
import io.hsmrest.tests.scenario.tls.Contexts.KeyManagers;
import java.security.KeyStore;
import java.security.Provider;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
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
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A store with keys of many types, and keys that JSSE can do nothing with. */
@Tag("scenario")
@ResourceLock(Resources.GLOBAL) // the JVM's list of providers
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SeveralKeysTest {
  private static final String RSA_SUITE = "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256";
  private static final String EC_SUITE = "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256";

  private final TlsHsm hsm = new TlsHsm(TlsKey.values());

  /** Keys of the HSM for which JSSE has no signature schemes. */
  private enum Useless {
    SECP256K1(label -> NewKey.ec(label, "1.3.132.0.10")),
    BRAINPOOL(label -> NewKey.ec(label, "1.3.36.3.3.2.8.1.1.7")),
    ML_DSA(label -> new NewKey(label, "ML-DSA-65", null, null, KeyFlags.forSigning(), null, null));

    @SuppressWarnings("ImmutableEnumChecker") // a lambda without state
    private final Function<String, NewKey> maker;

    Useless(Function<String, NewKey> maker) {
      this.maker = maker;
    }

    String label() {
      return "useless-" + ordinal();
    }
  }

  SeveralKeysTest() throws Exception {
    for (Useless each : Useless.values()) {
      hsm.hsm().create(each.maker.apply(each.label()));
      KeyStore keyStore = hsm.hsm().keyStore("keys.include=" + each.label());
      HsmPrivateKey handle = (HsmPrivateKey) keyStore.getKey(each.label(), null);
      keyStore.setKeyEntry(
          each.label(),
          handle,
          null,
          new Certificate[] {
            hsm.ca().issue(each.name(), handle.publicKey()), hsm.ca().certificate()
          });
    }
  }

  @AfterAll
  void stop() {
    hsm.close();
  }

  private static String all() {
    return "keys.include="
        + Arrays.stream(TlsKey.values()).map(TlsKey::label).collect(Collectors.joining(","));
  }

  private SSLContext client() {
    return Contexts.context(null, hsm.ca().trustStore());
  }

  private static String served(SSLSession session) throws SSLException {
    return session.getPeerPrincipal().getName();
  }

  @ParameterizedTest
  @EnumSource(KeyManagers.class)
  void theKeyIsOfTheTypeThatTheHandshakeNeeds(KeyManagers managers) throws SSLException {
    Provider provider = hsm.hsm().provider(all());
    try (Registered registered = Registered.at(Position.LAST, provider)) {
      SSLContext server = Contexts.hsm(registered.provider(), managers, null);
      long before = hsm.signatures();
      assertThat(served(Handshake.run(client(), server, RSA_SUITE))).contains("RSA");
      assertThat(served(Handshake.run(client(), server, EC_SUITE)))
          .doesNotContain("RSA")
          .startsWith("CN=tls server ");
      assertThat(served(Handshake.run(client(), server, "TLSv1.3", false)))
          .startsWith("CN=tls server ");
      assertThat(hsm.signatures()).isEqualTo(before + 3);
    }
  }

  @ParameterizedTest
  @EnumSource(KeyManagers.class)
  void aClientHasAKeyThatTheServerTakes(KeyManagers managers) throws SSLException {
    Provider provider = hsm.hsm().provider(all());
    try (Registered registered = Registered.at(Position.LAST, provider)) {
      SSLContext client = Contexts.hsm(registered.provider(), managers, hsm.ca().trustStore());
      SSLContext server =
          Contexts.software(hsm.ca().softwareKey("the peer"), hsm.ca().trustStore());
      for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
        long before = hsm.signatures();
        SSLSession session = Handshake.run(client, server, protocol, true);
        assertThat(session.getLocalPrincipal().getName()).startsWith("CN=tls server ");
        assertThat(hsm.signatures()).isEqualTo(before + 1);
      }
    }
  }

  static Stream<Arguments> useless() {
    List<Arguments> cells = new ArrayList<>();
    for (Useless key : Useless.values()) {
      for (KeyManagers managers : KeyManagers.values()) {
        for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
          cells.add(Arguments.of(key, managers, protocol));
        }
      }
    }
    return cells.stream();
  }

  /** Nothing is asked of the service for it. */
  @ParameterizedTest
  @MethodSource("useless")
  void aKeyWithoutASchemeServesNobody(Useless key, KeyManagers managers, String protocol) {
    long before = hsm.signatures();
    try (Registered registered =
        Registered.at(Position.LAST, hsm.hsm().provider("keys.include=" + key.label()))) {
      SSLContext alone = Contexts.hsm(registered.provider(), managers, null);
      assertThatThrownBy(() -> Handshake.run(client(), alone, protocol, false))
          .isInstanceOf(SSLException.class);
    }
    assertThat(hsm.signatures()).isEqualTo(before);
  }

  /**
   * Of two EC keys JSSE takes the first, whatever its curve; a key of no type it knows is not seen.
   */
  @ParameterizedTest
  @EnumSource(KeyManagers.class)
  void aKeyOfATypeThatJsseDoesNotKnowHindersNobody(KeyManagers managers) throws SSLException {
    String both = "keys.include=" + Useless.ML_DSA.label() + "," + TlsKey.P256.label();
    try (Registered registered = Registered.at(Position.LAST, hsm.hsm().provider(both))) {
      SSLContext server = Contexts.hsm(registered.provider(), managers, null);
      for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
        assertThat(served(Handshake.run(client(), server, protocol, false)))
            .isEqualTo("CN=tls server P256");
      }
    }
  }
}
