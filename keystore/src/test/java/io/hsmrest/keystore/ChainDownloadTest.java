package io.hsmrest.keystore;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.client.HsmException;
import io.hsmrest.keystore.aia.IssuerDownload;
import io.hsmrest.keystore.aia.LoopbackDownloads;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Chains whose issuers are fetched from the addresses in certificates. */
class ChainDownloadTest {
  private static final KeyPair KEY = Certificates.ec();

  private final InMemoryHsm hsm = new InMemoryHsm();
  private LoopbackDownloads web;

  @BeforeEach
  void start() throws Exception {
    web = new LoopbackDownloads();
  }

  @AfterEach
  void stop() {
    web.close();
  }

  private ChainFinder finder(Optional<IssuerDownload> download) throws HsmException {
    HsmSession session = CertificateWorld.over(hsm).session();
    Clock clock = Clock.fixed(Instant.parse("2026-06-01T00:00:00Z"), ZoneOffset.UTC);
    return new ChainFinder(
        session.links(),
        session.partition(),
        session.config().keys(),
        new ChainFile(null),
        download,
        clock,
        session.log());
  }

  /** Leaf first; each certificate says where its issuer is, and all but the leaf are there. */
  private List<X509Certificate> chainOnTheWeb(int length) throws Exception {
    List<X509Certificate> chain = new ArrayList<>();
    KeyPair issuerKey = Certificates.ec();
    X509Certificate issuer = TestCertificate.root("CN=CA " + (length - 1), issuerKey).make();
    chain.add(issuer);
    for (int i = length - 2; i >= 0; i--) {
      web.serving("/" + (i + 1), issuer.getEncoded());
      KeyPair key = Certificates.ec();
      issuer =
          TestCertificate.of("CN=CA " + i, key, issuer, issuerKey)
              .issuerAt(web.at("/" + (i + 1)))
              .make();
      issuerKey = key;
      chain.add(0, issuer);
    }
    return chain;
  }

  @Test
  void missingIssuersAreFetchedOneAfterTheOther() throws Exception {
    List<X509Certificate> chain = chainOnTheWeb(4);
    assertThat(finder(Optional.of(web.download())).chainOf(chain.get(0))).isEqualTo(chain);
    assertThat(web.asked()).hasSize(3);
  }

  @Test
  void fiveCertificatesAreFetchedForOneChainAtMost() throws Exception {
    List<X509Certificate> chain = chainOnTheWeb(8);
    assertThat(finder(Optional.of(web.download())).chainOf(chain.get(0)))
        .isEqualTo(chain.subList(0, 6));
    assertThat(web.asked()).hasSize(5);
  }

  @Test
  void nothingIsFetchedUnlessItIsSwitchedOn() throws Exception {
    List<X509Certificate> chain = chainOnTheWeb(3);
    assertThat(finder(Optional.empty()).chainOf(chain.get(0))).hasSize(1);
    assertThat(CertificateWorld.over(hsm).session().downloadIssuers(chain.get(0))).isEmpty();
    assertThat(web.asked()).isEmpty();
  }

  @Test
  void whatThePartitionHasIsNotFetched() throws Exception {
    List<X509Certificate> chain = chainOnTheWeb(3);
    hsm.withCertificate("ca", chain.get(1)).withCertificate("root", chain.get(2));
    assertThat(finder(Optional.of(web.download())).chainOf(chain.get(0))).isEqualTo(chain);
    assertThat(web.asked()).isEmpty();
  }

  @Test
  void aCertificateThatDidNotIssueIsNotTaken() throws Exception {
    KeyPair caKey = Certificates.ec();
    X509Certificate ca = TestCertificate.root("CN=CA", caKey).make();
    X509Certificate impostor = TestCertificate.root("CN=CA", Certificates.ec()).make();
    web.serving("/ca", impostor.getEncoded());
    X509Certificate leaf =
        TestCertificate.of("CN=leaf", KEY, ca, caKey).issuerAt(web.at("/ca")).make();
    try (CapturedLog log = new CapturedLog()) {
      assertThat(finder(Optional.of(web.download())).chainOf(leaf)).containsExactly(leaf);
      assertThat(log.warnings()).singleElement().asString().contains("is incomplete");
    }
  }
}
