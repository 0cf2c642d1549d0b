package io.hsmrest.tests.scenario.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.hsmrest.client.model.NewKey;
import io.hsmrest.keystore.HsmCertificates;
import io.hsmrest.provider.HsmRestProvider;
import io.hsmrest.tests.scenario.SimulatedHsm;
import io.hsmrest.tests.scenario.SoftwareCa;
import io.hsmrest.tests.scenario.SoftwareKeys;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.Provider;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code CertPathBuilder} and {@code CertStore} of type HsmRest. */
@Tag("scenario")
class PathBuildingTest {
  private final SoftwareCa root = SoftwareCa.root("Root");
  private final SoftwareCa issuing = root.intermediate("Middle").intermediate("Issuing");
  private final List<X509Certificate> chain =
      issuing.chainFor("www.example.org", SoftwareKeys.newKeys().getPublic());
  private SimulatedHsm hsm;
  private KeyStore keyStore;

  @BeforeEach
  void start() {
    hsm = new SimulatedHsm();
    keyStore = hsm.keyStore();
  }

  @AfterEach
  void stop() {
    hsm.close();
  }

  private void store(X509Certificate... certificates) throws Exception {
    for (X509Certificate certificate : certificates) {
      keyStore.setCertificateEntry("lone-" + keyStore.size(), certificate);
    }
  }

  private static PKIXBuilderParameters caller(X509Certificate target, X509Certificate anchor)
      throws Exception {
    X509CertSelector selector = new X509CertSelector();
    selector.setCertificate(target);
    PKIXBuilderParameters parameters =
        new PKIXBuilderParameters(Set.of(new TrustAnchor(anchor, null)), selector);
    parameters.setRevocationEnabled(false);
    return parameters;
  }

  private PKIXCertPathBuilderResult build(PKIXBuilderParameters parameters, String... settings)
      throws Exception {
    return (PKIXCertPathBuilderResult)
        CertPathBuilder.getInstance("HsmRest", hsm.provider(settings)).build(parameters);
  }

  @Test
  void aPathLeadsOverTheCertificatesOfThePartition() throws Exception {
    store(chain.get(1), chain.get(2));
    assertThat(build(caller(chain.get(0), chain.get(3))).getCertPath().getCertificates())
        .isEqualTo(chain.subList(0, 3));
  }

  @Test
  void itLeadsOverCertificatesOfKeysAndThoseKeptWithThem() throws Exception {
    hsm.create(NewKey.ec("web", "1.2.840.10045.3.1.7"));
    List<X509Certificate> installed = issuing.chainFor("web.example.org", publicKey("web"));
    HsmCertificates.open(hsm.config()).importCertificate("web", installed);
    X509Certificate web = installed.get(0);
    assertThat(build(caller(web, chain.get(3))).getCertPath().getCertificates())
        .isEqualTo(installed.subList(0, 3));
    assertThat(
            build(caller(web, chain.get(3)), "keys.include = web").getCertPath().getCertificates())
        .hasSize(3);
  }

  private java.security.PublicKey publicKey(String label) throws Exception {
    return ((io.hsmrest.keystore.HsmPrivateKey) hsm.keyStore().getKey(label, null)).publicKey();
  }

  @Test
  void aFailureNamesWhatIsMissing() throws Exception {
    store(chain.get(1));
    assertThatThrownBy(() -> build(caller(chain.get(0), chain.get(3))))
        .isInstanceOf(CertPathBuilderException.class)
        .hasMessageEndingWith(
            "no certificate of 'CN=Middle', the issuer of 'CN=Issuing', is in the partition, in"
                + " chain.file or among the trust anchors");
    X509Certificate stranger = SoftwareCa.root("Stranger").certificate();
    store(chain.get(2), chain.get(3));
    assertThatThrownBy(() -> build(caller(chain.get(0), stranger), "name = later"))
        .hasMessageEndingWith("'CN=Root', at which the path ends, is not among the trust anchors");
  }

  @Test
  void aServiceThatIsDownIsSaidToBe() {
    Provider provider = hsm.provider("http.deadline = 1s");
    hsm.simulator().close();
    assertThatThrownBy(
            () ->
                CertPathBuilder.getInstance("HsmRest", provider)
                    .build(caller(chain.get(0), chain.get(3))))
        .isInstanceOf(CertPathBuilderException.class)
        .hasRootCauseInstanceOf(java.net.ConnectException.class);
  }

