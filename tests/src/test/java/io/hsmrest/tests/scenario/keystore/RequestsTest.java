package io.hsmrest.tests.scenario.keystore;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.keystore.HsmPrivateKey;
import io.hsmrest.tests.scenario.HsmContents;
import io.hsmrest.tests.scenario.LocalTlsServer;
import io.hsmrest.tests.scenario.Registered;
import io.hsmrest.tests.scenario.Registered.Position;
import io.hsmrest.tests.scenario.SimulatedHsm;
import io.hsmrest.tests.scenario.SoftwareCa;
import io.hsmrest.tests.scenario.SoftwareKeys;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Security;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How many requests reach the service, by its own count. */
@Tag("scenario")
class RequestsTest {
  private static final String LIST = "GET /v1/key";
  private static final String ATTRIBUTES = "POST /v1/key/attributes";
  private static final SoftwareCa CA = SoftwareCa.root("Test CA");
  private static final KeyPair PAIR = SoftwareKeys.newKeys();
  private static final X509Certificate LEAF = CA.issue("web", PAIR.getPublic());

  private final SimulatedHsm hsm = new SimulatedHsm();
  private final HsmContents contents = HsmContents.of(hsm);

  @AfterEach
  void endSimulator() {
    hsm.close();
  }

  @Test
  void oneKeyByItsExactLabelTakesTwoAndOneForEachIssuer() throws Exception {
    contents.key("web", PAIR);
    KeyStore installing = hsm.keyStore();
    installing.setKeyEntry(
        "web", installing.getKey("web", null), null, new Certificate[] {LEAF, CA.certificate()});
    for (int i = 0; i < 20; i++) {
      contents.key("other" + i, PAIR);
    }
    hsm.simulator().resetRequests();

    KeyStore store = hsm.keyStore("keys.include = web");
    assertThat(store.getKey("web", null)).isInstanceOf(HsmPrivateKey.class);
    assertThat(store.getCertificateChain("web")).containsExactly(LEAF, CA.certificate());

    assertThat(hsm.simulator().requests()).doesNotContainKey(LIST).containsEntry(ATTRIBUTES, 1L);
    assertThat(hsm.simulator().requestCount()).isEqualTo(3);
  }

  @Test
  void allKeysTakeOneListAndTwoEachAndTheSecondTimeNothing() throws Exception {
    for (int i = 0; i < 50; i++) {
      contents.key("key" + i, PAIR);
    }
    KeyStore store = hsm.keyStore();
    hsm.simulator().resetRequests();
    store.load(null);

    for (int pass = 0; pass < 2; pass++) {
      for (String alias : Collections.list(store.aliases())) {
        assertThat(store.getKey(alias, null)).isInstanceOf(HsmPrivateKey.class);
        assertThat(store.getCertificateChain(alias)).hasSize(1);
        assertThat(store.getCertificateAlias(store.getCertificate(alias))).isNotNull();
      }
      assertThat(hsm.keyStore().size()).isEqualTo(50);
      assertThat(hsm.simulator().requests()).containsEntry(LIST, 1L).containsEntry(ATTRIBUTES, 50L);
      assertThat(hsm.simulator().requestCount()).isEqualTo(1 + 2 * 50);
    }
  }

  @Test
  void handshakesAmongAThousandKeysTakeOneSignatureEachAndNothingElse() throws Exception {
    for (int i = 0; i < 1_000; i++) {
      contents.key("key" + i, PAIR, LEAF);
    }
    contents.certificate("ca", CA.certificate());
    KeyStore store = hsm.keyStore();
    assertThat(store.size()).isEqualTo(1_001);

    for (String keyManagers : List.of("SunX509", "NewSunX509")) {
      KeyManagerFactory factory = KeyManagerFactory.getInstance(keyManagers);
      factory.init(store, null);
      try (Registered registered = Registered.at(Position.LAST, hsm.provider());
          LocalTlsServer server = LocalTlsServer.of(factory.getKeyManagers())) {
        assertThat(Security.getProviders()).endsWith(registered.provider());
        hsm.simulator().resetRequests();
        for (int i = 0; i < 3; i++) {
          assertThat(server.handshake(CA.trustStore()).get(0)).isEqualTo(LEAF);
        }
        assertThat(hsm.simulator().requests())
            .as(keyManagers)
            .containsExactly(Map.entry("POST /v1/synchronousSign", 3L));
      }
    }
  }

  @Test
  void aChangeReadsAgainWhatItHasChangedAndNothingElse() throws Exception {
    for (int i = 0; i < 20; i++) {
      contents.key("key" + i, PAIR);
    }
    KeyStore store = hsm.keyStore();
    assertThat(store.size()).isEqualTo(20);
    PrivateKey key = (PrivateKey) store.getKey("key7", null);
    hsm.simulator().resetRequests();

    store.setKeyEntry(
        "key7", key, null, new Certificate[] {SoftwareKeys.selfSigned("renewed", PAIR)});
    assertThat(Collections.list(store.aliases())).hasSize(20);
    assertThat(store.getCertificateChain("key7")).hasSize(1);

    assertThat(reads()).as("of key7 alone").isLessThanOrEqualTo(4);
  }

  private long reads() {
    return hsm.simulator().requests().entrySet().stream()
        .filter(
            entry ->
                entry.getKey().equals(ATTRIBUTES)
                    || entry.getKey().startsWith("GET /v1/certificate"))
        .collect(Collectors.summingLong(Map.Entry::getValue));
  }
}
