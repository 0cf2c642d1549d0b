package io.hsmrest.keystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hsmrest.client.HsmException;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.PemText;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What CAs send back, attached to a key with its chain. */
class CertificateImportTest {
  private static final KeyPair ROOT_KEY = Certificates.ec();
  private static final KeyPair CA_KEY = Certificates.ec();
  private static final KeyPair KEY = Certificates.ec();
  private static final X509Certificate ROOT = TestCertificate.root("CN=Root", ROOT_KEY).make();
  private static final X509Certificate CA =
      TestCertificate.of("CN=CA", CA_KEY, ROOT, ROOT_KEY).make();
  private static final X509Certificate LEAF =
      TestCertificate.of("CN=web", KEY, CA, CA_KEY).endEntity().make();
  private static final List<X509Certificate> CHAIN = List.of(LEAF, CA, ROOT);

  @TempDir Path folder;

  private final InMemoryHsm hsm = new InMemoryHsm();

  @BeforeEach
  void key() {
    hsm.withKey("web", KEY.getPublic(), null);
  }

  private CertificateWorld world(String... settings) throws HsmException {
    return CertificateWorld.over(hsm, settings);
  }

  private static byte[] pem(X509Certificate... certificates) {
    StringBuilder text = new StringBuilder("subject=CN = web, issuer = -----\nBag Attributes\n");
    for (X509Certificate certificate : certificates) {
      text.append("some text\n")
          .append(PemText.encode("CERTIFICATE", JdkCrypto.encoded(certificate)));
    }
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] pkcs7(X509Certificate... certificates) throws Exception {
    return CertificateFactory.getInstance("X.509")
        .generateCertPath(List.of(certificates))
        .getEncoded("PKCS7");
  }

  @Test
  void theChainIsReadBackAsItWasGiven() throws Exception {
    HsmCertificates certificates = world().certificates();
    certificates.importCertificate("web", CHAIN);
    assertThat(certificates.certificateChain("web")).isEqualTo(CHAIN);
    assertThat(world().certificates().certificateChain("web")).isEqualTo(CHAIN);
  }

  @Test
  void whatIsAboveComesFirstAndTheLeafLast() throws Exception {
    CertificateWorld world = world();
    hsm.takeCalls();
    world.certificates().importCertificate("web", CHAIN);
    assertThat(hsm.takeCalls())
        .filteredOn(call -> call.startsWith("import ") || call.startsWith("attach "))
        .containsExactly(
            "import " + ChainLinks.label(CA), "import " + ChainLinks.label(LEAF), "attach web");
  }

  @Test
  void asMuchOfAChainAsIsThereAlreadyIsNotSentAgain() throws Exception {
    world().certificates().importCertificate("web", CHAIN);
    KeyPair other = Certificates.ec();
    X509Certificate second = TestCertificate.of("CN=two", other, CA, CA_KEY).make();
    hsm.withKey("two", other.getPublic(), null);
    CertificateWorld world = world();
    hsm.takeCalls();
    world.certificates().importCertificate("two", List.of(second, CA, ROOT));
    assertThat(hsm.takeCalls())
        .filteredOn(call -> call.startsWith("import "))
        .containsExactly("import " + ChainLinks.label(second));
  }

  @Test
  void labelsOfChainCertificatesStayWithinSixtyFourCharacters() {
    assertThat(ChainLinks.label(LEAF)).matches("hsmrest\\.ca\\.[0-9a-f]{52}").hasSize(63);
  }

  @Test
  void aSingleCertificateInDerIsAttached() throws Exception {
    List<X509Certificate> chain =
        world().certificates().importCertificate("web", LEAF.getEncoded());
    assertThat(chain).containsExactly(LEAF);
  }

  @Test
  void pemInAnyOrderWithOtherPeoplesCertificatesIsSorted() throws Exception {
    X509Certificate stranger = Certificates.selfSigned("stranger", Certificates.ec());
    assertThat(world().certificates().importCertificate("web", pem(stranger, ROOT, LEAF, CA)))
        .isEqualTo(CHAIN);
    assertThat(world().certificates().certificateChain("web")).isEqualTo(CHAIN);
  }

  @Test
  void pkcs7IsASetAndIsSorted() throws Exception {
    assertThat(world().certificates().importCertificate("web", pkcs7(CA, LEAF, ROOT)))
        .isEqualTo(CHAIN);
  }

