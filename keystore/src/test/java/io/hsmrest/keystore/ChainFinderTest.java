package io.hsmrest.keystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hsmrest.client.HsmException;
import io.hsmrest.client.model.PemText;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which way up is taken where there are several; it is June 2026. */
class ChainFinderTest {
  private static final KeyPair R = Certificates.ec();
  private static final KeyPair R2 = Certificates.ec();
  private static final KeyPair I = Certificates.ec();
  private static final KeyPair L = Certificates.ec();
  private static final X509Certificate ROOT = TestCertificate.root("CN=Root", R).make();
  private static final X509Certificate ROOT2 = TestCertificate.root("CN=Root 2", R2).make();
  private static final X509Certificate ISSUING =
      TestCertificate.of("CN=Issuing", I, ROOT, R).make();
  private static final X509Certificate LEAF =
      TestCertificate.of("CN=leaf", L, ISSUING, I).endEntity().make();

  @TempDir Path folder;

  private final InMemoryHsm hsm = new InMemoryHsm();
  private int loneCertificates;

  private void stored(X509Certificate... certificates) {
    for (X509Certificate certificate : certificates) {
      hsm.withCertificate("lone-" + loneCertificates++, certificate);
    }
  }

  private void linked(X509Certificate child, X509Certificate issuer) {
    hsm.withCertificate(ChainLinks.label(child), issuer);
  }

  private Path file(X509Certificate... certificates) throws Exception {
    StringBuilder pem = new StringBuilder();
    for (X509Certificate certificate : certificates) {
      pem.append(PemText.encode("CERTIFICATE", JdkCrypto.encoded(certificate)));
    }
    return Files.writeString(folder.resolve("ca.pem"), pem);
  }

  private List<X509Certificate> chain(String... settings) throws HsmException {
    return chainOf(LEAF, settings);
  }

  private List<X509Certificate> chainOf(X509Certificate leaf, String... settings)
      throws HsmException {
    return CertificateWorld.over(hsm, settings).session().chains().chainOf(leaf);
  }

  @Test
  void issuersAreFoundAmongTheCertificatesOfThePartition() throws Exception {
    stored(ROOT2, ROOT, ISSUING);
    assertThat(chain()).containsExactly(LEAF, ISSUING, ROOT);
  }

  @Test
  void issuersAreFoundInTheFile() throws Exception {
    assertThat(chain("chain.file = " + file(ROOT, ISSUING))).containsExactly(LEAF, ISSUING, ROOT);
  }

  @Test
  void issuersFromSeveralSourcesAreJoined() throws Exception {
    linked(LEAF, ISSUING);
    assertThat(chain("chain.file = " + file(ROOT))).containsExactly(LEAF, ISSUING, ROOT);
  }

  @Test
  void aSelfSignedLeafAsksNobody() throws Exception {
    CertificateWorld world = CertificateWorld.over(hsm);
    hsm.takeCalls();
    assertThat(world.session().chains().chainOf(ROOT)).containsExactly(ROOT);
    assertThat(hsm.takeCalls()).isEmpty();
  }

  @Test
  void aChainThatWasStoredWithItsLeafCostsOneRequestPerLinkAndNoList() throws Exception {
    linked(LEAF, ISSUING);
    linked(ISSUING, ROOT);
    stored(ROOT2);
    CertificateWorld world = CertificateWorld.over(hsm);
    assertThat(world.session().chains().chainOf(LEAF)).containsExactly(LEAF, ISSUING, ROOT);
    assertThat(hsm.takeCalls())
        .containsExactly(
            "certificate " + ChainLinks.label(LEAF), "certificate " + ChainLinks.label(ISSUING));

    world.pass(Duration.ofMinutes(4));
    assertThat(world.session().chains().chainOf(LEAF)).hasSize(3);
    assertThat(hsm.takeCalls()).isEmpty();
  }

