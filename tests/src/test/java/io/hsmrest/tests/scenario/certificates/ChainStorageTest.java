package io.hsmrest.tests.scenario.certificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hsmrest.client.model.NewKey;
import io.hsmrest.keystore.HsmCertificates;
import io.hsmrest.keystore.HsmPrivateKey;
import io.hsmrest.keystore.UnusedChainCertificate;
import io.hsmrest.simulator.control.Fault;
import io.hsmrest.tests.scenario.SimulatedHsm;
import io.hsmrest.tests.scenario.SoftwareCa;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CA certificates of chains: kept in the HSM, in a file, and cleaned up. */
@Tag("scenario")
class ChainStorageTest {
  private final SoftwareCa root = SoftwareCa.root("Outside Root");
  private final SoftwareCa issuing = root.intermediate("Outside Issuing");
  private SimulatedHsm service;
  private HsmPrivateKey key;
  private List<X509Certificate> chain;

  @TempDir Path folder;

  @BeforeEach
  void start() {
    service = CertificateService.start();
    key = service.create(NewKey.ec("web", CertificateService.P256));
    chain = issuing.chainFor("www.example.org", key.publicKey());
  }

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void aCasReplyIsInstalledThroughTheKeyStoreAndReadByAnother() throws Exception {
    KeyStore keyStore = service.keyStore();
    keyStore.setKeyEntry("web", key, null, chain.toArray(new Certificate[0]));
    assertThat(service.keyStore("name = other").getCertificateChain("web"))
        .containsExactlyElementsOf(chain);
    assertThat(service.keyStore("keys.include = web").getCertificateChain("web"))
        .containsExactlyElementsOf(chain);
    assertThat(java.util.Collections.list(keyStore.aliases())).containsExactly("web");
  }

  @Test
  void whatNobodyNeedsAnyMoreIsRemovedOnDemand() throws Exception {
    HsmCertificates certificates = service.certificates();
    certificates.importCertificate("web", chain);
    List<X509Certificate> renewed = issuing.chainFor("www.example.org", key.publicKey());
    certificates.importCertificate("web", renewed);

    List<UnusedChainCertificate> unused = certificates.unusedChainCertificates();
    assertThat(unused)
        .extracting(UnusedChainCertificate::subject)
        .containsExactly("CN=Outside Issuing");
    assertThat(certificates.removeUnusedChainCertificates()).isEqualTo(unused);
    assertThat(certificates.unusedChainCertificates()).isEmpty();
    assertThat(service.keyStore("name = other").getCertificateChain("web"))
        .containsExactlyElementsOf(renewed);

    service.keyStore("keys.delete = allow", "name = third").deleteEntry("web");
    assertThat(service.certificates("name = fourth").removeUnusedChainCertificates()).hasSize(2);
    assertThat(service.certificates("name = fifth").unusedChainCertificates()).isEmpty();
  }

  @Test
  void whereNoCertificateWithoutAKeyIsTakenTheFileIsTheWay() throws Exception {
    service
        .simulator()
        .faults()
        .add(
            Fault.answer(500, "application/json", refusal())
                .on("POST", "/v1/key/import/plain")
                .times(20));
    assertThatThrownBy(() -> service.certificates().importCertificate("web", chain))
        .hasMessageContaining("name it in chain.file, and set chain.store=none");
    assertThat(service.certificates().certificate("web")).isEmpty();
    assertThat(service.simulator().faults().waiting()).isNotEmpty();

    Path file =
        Files.copy(new OpenSsl(folder).pem(chain.get(1), chain.get(2)), folder.resolve("ca.pem"));
    String[] settings = {"chain.store = none", "chain.file = " + file};
    service.certificates(settings).importCertificate("web", chain);
    assertThat(service.keyStore(settings).getCertificateChain("web"))
        .containsExactlyElementsOf(chain);
    assertThat(service.keyStore("name = other").getCertificateChain("web")).hasSize(1);
  }

  private static String refusal() {
    return "{\"errorCode\": 701, \"reason\": \"res.error.in.hsm\", \"message\": \"not here\"}";
  }
}
