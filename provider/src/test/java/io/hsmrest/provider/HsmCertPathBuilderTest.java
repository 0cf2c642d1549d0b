package io.hsmrest.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hsmrest.client.HsmException;
import java.security.InvalidAlgorithmParameterException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathParameters;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertStore;
import java.security.cert.Certificate;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.PKIXCertPathChecker;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Random;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.junit.jupiter.api.Test;

/** Paths, the caller's options, and what failures say. */
class HsmCertPathBuilderTest {
  private static final KeyPair R = ec();
  private static final KeyPair R2 = ec();
  private static final KeyPair I = ec();
  private static final KeyPair L = ec();
  private static final X509Certificate ROOT = PathCertificate.root("CN=Root", R);
  private static final X509Certificate ROOT2 = PathCertificate.root("CN=Root 2", R2);
  private static final X509Certificate ISSUING =
      PathCertificate.of("CN=Issuing", I, "CN=Root", R).ca().make();
  private static final X509Certificate LEAF =
      PathCertificate.of("CN=leaf", L, "CN=Issuing", I).make();

  private static KeyPair ec() {
    try {
      return KeyPairGenerator.getInstance("EC").generateKeyPair();
    } catch (java.security.GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static PKIXBuilderParameters caller(X509Certificate target, X509Certificate... anchors)
      throws Exception {
    X509CertSelector selector = new X509CertSelector();
    selector.setCertificate(target);
    Set<TrustAnchor> set = new java.util.HashSet<>();
    for (X509Certificate anchor : anchors) {
      set.add(new TrustAnchor(anchor, null));
    }
    PKIXBuilderParameters parameters = new PKIXBuilderParameters(set, selector);
    parameters.setRevocationEnabled(false);
    parameters.setDate(Date.from(Instant.parse("2026-06-01T00:00:00Z")));
    return parameters;
  }

  private static PKIXCertPathBuilderResult build(
      PKIXBuilderParameters parameters, X509Certificate... held) throws Exception {
    return (PKIXCertPathBuilderResult)
        new HsmCertPathBuilderSpi(FixedCertificates.of(held)).engineBuild(parameters);
  }

  private static List<? extends Certificate> path(
      PKIXBuilderParameters parameters, X509Certificate... held) throws Exception {
    return build(parameters, held).getCertPath().getCertificates();
  }

  private static String failure(PKIXBuilderParameters parameters, X509Certificate... held) {
    try {
      throw new AssertionError("a path was built: " + build(parameters, held));
    } catch (CertPathBuilderException e) {
      assertThat(e).hasCauseInstanceOf(CertPathBuilderException.class);
      return e.getMessage()
          .replace("unable to find valid certification path to requested target; ", "");
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void issuersComeFromThePartitionAndAnchorsFromTheCallerAlone() throws Exception {
    PKIXCertPathBuilderResult result = build(caller(LEAF, ROOT), ISSUING, ROOT, ROOT2);
    assertThat(result.getCertPath().getCertificates()).isEqualTo(List.of(LEAF, ISSUING));
    assertThat(result.getTrustAnchor().getTrustedCert()).isEqualTo(ROOT);
    assertThat(failure(caller(LEAF, ROOT2), ISSUING, ROOT, ROOT2))
        .isEqualTo("'CN=Root', at which the path ends, is not among the trust anchors");
  }

  @Test
  void theCallersOwnStoresAreUsedAndItsParametersLeftAlone() throws Exception {
    PKIXBuilderParameters parameters = caller(LEAF, ROOT);
    parameters.addCertStore(
        CertStore.getInstance("Collection", new CollectionCertStoreParameters(List.of(ISSUING))));
    assertThat(path(parameters)).isEqualTo(List.of(LEAF, ISSUING));
    assertThat(parameters.getCertStores()).hasSize(1);
  }

  @Test
  void aTargetIsFoundByItsNameToo() throws Exception {
    PKIXBuilderParameters parameters = caller(LEAF, ROOT);
    X509CertSelector byName = new X509CertSelector();
    byName.setSubject(new X500Principal("CN=leaf"));
    parameters.setTargetCertConstraints(byName);
    assertThat(path(parameters, ROOT, LEAF, ISSUING)).isEqualTo(List.of(LEAF, ISSUING));
    assertThat(failure(parameters, ROOT, ISSUING))
        .isEqualTo("no certificate in the partition matches the target constraints");
  }

  @Test
  void aMissingIssuerIsNamed() throws Exception {
    assertThat(failure(caller(LEAF, ROOT)))
        .isEqualTo(
            "no certificate of 'CN=Issuing', the issuer of 'CN=leaf', is in the partition, in"
                + " chain.file or among the trust anchors");
    X509Certificate below = PathCertificate.of("CN=Deep", L, "CN=Sub", R2).make();
    X509Certificate sub = PathCertificate.of("CN=Sub", R2, "CN=Issuing", I).ca().make();
    assertThat(failure(caller(below, ROOT), sub))
        .startsWith("no certificate of 'CN=Issuing', the issuer of 'CN=Sub', ");
  }

  @Test
  void anIssuerOfTheNameWithAnotherKeyIsToldApartFromNone() throws Exception {
    X509Certificate namesake = PathCertificate.of("CN=Issuing", R2, "CN=Root", R).ca().make();
    assertThat(failure(caller(LEAF, ROOT), namesake))
        .isEqualTo(
            "'CN=leaf' is not signed with the key of any certificate of its issuer 'CN=Issuing'");
    X509Certificate otherRoot = PathCertificate.root("CN=Root", R2);
    assertThat(failure(caller(LEAF, otherRoot), ISSUING))
        .isEqualTo(
            "'CN=Issuing' is not signed with the key of any certificate of its issuer 'CN=Root'");
  }

  @Test
  void ofTwoIssuersWithTheNameTheOneWithTheKeyIsTaken() throws Exception {
    X509Certificate namesake = PathCertificate.of("CN=Issuing", R2, "CN=Root", R).ca().make();
    assertThat(path(caller(LEAF, ROOT), namesake, ISSUING)).isEqualTo(List.of(LEAF, ISSUING));
  }

  @Test
  void anExpiredIntermediateBesideAValidOneIsPassedOver() throws Exception {
    X509Certificate expired =
        PathCertificate.of("CN=Issuing", I, "CN=Root", R)
            .ca()
            .valid("2020-01-01", "2026-05-01")
            .make();
    assertThat(path(caller(LEAF, ROOT), expired, ISSUING)).isEqualTo(List.of(LEAF, ISSUING));
    assertThat(failure(caller(LEAF, ROOT), expired))
        .startsWith("'CN=Issuing' was refused: validity check failed (NotAfter: ");
  }

  @Test
  void aRenewedCaWithTheSameKeyIsAsGoodAsTheOldOne() throws Exception {
    X509Certificate renewedRoot =
        PathCertificate.of("CN=Root", R, "CN=Root", R)
            .ca()
            .valid("2026-02-01", "2066-01-01")
            .make();
    assertThat(path(caller(LEAF, renewedRoot), ROOT, ISSUING)).isEqualTo(List.of(LEAF, ISSUING));
  }

  @Test
  void aCrossSignedCaLeadsToTheCallersAnchor() throws Exception {
    X509Certificate crossed = PathCertificate.of("CN=Root", R, "CN=Root 2", R2).ca().make();
    assertThat(path(caller(LEAF, ROOT2), ISSUING, ROOT, crossed))
        .isEqualTo(List.of(LEAF, ISSUING, crossed));
  }

  @Test
  void aSelfIssuedCertificateThatIntroducesANewKeyDoesNotCountAsLength() throws Exception {
    KeyPair newKey = ec();
    X509Certificate oldKey = PathCertificate.of("CN=Issuing", I, "CN=Root", R).ca(0).make();
    X509Certificate rollover =
        PathCertificate.of("CN=Issuing", newKey, "CN=Issuing", I).ca(0).make();
    X509Certificate leaf = PathCertificate.of("CN=leaf", L, "CN=Issuing", newKey).make();
    PKIXBuilderParameters parameters = caller(leaf, ROOT);
    parameters.setMaxPathLength(1);
    assertThat(path(parameters, rollover, oldKey)).isEqualTo(List.of(leaf, rollover, oldKey));
  }

  @Test
  void casThatSignEachOtherEndInAFailure() throws Exception {
    X509Certificate a = PathCertificate.of("CN=A", I, "CN=B", R2).ca().make();
    X509Certificate b = PathCertificate.of("CN=B", R2, "CN=A", I).ca().make();
    X509Certificate leaf = PathCertificate.of("CN=leaf", L, "CN=A", I).make();
    assertThat(failure(caller(leaf, ROOT), a, b))
        .isEqualTo("the issuers of 'CN=B' lead in a circle");
  }

  @Test
  void aPathThatIsTooLongForACaOrForTheCallerIsRefused() throws Exception {
    X509Certificate root = PathCertificate.of("CN=Root", R, "CN=Root", R).ca().make();
    X509Certificate top = PathCertificate.of("CN=Top", R2, "CN=Root", R).ca(0).make();
    X509Certificate issuing = PathCertificate.of("CN=Issuing", I, "CN=Top", R2).ca().make();
    assertThat(failure(caller(LEAF, root), top, issuing))
        .isEqualTo(
            "'CN=Issuing' was refused: basic constraints check failed: pathLenConstraint violated -"
                + " this cert must be the last cert in the certification path");
    PKIXBuilderParameters parameters = caller(LEAF, ROOT);
    parameters.setMaxPathLength(0);
    assertThat(failure(parameters, ISSUING))
        .isEqualTo(
            "the path over 'CN=Issuing' has 1 intermediate certificates, and the caller allows 0");
  }

  @Test
  void nameConstraintsAreKept() throws Exception {
    GeneralSubtree[] permitted = {new GeneralSubtree(new GeneralName(new X500Name("C=CH")))};
    X509Certificate constrained =
        PathCertificate.of("CN=Issuing", I, "CN=Root", R)
            .ca()
            .with(Extension.nameConstraints, true, new NameConstraints(permitted, null))
            .make();
    X509Certificate swiss = PathCertificate.of("CN=leaf,C=CH", L, "CN=Issuing", I).make();
    assertThat(path(caller(swiss, ROOT), constrained)).hasSize(2);
    assertThat(failure(caller(LEAF, ROOT), constrained))
        .isEqualTo("'CN=leaf' was refused: name constraints check failed");
  }

  @Test
  void policiesAreKept() throws Exception {
    PKIXBuilderParameters parameters = caller(LEAF, ROOT);
    parameters.setExplicitPolicyRequired(true);
    assertThat(failure(parameters, ISSUING)).contains("policy tree is null");
  }

  @Test
  void theDateIsTheCallers() throws Exception {
    PKIXBuilderParameters parameters = caller(LEAF, ROOT);
    parameters.setDate(Date.from(Instant.parse("2060-01-01T00:00:00Z")));
    assertThat(failure(parameters, ISSUING)).contains("validity check failed");
  }

  @Test
  void theCallersOwnChecksAreAskedAndTheirReasonsTold() throws Exception {
    PKIXBuilderParameters parameters = caller(LEAF, ROOT);
    Refusing checker = new Refusing();
    parameters.addCertPathChecker(checker);
    assertThat(failure(parameters, ISSUING)).isEqualTo("'CN=leaf' was refused: not today");
    assertThat(checker.seen).as("the caller's own object is not run").isEmpty();
  }

  /** Refuses the leaf. */
  private static final class Refusing extends PKIXCertPathChecker {
    private final List<String> seen = new ArrayList<>();

    @Override
    public void init(boolean forward) {}

    @Override
    public boolean isForwardCheckingSupported() {
      return true;
    }

    @Override
    public Set<String> getSupportedExtensions() {
      return Set.of();
    }

    @Override
    public void check(Certificate certificate, Collection<String> unresolved)
        throws CertPathValidatorException {
      seen.add("check");
      if (((X509Certificate) certificate).getSubjectX500Principal().getName().equals("CN=leaf")) {
        throw new CertPathValidatorException("not today");
      }
    }

    @Override
    public Object clone() {
      return new Refusing();
    }
  }

  @Test
  void anExpiredAnchorIsNamed() throws Exception {
    X509Certificate expired =
        PathCertificate.of("CN=Root", R, "CN=Root", R)
            .ca()
            .valid("2020-01-01", "2026-01-02")
            .make();
    assertThat(failure(caller(LEAF, expired), ISSUING))
        .startsWith("trust anchor 'CN=Root' was refused: validity check failed (NotAfter: ");
  }

  @Test
  void anAnchorThatIsNameAndKeyAloneIsReached() throws Exception {
    X509CertSelector selector = new X509CertSelector();
    selector.setCertificate(LEAF);
    PKIXBuilderParameters parameters =
        new PKIXBuilderParameters(
            Set.of(new TrustAnchor(ROOT.getSubjectX500Principal(), R.getPublic(), null)), selector);
    parameters.setRevocationEnabled(false);
    assertThat(path(parameters, ISSUING)).isEqualTo(List.of(LEAF, ISSUING));
    parameters.setTrustAnchors(
        Set.of(new TrustAnchor(ROOT.getSubjectX500Principal(), R2.getPublic(), null)));
    assertThat(failure(parameters, ISSUING))
        .isEqualTo(
            "'CN=Issuing' is not signed with the key of any certificate of its issuer 'CN=Root'");
  }

  @Test
  void aThousandCaCertificatesAreNoObstacle() throws Exception {
    List<X509Certificate> held = new ArrayList<>();
    KeyPair issuerKey = R;
    String issuer = "CN=Root";
    for (int i = 0; i < 4; i++) {
      KeyPair key = ec();
      held.add(PathCertificate.of("CN=Level " + i, key, issuer, issuerKey).ca().make());
      issuer = "CN=Level " + i;
      issuerKey = key;
    }
    X509Certificate leaf = PathCertificate.of("CN=leaf", L, issuer, issuerKey).make();
    for (int i = 0; i < 1_000; i++) {
      // Half of them are namesakes of the real ones, with another key.
      String name = i % 2 == 0 ? "CN=Other " + i : "CN=Level " + i % 4;
      held.add(PathCertificate.of(name, R2, "CN=Root 2", R2).ca().make());
    }
    Collections.shuffle(held, new Random(1));
    PKIXCertPathBuilderResult result =
        (PKIXCertPathBuilderResult)
            new HsmCertPathBuilderSpi(new FixedCertificates(held)).engineBuild(caller(leaf, ROOT));
    assertThat(result.getCertPath().getCertificates()).hasSize(5);
    assertThatThrownBy(
            () ->
                new HsmCertPathBuilderSpi(new FixedCertificates(held))
                    .engineBuild(caller(LEAF, ROOT)))
        .hasMessageContaining("no certificate of 'CN=Issuing'");
  }

  @Test
  void missingIssuersAreDownloadedWhereThatIsSwitchedOn() throws Exception {
    FixedCertificates source = FixedCertificates.of(ROOT2).offering(LEAF, ISSUING);
    assertThat(
            new HsmCertPathBuilderSpi(source)
                .engineBuild(caller(LEAF, ROOT))
                .getCertPath()
                .getCertificates())
        .isEqualTo(List.of(LEAF, ISSUING));
    assertThat(source.downloaded()).containsExactly(LEAF);
  }

  @Test
  void nothingIsDownloadedForAPathThatIsRefusedForAnotherReason() throws Exception {
    FixedCertificates source = FixedCertificates.of(ISSUING, ROOT).offering(ISSUING, ROOT2);
    assertThatThrownBy(() -> new HsmCertPathBuilderSpi(source).engineBuild(caller(LEAF, ROOT2)))
        .isInstanceOf(CertPathBuilderException.class);
    assertThat(source.downloaded()).isEmpty();
  }

  @Test
  void fiveCertificatesAreDownloadedForOnePathAtMost() throws Exception {
    FixedCertificates source = FixedCertificates.of();
    KeyPair issuerKey = R;
    String issuer = "CN=Root";
    X509Certificate above = ROOT;
    for (int i = 0; i < 8; i++) {
      KeyPair key = ec();
      X509Certificate made =
          PathCertificate.of("CN=D" + i, key, issuer, issuerKey)
              .with(Extension.basicConstraints, true, new BasicConstraints(true))
              .make();
      source.offering(made, above);
      above = made;
      issuer = "CN=D" + i;
      issuerKey = key;
    }
    PKIXBuilderParameters parameters = caller(above, ROOT);
    parameters.setMaxPathLength(-1);
    assertThatThrownBy(() -> new HsmCertPathBuilderSpi(source).engineBuild(parameters))
        .hasMessageContaining("no certificate of 'CN=D1', the issuer of 'CN=D2'");
  }

  @Test
  void otherParametersAreRefusedByTheirType() {
    HsmCertPathBuilderSpi builder = new HsmCertPathBuilderSpi(FixedCertificates.of());
    CertPathParameters other = () -> new Object();
    assertThatThrownBy(() -> builder.engineBuild(null))
        .isInstanceOf(InvalidAlgorithmParameterException.class)
        .hasMessage("HsmRest builds paths for PKIXBuilderParameters, not for null");
    assertThatThrownBy(() -> builder.engineBuild(other))
        .isInstanceOf(InvalidAlgorithmParameterException.class);
  }

  @Test
  void aServiceThatFailsIsTheReasonAndNotAnEmptyPartition() {
    HsmException failure = new HsmException("list keys: no connection", null);
    HsmCertificateSource failing =
        new HsmCertificateSource() {
          @Override
          public List<X509Certificate> certificates() throws HsmException {
            throw failure;
          }

          @Override
          public List<X509Certificate> download(X509Certificate child) {
            return List.of();
          }
        };
    assertThatThrownBy(() -> new HsmCertPathBuilderSpi(failing).engineBuild(caller(LEAF, ROOT)))
        .isInstanceOf(CertPathBuilderException.class)
        .hasMessage("list keys: no connection")
        .hasCause(failure);
  }

  @Test
  void theRevocationCheckerIsTheJdks() {
    assertThat(new HsmCertPathBuilderSpi(FixedCertificates.of()).engineGetRevocationChecker())
        .isInstanceOf(PKIXRevocationChecker.class);
  }

  @Test
  void revocationIsCheckedWhenTheCallerWantsIt() throws Exception {
    PKIXBuilderParameters parameters = caller(LEAF, ROOT);
    parameters.setRevocationEnabled(true);
    assertThat(failure(parameters, ISSUING)).contains("Could not determine revocation status");
  }
}