  @Test
  void ofACrossSignedCaTheWayThatWasStoredIsTakenAndOtherwiseTheShortest() throws Exception {
    X509Certificate crossed = TestCertificate.of("CN=Root", R, ROOT2, R2).make();
    stored(ROOT, ROOT2, crossed, ISSUING);
    assertThat(chain()).containsExactly(LEAF, ISSUING, ROOT);

    linked(LEAF, ISSUING);
    linked(ISSUING, crossed);
    assertThat(chain()).containsExactly(LEAF, ISSUING, crossed, ROOT2);
  }

  @Test
  void aCrossSignedCaWhoseRootIsThereIsPreferredToOneWhoseRootIsNot() throws Exception {
    X509Certificate lost = TestCertificate.of("CN=Issuing", I, ROOT2, R2).make();
    stored(lost, ISSUING, ROOT);
    assertThat(chain()).containsExactly(LEAF, ISSUING, ROOT);
    assertThat(chain("chain.file = " + file(lost, ISSUING, ROOT)))
        .containsExactly(LEAF, ISSUING, ROOT);
  }

  @Test
  void twoCasThatCrossSignEachOtherMakeNoLoop() throws Exception {
    X509Certificate a = TestCertificate.of("CN=A", I, ROOT2, R2).make();
    X509Certificate fakeRoot2 = TestCertificate.of("CN=Root 2", R2, a, I).make();
    X509Certificate leaf = TestCertificate.of("CN=leaf", L, a, I).make();
    stored(a, fakeRoot2);
    assertThat(chainOf(leaf)).containsExactly(leaf, a, fakeRoot2);
  }

  @Test
  void theSameNameWithAnotherKeyIsNoIssuer() throws Exception {
    X509Certificate namesake = TestCertificate.root("CN=Issuing", Certificates.ec()).make();
    X509Certificate otherNamesake = TestCertificate.of("CN=Issuing", R2, ROOT, R).make();
    stored(namesake, otherNamesake, ROOT, ISSUING);
    assertThat(chain()).containsExactly(LEAF, ISSUING, ROOT);
    hsm.remove("lone-3");
    assertThat(chain()).containsExactly(LEAF);
  }

  @Test
  void ofACaRenewedWithTheSameKeyTheCertificateThatLastsLongerIsTaken() throws Exception {
    X509Certificate renewed =
        TestCertificate.of("CN=Issuing", I, ROOT, R).valid("2026-02-01", "2060-01-01").make();
    X509Certificate older =
        TestCertificate.of("CN=Issuing", I, ROOT, R).valid("2026-02-01", "2026-07-01").make();
    X509Certificate longRoot =
        TestCertificate.root("CN=Root", R).valid("2026-01-01", "2070-01-01").make();
    stored(older, ISSUING, renewed, longRoot);
    assertThat(chain()).containsExactly(LEAF, renewed, longRoot);
  }

  @Test
  void anExpiredIntermediateBesideAValidOneIsNotServed() throws Exception {
    X509Certificate expired =
        TestCertificate.of("CN=Issuing", I, ROOT, R).valid("2020-01-01", "2026-05-31").make();
    X509Certificate future =
        TestCertificate.of("CN=Issuing", I, ROOT, R).valid("2026-06-02", "2060-05-31").make();
    stored(expired, future, ROOT, ISSUING);
    assertThat(chain()).containsExactly(LEAF, ISSUING, ROOT);
  }

  @Test
  void evenOneThatWasStoredWithTheLeaf() throws Exception {
    X509Certificate expired =
        TestCertificate.of("CN=Issuing", I, ROOT, R).valid("2020-01-01", "2026-05-31").make();
    linked(LEAF, expired);
    linked(expired, ROOT);
    stored(ROOT, ISSUING);
    assertThat(chain()).containsExactly(LEAF, ISSUING, ROOT);
  }