  @Test
  void amongThreeHundredCaCertificatesItsResultIsTheJdks() throws Exception {
    Random random = new Random(5);
    List<SoftwareCa> cas = new ArrayList<>(List.of(root));
    List<X509Certificate> all = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      // Names come several times, with different keys.
      SoftwareCa ca = cas.get(random.nextInt(cas.size())).intermediate("CA " + random.nextInt(100));
      if (ca.chain().size() < 6) {
        cas.add(ca);
        all.add(ca.certificate());
      }
    }
    Collections.shuffle(all, random);
    store(all.toArray(new X509Certificate[0]));
    CertPathBuilder ours = CertPathBuilder.getInstance("HsmRest", hsm.provider("name = after"));
    CertPathBuilder jdk = CertPathBuilder.getInstance("PKIX");
    for (int i = 0; i < 40; i++) {
      X509Certificate target =
          cas.get(random.nextInt(cas.size()))
              .chainFor("host" + i, SoftwareKeys.newKeys().getPublic())
              .get(0);
      PKIXBuilderParameters direct = caller(target, root.certificate());
      direct.addCertStore(
          CertStore.getInstance("Collection", new CollectionCertStoreParameters(all)));
      assertThat(
              ((PKIXCertPathBuilderResult) ours.build(caller(target, root.certificate())))
                  .getCertPath())
          .isEqualTo(((PKIXCertPathBuilderResult) jdk.build(direct)).getCertPath());
    }
  }

  @Test
  void theSameCertificatesAreACertStore() throws Exception {
    store(chain.get(1), chain.get(2));
    CertStore store = CertStore.getInstance("HsmRest", null, hsm.provider());
    X509CertSelector selector = new X509CertSelector();
    selector.setSubject(new X500Principal("CN=Middle"));
    assertThat(store.getCertificates(selector).size()).isOne();
    assertThat(store.getCertificates(null).size()).isEqualTo(2);
    PKIXBuilderParameters parameters = caller(chain.get(0), chain.get(3));
    parameters.addCertStore(store);
    assertThat(CertPathBuilder.getInstance("PKIX").build(parameters)).isNotNull();
  }

  @Test
  void revocationIsCheckedByTheJdksChecker() throws Exception {
    store(chain.get(1), chain.get(2));
    CertPathBuilder builder = CertPathBuilder.getInstance("HsmRest", hsm.provider());
    PKIXRevocationChecker checker = (PKIXRevocationChecker) builder.getRevocationChecker();
    checker.setOptions(
        Set.of(
            PKIXRevocationChecker.Option.SOFT_FAIL,
            PKIXRevocationChecker.Option.PREFER_CRLS,
            PKIXRevocationChecker.Option.NO_FALLBACK));
    PKIXBuilderParameters parameters = caller(chain.get(0), chain.get(3));
    parameters.addCertPathChecker(checker);
    assertThat(builder.build(parameters)).isNotNull();
  }

  @Test
  void thePkixOfTheJdkStaysTheJdks() throws Exception {
    Provider provider = hsm.provider();
    assertThat(provider.getService("CertPathBuilder", "PKIX")).isNull();
    assertThat(HsmRestProvider.NAME).isEqualTo("HsmRest");
  }

  @Test
  void buildingPathsAsksNobodyToApprove() throws Exception {
    hsm.create(NewKey.ec("gated", "1.2.840.10045.3.1.7").withPolicy(hsm.approvedBy(1, "alice")));
    store(chain.get(1), chain.get(2));
    build(caller(chain.get(0), chain.get(3)));
    assertThat(hsm.simulator().pendingRequests()).isEmpty();
  }

  /** An address inside a certificate never leads back to this host. */
  @Test
  void nothingIsFetchedFromThisHostEvenWhereDownloadsAreOn() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          exchange.sendResponseHeaders(404, -1);
          exchange.close();
        });
    server.start();
    try {
      KeyPair pair = SoftwareKeys.newKeys();
      X509Certificate target =
          issuing.withIssuerAt(
              "http://localhost:" + server.getAddress().getPort() + "/ca.crt", pair.getPublic());
      assertThatThrownBy(() -> build(caller(target, chain.get(3)), "chain.aia = true"))
          .hasMessageContaining("no certificate of 'CN=Issuing'");
      assertThat(asked).hasValue(0);
    } finally {
      server.stop(0);
    }
  }
}
