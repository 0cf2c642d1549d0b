package io.hsmrest.keystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hsmrest.client.HsmException;
import io.hsmrest.client.model.PemText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChainCleanUpTest {
  private static final KeyPair ROOT_KEY = Certificates.ec();
  private static final KeyPair CA_KEY = Certificates.ec();
  private static final KeyPair KEY = Certificates.ec();
  private static final X509Certificate ROOT = TestCertificate.root("CN=Root", ROOT_KEY).make();
  private static final X509Certificate CA =
      TestCertificate.of("CN=CA", CA_KEY, ROOT, ROOT_KEY).make();
  private static final X509Certificate LEAF =
      TestCertificate.of("CN=web", KEY, CA, CA_KEY).endEntity().make();

  @TempDir Path folder;

  private final InMemoryHsm hsm = new InMemoryHsm();

  @BeforeEach
  void chain() throws Exception {
    hsm.withKey("web", KEY.getPublic(), null).withSymmetricKey("aes");
    certificates().importCertificate("web", List.of(LEAF, CA, ROOT));
  }

  private HsmCertificates certificates(String... settings) throws HsmException {
    return CertificateWorld.over(hsm, settings).certificates();
  }

  @Test
  void aChainInUseIsLeftAlone() throws Exception {
    assertThat(certificates().removeUnusedChainCertificates()).isEmpty();
    assertThat(certificates().certificateChain("web")).hasSize(3);
  }

  @Test
  void aDeletedKeysChainIsFoundAndOnlyThenRemoved() throws Exception {
    hsm.remove("web");
    HsmCertificates certificates = certificates();
    hsm.takeCalls();

    List<UnusedChainCertificate> unused = certificates.unusedChainCertificates();
    assertThat(unused)
        .containsExactlyInAnyOrder(
            new UnusedChainCertificate(ChainLinks.label(LEAF), "CN=CA"),
            new UnusedChainCertificate(ChainLinks.label(CA), "CN=Root"));
    assertThat(hsm.takeCalls()).noneMatch(call -> call.startsWith("delete"));

    assertThat(certificates.removeUnusedChainCertificates()).isEqualTo(unused);
    assertThat(hsm.has(ChainLinks.label(LEAF))).isFalse();
    assertThat(certificates.unusedChainCertificates()).isEmpty();
  }

  @Test
  void aRenewedCertificatesOldLinkGoesAndTheSharedOneStays() throws Exception {
    X509Certificate renewed = TestCertificate.of("CN=web", KEY, CA, CA_KEY).make();
    certificates().importCertificate("web", List.of(renewed, CA, ROOT));
    assertThat(certificates().removeUnusedChainCertificates())
        .containsExactly(new UnusedChainCertificate(ChainLinks.label(LEAF), "CN=CA"));
    assertThat(certificates().certificateChain("web")).containsExactly(renewed, CA, ROOT);
  }

  @Test
  void keysThatTheSettingsHideKeepTheirChains() throws Exception {
    assertThat(certificates("keys.exclude = web").removeUnusedChainCertificates()).isEmpty();
    assertThat(certificates("keys.include = other*").removeUnusedChainCertificates()).isEmpty();
  }

  @Test
  void issuersOfLoneCertificatesAndOfChainFileAreInUse() throws Exception {
    hsm.remove("web");
    hsm.withCertificate("partner", LEAF);
    assertThat(certificates().unusedChainCertificates()).isEmpty();

    hsm.remove("partner");
    Path file =
        Files.writeString(
            folder.resolve("ca.pem"), PemText.encode("CERTIFICATE", JdkCrypto.encoded(CA)));
    assertThat(certificates("chain.file = " + file).unusedChainCertificates())
        .extracting(UnusedChainCertificate::label)
        .containsExactly(ChainLinks.label(LEAF));
  }

  @Test
  void whereOneCertificateCannotBeReadNothingIsRemoved() {
    hsm.withKey("broken", KEY.getPublic(), null)
        .refusingCertificate("broken", Refusal.inHsm("read", "no"));
    assertThatThrownBy(() -> certificates().removeUnusedChainCertificates())
        .hasMessageContaining("the certificate under 'broken' cannot be read")
        .hasMessageEndingWith("nothing was removed");
  }

  @Test
  void aChainCertificateThatNobodyCanParseIsRemovedLikeAnother() throws Exception {
    hsm.withRawCertificate("hsmrest.ca.0000", new byte[] {1, 2, 3});
    assertThat(certificates().removeUnusedChainCertificates())
        .containsExactly(new UnusedChainCertificate("hsmrest.ca.0000", "unreadable"));
  }

  @Test
  void certificatesUnderOtherLabelsAreNeverTouched() throws Exception {
    hsm.withCertificate("hsmrest.cabinet", ROOT).withCertificate("Hsmrest.ca.x", ROOT);
    assertThat(certificates().unusedChainCertificates()).isEmpty();
  }
}