  @Test
  void whereThereIsNoOtherItIsServedAndToldOnce() throws Exception {
    X509Certificate expired =
        TestCertificate.of("CN=Issuing", I, ROOT, R).valid("2020-01-01", "2026-05-31").make();
    linked(LEAF, expired);
    linked(expired, ROOT);
    CertificateWorld world = CertificateWorld.over(hsm);
    try (CapturedLog log = new CapturedLog()) {
      assertThat(world.session().chains().chainOf(LEAF)).containsExactly(LEAF, expired, ROOT);
      world.session().forget();
      world.session().chains().chainOf(LEAF);
      assertThat(log.warnings())
          .containsExactly(
              "the chain of 'CN=leaf' goes through 'CN=Issuing' (serial number "
                  + expired.getSerialNumber().toString(16)
                  + "), which is not valid now");
    }
  }

  @Test
  void anExpiredRootIsNoReasonToLookFurther() throws Exception {
    X509Certificate expiredRoot =
        TestCertificate.root("CN=Root", R).valid("2020-01-01", "2026-05-31").make();
    linked(LEAF, ISSUING);
    linked(ISSUING, expiredRoot);
    CertificateWorld world = CertificateWorld.over(hsm);
    assertThat(world.session().chains().chainOf(LEAF)).containsExactly(LEAF, ISSUING, expiredRoot);
    assertThat(hsm.takeCalls()).doesNotContain("list");
  }

  @Test
  void whatMayNotIssueComesLast() throws Exception {
    X509Certificate noCa = TestCertificate.of("CN=Issuing", I, ROOT, R).endEntity().make();
    X509Certificate noSigner =
        TestCertificate.of("CN=Issuing", I, ROOT, R).keyUsage(KeyUsage.cRLSign).make();
    X509Certificate neither =
        TestCertificate.of("CN=Issuing", I, ROOT, R).withoutBasicConstraints().make();
    stored(noCa, noSigner, neither, ROOT);
    try (CapturedLog log = new CapturedLog()) {
      assertThat(chain()).hasSize(3).doesNotContain(ISSUING);
      assertThat(log.warnings()).singleElement().asString().endsWith("which is no CA");
    }
    stored(ISSUING);
    assertThat(chain()).containsExactly(LEAF, ISSUING, ROOT);
  }

  @Test
  void anIncompleteChainIsServedAndTheMissingIssuerNamedOnce() throws Exception {
    linked(LEAF, ISSUING);
    CertificateWorld world = CertificateWorld.over(hsm);
    try (CapturedLog log = new CapturedLog()) {
      for (int i = 0; i < 3; i++) {
        assertThat(world.session().chains().chainOf(LEAF)).containsExactly(LEAF, ISSUING);
        world.session().forget();
        world.pass(Duration.ofHours(1));
      }
      assertThat(log.warnings())
          .containsExactly(
              "the chain of 'CN=leaf' is incomplete: no certificate of 'CN=Root', the issuer of"
                  + " 'CN=Issuing', is in the partition or in chain.file");
    }
  }

  @Test
  void aLinkToACertificateThatDidNotIssueIsIgnored() throws Exception {
    linked(LEAF, ROOT2);
    stored(ISSUING, ROOT);
    try (CapturedLog log = new CapturedLog()) {
      assertThat(chain()).containsExactly(LEAF, ISSUING, ROOT);
      assertThat(log.warnings())
          .containsExactly(
              "the certificate under '"
                  + ChainLinks.label(LEAF)
                  + "' did not issue 'CN=leaf' and is ignored");
    }
  }

  @Test
  void whereLabelsAreExactNothingIsListed() throws Exception {
    linked(LEAF, ISSUING);
    hsm.withKey("leaf", L.getPublic(), LEAF);
    CertificateWorld world = CertificateWorld.over(hsm, "keys.include = leaf");
    assertThat(world.session().chains().chainOf(LEAF)).containsExactly(LEAF, ISSUING);
    assertThat(world.session().certificates()).containsExactlyInAnyOrder(LEAF, ISSUING);
    assertThat(hsm.takeCalls()).doesNotContain("list");
  }