  @Test
  void pkcs7InPemIsTaken() throws Exception {
    byte[] pem =
        PemText.encode("PKCS7", Octets.of(pkcs7(ROOT, CA, LEAF)))
            .getBytes(StandardCharsets.US_ASCII);
    assertThat(world().certificates().importCertificate("web", pem)).isEqualTo(CHAIN);
  }

  @Test
  void severalCertificatesInDerOneAfterTheOtherAreTaken() throws Exception {
    ByteArrayOutputStream der = new ByteArrayOutputStream();
    for (X509Certificate certificate : List.of(ROOT, LEAF, CA)) {
      der.writeBytes(certificate.getEncoded());
    }
    assertThat(world().certificates().importCertificate("web", der.toByteArray())).isEqualTo(CHAIN);
  }

  @Test
  void ofTwoCertificatesOfTheKeyTheNewerIsTaken() throws Exception {
    X509Certificate renewed =
        TestCertificate.of("CN=web", KEY, CA, CA_KEY).valid("2026-03-01", "2027-03-01").make();
    assertThat(world().certificates().importCertificate("web", pem(LEAF, renewed, CA)))
        .containsExactly(renewed, CA);
  }

  @Test
  void aCertificateOfAnotherKeyChangesNothing() throws Exception {
    CertificateWorld world = world();
    KeyPair other = Certificates.ec();
    X509Certificate foreign = TestCertificate.of("CN=web", other, CA, CA_KEY).make();
    assertThatThrownBy(
            () -> world.certificates().importCertificate("web", List.of(foreign, CA, ROOT)))
        .hasMessage(
            "the certificate for 'CN=web' belongs to another key than 'web'; nothing was changed");
    assertThatThrownBy(() -> world.certificates().importCertificate("web", pem(foreign, CA)))
        .hasMessage(
            "the certificate for 'CN=web' belongs to another key than 'web'; nothing was changed");
    assertThat(hsm.takeCalls()).noneMatch(call -> call.matches("(import|attach) .*"));
  }

  @Test
  void aKeyMadeAgainUnderTheSameLabelIsNotTakenForTheOldOne() throws Exception {
    CertificateWorld world = world();
    world.certificates().importCertificate("web", CHAIN);
    hsm.withKey("web", Certificates.ec().getPublic(), null);
    assertThatThrownBy(() -> world.certificates().importCertificate("web", CHAIN))
        .hasMessageContaining("belongs to another key");
  }

