package io.hsmrest.tests.scenario.keystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hsmrest.client.model.NewKey;
import io.hsmrest.keystore.HsmPrivateKey;
import io.hsmrest.tests.scenario.HsmContents;
import io.hsmrest.tests.scenario.SimulatedHsm;
import io.hsmrest.tests.scenario.SoftwareCa;
import io.hsmrest.tests.scenario.SoftwareKeys;
import java.io.IOException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A server that holds an API key for using keys, and none for reading them. */
@Tag("scenario")
class LeastPrivilegeTest {
  private static final String MANAGE = "auth.apiKey.keyManagement = test-manage";
  private static final String USE = "auth.apiKey.keyOperation = test-use";
  private static final String QUICKLY = "approval.poll = 5ms..20ms";
  private static final String QUIETLY = "approval.progress = none";
  private static final SoftwareCa CA = SoftwareCa.root("Test CA");
  private static final KeyPair PAIR = SoftwareKeys.newKeys();

  private final SimulatedHsm hsm =
      new SimulatedHsm(
          "{\"apiKeys\": {\"keyManagementToken\": \"test-manage\","
              + " \"keyOperationToken\": \"test-use\"}}");
  private final HsmContents contents = HsmContents.of(hsm, MANAGE, USE);

  @AfterEach
  void endSimulator() {
    hsm.close();
  }

  @Test
  void signsWithAKeyOfWhichTheCertificateAloneWasRead() throws Exception {
    X509Certificate leaf = CA.issue("web", PAIR.getPublic());
    contents.key("web", PAIR, leaf);
    hsm.simulator().resetRequests();
    KeyStore store = hsm.keyStore(USE, "keys.include = web");

    HsmPrivateKey key = (HsmPrivateKey) store.getKey("web", null);
    assertThat(store.getCertificate("web")).isEqualTo(leaf);
    assertThat(sign(key)).isNotEmpty();

    assertThat(hsm.simulator().requests())
        .containsOnly(
            Map.entry("GET /v1/certificate/web", 1L), Map.entry("POST /v1/synchronousSign", 1L));
  }

  @Test
  void learnsFromTheFirstRefusalThatAKeyIsGated() throws Exception {
    contents.create(
        NewKey.ec("gated", "1.2.840.10045.3.1.7").withPolicy(hsm.approvedBy(1, "alice")));
    contents.attach("gated", CA.issue("gated", contents.publicKeyOf("gated")));
    KeyStore store = hsm.keyStore(USE, "keys.include = gated", QUICKLY, QUIETLY);
    HsmPrivateKey key = (HsmPrivateKey) store.getKey("gated", null);
    assertThat(key.requiresApproval()).isFalse();

    CompletableFuture<byte[]> signing =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return sign(key);
              } catch (Exception e) {
                throw new CompletionException(e);
              }
            });
    hsm.simulator().approve(hsm.simulator().awaitPendingRequest(Duration.ofSeconds(60)), "alice");

    assertThat(signing.get()).isNotEmpty();
    assertThat(((HsmPrivateKey) store.getKey("gated", null)).requiresApproval()).isTrue();
  }

  @Test
  void withoutAListOfLabelsLoadSaysWhichRightIsMissing() {
    assertThatThrownBy(() -> KeyStore.getInstance("HsmRest", hsm.provider(USE)).load(null, null))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("list keys")
        .hasMessageContaining("auth.apiKey.keyManagement");
  }

  private byte[] sign(HsmPrivateKey key) throws Exception {
    Signature signature = Signature.getInstance("SHA256withECDSA", hsm.provider());
    signature.initSign(key);
    signature.update((byte) 1);
    return signature.sign();
  }
}