  @Test
  void allCertificatesAreThoseShownTheirLinksAndTheFile() throws Exception {
    hsm.withKey("leaf", L.getPublic(), LEAF).withKey("hidden", Certificates.ec());
    linked(LEAF, ISSUING);
    linked(ROOT2, ROOT2);
    assertThat(
            CertificateWorld.over(hsm, "chain.file = " + file(ROOT), "keys.exclude = hidden")
                .session()
                .certificates())
        .containsExactlyInAnyOrder(LEAF, ISSUING, ROOT, ROOT2);
  }

  @Test
  void aChangedFileIsReadAgainAndAnUnchangedOneIsNot() throws Exception {
    Path file = file(ROOT2);
    CertificateWorld world = CertificateWorld.over(hsm, "chain.file = " + file);
    assertThat(world.session().chains().chainOf(LEAF)).containsExactly(LEAF);

    file(ISSUING, ROOT);
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-06-02T00:00:00Z")));
    world.session().forget();
    assertThat(world.session().chains().chainOf(LEAF)).containsExactly(LEAF, ISSUING, ROOT);
    assertThat(world.session().chains().fromFile()).isSameAs(world.session().chains().fromFile());
  }

  @Test
  void aFileThatIsMissingOrHoldsNoCertificateIsAnErrorThatNamesIt() throws Exception {
    Path missing = folder.resolve("missing.pem");
    assertThatThrownBy(() -> chain("chain.file = " + missing))
        .hasMessageStartingWith("chain.file " + missing + " cannot be read");
    Path empty = Files.write(folder.resolve("empty.pem"), "hello".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> chain("chain.file = " + empty))
        .hasMessageStartingWith("chain.file " + empty + " is no PEM file with certificates: ");
    Path nothing = Files.createFile(folder.resolve("nothing.pem"));
    assertThatThrownBy(() -> chain("chain.file = " + nothing))
        .hasMessage("chain.file " + nothing + " is no PEM file with certificates: it is empty");
  }

  @Test
  void aMazeOfCrossSignedCasEnds() throws Exception {
    List<KeyPair> keys = new ArrayList<>();
    List<X509Certificate> roots = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      keys.add(Certificates.ec());
      roots.add(TestCertificate.root("CN=M" + i, keys.get(i)).make());
    }
    List<X509Certificate> maze = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      for (int j = 0; j < 9; j++) {
        if (i != j) {
          maze.add(TestCertificate.of("CN=M" + i, keys.get(i), roots.get(j), keys.get(j)).make());
        }
      }
    }
    X509Certificate leaf = TestCertificate.of("CN=leaf", L, roots.get(0), keys.get(0)).make();
    stored(maze.toArray(new X509Certificate[0]));
    List<X509Certificate> chain = chainOf(leaf);
    assertThat(chain).hasSizeBetween(2, 12).startsWith(leaf).doesNotHaveDuplicates();

    stored(roots.get(8));
    assertThat(chainOf(leaf)).endsWith(roots.get(8));
  }

  @Test
  void mixedKeyTypesMakeAChain() throws Exception {
    KeyPair rsa = Certificates.rsa();
    KeyPair ed = Certificates.ed25519();
    X509Certificate root = TestCertificate.root("CN=Ed", ed).make();
    X509Certificate middle = TestCertificate.of("CN=RSA", rsa, root, ed).make();
    X509Certificate leaf = TestCertificate.of("CN=leaf", L, middle, rsa).make();
    stored(root, middle);
    assertThat(chainOf(leaf)).containsExactly(leaf, middle, root);
  }

  @Test
  void aServiceThatListsKeysAloneHasItsStoredChainsFoundAllTheSame() throws Exception {
    linked(LEAF, ISSUING);
    linked(ISSUING, ROOT);
    hsm.withKey("leaf", L.getPublic(), LEAF).listingKeysOnly();
    CertificateWorld world = CertificateWorld.over(hsm);
    world.session().partition().snapshot();
    assertThat(world.session().chains().chainOf(LEAF)).containsExactly(LEAF, ISSUING, ROOT);
    assertThat(world.session().certificates()).containsExactlyInAnyOrder(LEAF, ISSUING, ROOT);
  }
}