  @Test
  void aChainThatIsNoneChangesNothing() throws Exception {
    HsmCertificates certificates = world().certificates();
    for (List<X509Certificate> wrong :
        List.of(List.of(LEAF, ROOT, CA), List.of(LEAF, ROOT), List.of(LEAF, LEAF))) {
      assertThatThrownBy(() -> certificates.importCertificate("web", wrong))
          .hasMessageMatching(
              "the chain for key 'web' is none: '.*' did not issue 'CN=web' before it; nothing was"
                  + " changed");
    }
    assertThatThrownBy(() -> certificates.importCertificate("web", List.of()))
        .hasMessage("no certificate was given for key 'web'");
    assertThat(hsm.takeCalls()).noneMatch(call -> call.matches("(import|attach) .*"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "hello", "-----BEGIN CERTIFICATE-----\nnonsense\n"})
  void whatIsNoCertificateIsRefused(String text) {
    assertThatThrownBy(
            () ->
                world()
                    .certificates()
                    .importCertificate("web", text.getBytes(StandardCharsets.US_ASCII)))
        .isInstanceOf(HsmException.class)
        .hasMessageContaining("certificate");
  }

  @Test
  void aPartitionThatTakesNoCertificatesWithoutAKeySaysWhatElseCanBeDone() throws Exception {
    hsm.refusingImport(Refusal.inHsm("import 'x'", "CKR_TEMPLATE_INCONSISTENT"));
    assertThatThrownBy(() -> world().certificates().importCertificate("web", CHAIN))
        .hasMessage(
            "CA certificate 'CN=Root' of the chain cannot be kept in the HSM: import 'x' refused:"
                + " HTTP 500, error 701 (res.error.in.hsm): CKR_TEMPLATE_INCONSISTENT; the"
                + " certificate of the key was not changed. Where a partition takes no certificates"
                + " without a key, put the CA certificates into a PEM file, name it in chain.file,"
                + " and set chain.store=none");
    assertThat(world().certificates().certificate("web")).isEmpty();
  }

  @Test
  void andThatAlternativeWorksThere() throws Exception {
    hsm.refusingImport(Refusal.inHsm("import 'x'", "CKR_TEMPLATE_INCONSISTENT"));
    Path file = Files.write(folder.resolve("ca.pem"), pem(ROOT, CA));
    try (CapturedLog log = new CapturedLog()) {
      HsmCertificates certificates =
          world("chain.store = none", "chain.file = " + file).certificates();
      certificates.importCertificate("web", CHAIN);
      assertThat(certificates.certificateChain("web")).isEqualTo(CHAIN);
      assertThat(log.warnings()).isEmpty();
    }
  }

  @Test
  void withoutChainFileTheCertificatesThatAreLostAreNamed() throws Exception {
    try (CapturedLog log = new CapturedLog()) {
      world("chain.store = none").certificates().importCertificate("web", CHAIN);
      assertThat(log.warnings()).anyMatch(line -> line.contains("chain.store=none"));
    }
    assertThat(hsm.takeCalls()).noneMatch(call -> call.startsWith("import "));
  }

  @Test
  void whoeverReadsDuringARenewalGetsTheOldLeafOrTheNewOneWithItsChain() throws Exception {
    CertificateWorld server = world();
    world().certificates().importCertificate("web", CHAIN);
    X509Certificate otherCa = TestCertificate.of("CN=CA 2", CA_KEY, ROOT, ROOT_KEY).make();
    X509Certificate renewed = TestCertificate.of("CN=web", KEY, otherCa, CA_KEY).make();
    List<X509Certificate> newChain = List.of(renewed, otherCa, ROOT);
    hsm.beforeAnswers(
        call -> {
          if (call.startsWith("import ") || call.startsWith("attach ")) {
            assertThat(seenBy(server)).isEqualTo(CHAIN);
          }
        });

    world().certificates().importCertificate("web", newChain);
    hsm.beforeAnswers(call -> {});

    assertThat(seenBy(server)).isEqualTo(newChain);
  }

  private static List<X509Certificate> seenBy(CertificateWorld server) {
    try {
      server.session().forget();
      return server.certificates().certificateChain("web");
    } catch (HsmException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aServerThatListedThePartitionBeforeTheRenewalFindsTheNewChain() throws Exception {
    CertificateWorld server = world();
    world().certificates().importCertificate("web", CHAIN);
    server.pass(java.time.Duration.ofMinutes(3));
    server.session().certificates();
    server.pass(java.time.Duration.ofMinutes(1));
    X509Certificate otherCa = TestCertificate.of("CN=CA 2", CA_KEY, ROOT, ROOT_KEY).make();
    X509Certificate renewed = TestCertificate.of("CN=web", KEY, otherCa, CA_KEY).make();

    world().certificates().importCertificate("web", List.of(renewed, otherCa, ROOT));

    assertThat(server.session().chains().chainOf(renewed)).containsExactly(renewed, otherCa, ROOT);
  }

  @Test
  void aFailureHalfWayLeavesTheOldCertificateInPlace() throws Exception {
    HsmCertificates certificates = world().certificates();
    certificates.importCertificate("web", CHAIN);
    X509Certificate otherCa = TestCertificate.of("CN=CA 2", CA_KEY, ROOT, ROOT_KEY).make();
    X509Certificate renewed = TestCertificate.of("CN=web", KEY, otherCa, CA_KEY).make();
    hsm.beforeAnswers(
        call -> {
          if (call.equals("attach web")) {
            hsm.failing(Refusal.noConnection(call));
          }
        });
    assertThatThrownBy(() -> certificates.importCertificate("web", List.of(renewed, otherCa, ROOT)))
        .isInstanceOf(HsmException.class);
    hsm.beforeAnswers(call -> {}).failing(null);

    assertThat(certificates.certificateChain("web")).isEqualTo(CHAIN);
    assertThat(certificates.removeUnusedChainCertificates())
        .extracting(UnusedChainCertificate::subject)
        .containsExactlyInAnyOrder("CN=CA 2", "CN=Root");
    assertThat(certificates.certificateChain("web")).isEqualTo(CHAIN);
  }
}
