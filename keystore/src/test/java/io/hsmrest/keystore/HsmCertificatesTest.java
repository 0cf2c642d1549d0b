package io.hsmrest.keystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hsmrest.client.HsmException;
import io.hsmrest.client.HsmProtocolException;
import io.hsmrest.client.model.CsrRequest;
import io.hsmrest.client.model.ExtendedKeyUsage;
import io.hsmrest.client.model.IssueCertificateRequest;
import io.hsmrest.client.model.KeyUsage;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.SelfSignCertificateRequest;
import io.hsmrest.client.model.SubjectAlternativeName;
import io.hsmrest.client.model.SubjectAttribute;
import io.hsmrest.client.model.SubjectAttributes;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Making certificates and CSRs with a service that does as asked, and with those that do not. */
class HsmCertificatesTest {
  private static final KeyPair RSA = Certificates.rsa();
  private static final KeyPair EC = Certificates.ec();
  private static final KeyPair ED = Certificates.ed25519();
  private static final CertificateTemplate CA =
      CertificateTemplate.ofCommonName("Test CA")
          .asCertificateAuthority(true)
          .validFor(3650)
          .withKeyUsage(KeyUsage.KEY_CERT_SIGN, KeyUsage.CRL_SIGN);
  private static final CertificateTemplate WEB =
      CertificateTemplate.ofCommonName("web")
          .withKeyUsage(KeyUsage.DIGITAL_SIGNATURE)
          .withExtendedKeyUsage(ExtendedKeyUsage.SERVER_AUTH)
          .withSubjectAlternativeNames(
              SubjectAlternativeName.dns("WWW.example.org"),
              SubjectAlternativeName.ip("10.0.0.1"),
              SubjectAlternativeName.ip("2001:DB8::1"),
              SubjectAlternativeName.uri("https://example.org/a"),
              SubjectAlternativeName.email("web@example.org"));

  private final MakingHsm hsm = new MakingHsm().withKey("ca", EC).withKey("web", RSA);

  private HsmCertificates certificates() throws HsmException {
    return CertificateWorld.over(hsm.client()).certificates();
  }

  private static SubjectAttributes everyAttribute() {
    SubjectAttributes all = SubjectAttributes.ofCommonName("Anna \"A\" Muster, <Zürich> + Söhne");
    for (SubjectAttribute attribute : SubjectAttribute.values()) {
      if (attribute != SubjectAttribute.COMMON_NAME && attribute != SubjectAttribute.PSEUDONYM) {
        all =
            all.with(
                attribute,
                switch (attribute) {
                  case COUNTRY -> "CH";
                  case EMAIL -> "anna@example.org";
                  default -> "=" + attribute.memberName() + ", \\ #;";
                });
      }
    }
    return all;
  }

  @Test
  void aSelfSignedCaIsAttachedAndAsAsked() throws Exception {
    CertificateReport report = certificates().selfSignWithReport("ca", CA);

    assertThat(report.differences()).isEmpty();
    assertThat(report.isAsAsked()).isTrue();
    assertThat(certificates().certificate("ca")).contains(report.certificate());
    report.certificate().verify(EC.getPublic());
    assertThat(hsm.requests())
        .containsExactly(
            new SelfSignCertificateRequest(
                "ca",
                null,
                "SHA256_WITH_ECDSA",
                3650,
                SubjectAttributes.ofCommonName("Test CA"),
                true,
                List.of(KeyUsage.KEY_CERT_SIGN, KeyUsage.CRL_SIGN),
                List.of()));
  }

  @Test
  void aLeafWithEveryExtensionIsAsAsked() throws Exception {
    assertThat(certificates().selfSign("web", WEB).getSubjectAlternativeNames()).hasSize(5);
    assertThat(certificates().requestCsrWithReport("web", WEB).differences()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(KeyUsage.class)
  void everyKeyUsageIsRecognised(KeyUsage usage) throws Exception {
    X509Certificate made = certificates().selfSign("web", WEB.withKeyUsage(usage));
    assertThat(made.getKeyUsage()[usage.ordinal()]).isTrue();
  }

  @ParameterizedTest
  @EnumSource(ExtendedKeyUsage.class)
  void everyExtendedKeyUsageIsRecognised(ExtendedKeyUsage usage) throws Exception {
    assertThat(certificates().selfSign("web", WEB.withExtendedKeyUsage(usage))).isNotNull();
  }

  @Test
  void everyAttributeOfTheSubjectIsCompared() throws Exception {
    assertThat(certificates().requestCsr("web", CertificateTemplate.of(everyAttribute())))
        .isNotEmpty();
  }

  @Test
  void anAttributeThatTheServiceIgnoresIsReported() throws Exception {
    CertificateTemplate template =
        CertificateTemplate.of(
            SubjectAttributes.ofCommonName("x").with(SubjectAttribute.PSEUDONYM, "y"));
    assertThat(certificates().requestCsrWithReport("web", template).differences())
        .containsExactly(new CertificateDifference("subject pseudonym", "'y'", "none"));
  }

  @Test
  void aServiceThatEscapesOnceMoreIsReported() throws Exception {
    hsm.requesting =
        asked ->
            new CsrRequest(
                asked.keyName(),
                asked.keyPassword(),
                asked.signatureAlgorithm(),
                SubjectAttributes.ofCommonName("Acme\\, Inc."),
                asked.keyUsage(),
                asked.extendedKeyUsage());
    assertThatThrownBy(
            () -> certificates().requestCsr("web", CertificateTemplate.ofCommonName("Acme, Inc.")))
        .isInstanceOf(CertificateDiffersException.class)
        .hasMessage(
            "the CSR made with 'web' is not what was asked for: subject commonName: asked for"
                + " 'Acme, Inc.', got 'Acme\\, Inc.'. The ...WithReport form of this call takes it"
                + " as it is");
  }

  @Test
  void aServiceThatEscapesNothingMakesAttributesThatAreReported() throws Exception {
    hsm.requesting =
        asked ->
            new CsrRequest(
                asked.keyName(),
                asked.keyPassword(),
                asked.signatureAlgorithm(),
                SubjectAttributes.ofCommonName("x").with(SubjectAttribute.ORGANIZATION, "Evil"),
                asked.keyUsage(),
                asked.extendedKeyUsage());
    assertThat(
            certificates()
                .requestCsrWithReport("web", CertificateTemplate.ofCommonName("x"))
                .differences())
        .containsExactly(new CertificateDifference("subject organizationName", "none", "'Evil'"));
  }

  @Test
  void whatAnotherServiceLeavesOutIsReportedPartByPart() throws Exception {
    hsm.issuing =
        asked ->
            new IssueCertificateRequest(
                asked.caKeyName(),
                asked.keyPassword(),
                asked.signatureAlgorithm(),
                asked.csr(),
                asked.subject(),
                null,
                false,
                List.of(),
                List.of());
    certificates().selfSign("ca", CA);
    byte[] csr = certificates().requestCsr("web", CertificateTemplate.ofCommonName("other"));

    CertificateReport report =
        certificates().issueWithReport("ca", csr, WEB.asCertificateAuthority(true).validFor(30));

    assertThat(report.differences())
        .extracting(CertificateDifference::toString)
        .containsExactlyInAnyOrder(
            "validity: asked for 30 days, got 90 days",
            "certificate authority: asked for yes, got no",
            "key usage: asked for DIGITAL_SIGNATURE, got none",
            "extended key usage: asked for SERVER_AUTH, got none",
            "subject alternative name: asked for DNS:www.example.org, EMAIL:web@example.org,"
                + " IP:10.0.0.1, IP:2001:db8:0:0:0:0:0:1, URI:https://example.org/a, got none");
  }

  @Test
  void theShortFormFailsWithWhatWasMadeInside() throws Exception {
    hsm.selfSigning =
        asked ->
            new SelfSignCertificateRequest(
                asked.keyName(),
                asked.keyPassword(),
                asked.signatureAlgorithm(),
                asked.validityDays(),
                asked.subject(),
                true,
                asked.keyUsage(),
                asked.extendedKeyUsage());
    HsmCertificates certificates = certificates();

    assertThatThrownBy(() -> certificates.selfSign("web", CertificateTemplate.ofCommonName("web")))
        .isInstanceOfSatisfying(
            CertificateDiffersException.class,
            e -> {
              assertThat(e)
                  .hasMessage(
                      "the certificate now attached to 'web' is not what was asked for: certificate"
                          + " authority: asked for no, got yes. The ...WithReport form of this call"
                          + " takes it as it is");
              assertThat(e.differences())
                  .containsExactly(new CertificateDifference("certificate authority", "no", "yes"));
              assertThat(hsm.partition.has("web")).isTrue();
              assertThat(Octets.of(e.made())).isEqualTo(attached("web"));
            });
  }

  private Octets attached(String label) {
    try {
      return hsm.client().readCertificate(label).orElseThrow();
    } catch (HsmException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aPathLengthThatNobodyAskedForIsReported() throws Exception {
    X509Certificate made =
        TestCertificate.root("CN=Test CA", EC)
            .pathLength(0)
            .valid("2026-06-01", "2036-05-29")
            .make();
    assertThat(
            TemplateComparison.certificate(
                CertificateTemplate.ofCommonName("Test CA")
                    .asCertificateAuthority(true)
                    .validFor(3650),
                CertificateSignature.SHA256_WITH_ECDSA,
                made,
                null,
                "ca"))
        .containsExactly(
            new CertificateDifference("certificate authority", "yes", "yes, path length 0"));
  }

  @Test
  void anotherSignatureAlgorithmIsReported() throws Exception {
    hsm.selfSigning =
        asked ->
            new SelfSignCertificateRequest(
                asked.keyName(),
                asked.keyPassword(),
                "SHA256_WITH_RSA",
                asked.validityDays(),
                asked.subject(),
                asked.certificateAuthority(),
                asked.keyUsage(),
                asked.extendedKeyUsage());
    assertThat(
            certificates()
                .selfSignWithReport(
                    "web",
                    CertificateTemplate.ofCommonName("web").withSignatureAlgorithm("SHA512withRSA"))
                .differences())
        .containsExactly(
            new CertificateDifference("signature algorithm", "SHA512withRSA", "SHA256withRSA"));
  }

  @Test
  void anEd25519KeySignsWithTheNewerAlgorithm() throws Exception {
    hsm.withKey("ed", ED);
    certificates().selfSign("ed", CertificateTemplate.ofCommonName("ed"));
    assertThat(((SelfSignCertificateRequest) hsm.requests().get(0)).signatureAlgorithm())
        .isEqualTo("EDDSA");
  }

  @ParameterizedTest
  @CsvSource({"SHA256withECDSA", "MD5withRSA", "SHA256withRSAandMGF1", "nonsense"})
  void anAlgorithmThatTheServiceOrTheKeyLacksIsRefused(String algorithm) {
    assertThatThrownBy(
            () ->
                certificates()
                    .requestCsr(
                        "web",
                        CertificateTemplate.ofCommonName("x").withSignatureAlgorithm(algorithm)))
        .hasMessageStartingWith(
            "the service signs no certificate with key 'web' (RSA) and " + algorithm);
    assertThat(hsm.requests()).isEmpty();
  }

  @Test
  void aSelfSignedCertificateNeedsAValidity() {
    assertThatThrownBy(() -> certificates().selfSign("ca", CA.validAsTheServiceChooses()))
        .hasMessageContaining("needs a validity in days");
    assertThat(hsm.requests()).isEmpty();
  }

  @Test
  void anIssuedCertificateMayBeValidForAsLongAsTheServiceChooses() throws Exception {
    certificates().selfSign("ca", CA);
    byte[] csr = certificates().requestCsr("web", WEB);
    assertThat(certificates().issue("ca", csr, WEB.validAsTheServiceChooses())).isNotNull();
    assertThat(((IssueCertificateRequest) hsm.requests().get(2)).validityDays()).isNull();
  }

  @Test
  void aCertificateWithAnotherKeyIsAnErrorAndNoDifference() {
    hsm.made = made -> JdkCrypto.encoded(Certificates.selfSigned("web", Certificates.rsa()));
    assertThatThrownBy(() -> certificates().selfSignWithReport("web", WEB))
        .isInstanceOf(HsmProtocolException.class)
        .hasMessage("the service signed a certificate for 'web' that carries another key");
  }

  @Test
  void aCertificateWhoseSignatureIsWrongIsAnError() {
    hsm.made = HsmCertificatesTest::lastBitTurned;
    assertThatThrownBy(() -> certificates().selfSignWithReport("web", WEB))
        .isInstanceOf(HsmProtocolException.class)
        .hasMessage("the certificate signed with key 'web' does not verify with that key");
  }

  @Test
  void aCsrWhoseSignatureIsWrongIsAnError() {
    hsm.made = HsmCertificatesTest::lastBitTurned;
    assertThatThrownBy(() -> certificates().requestCsrWithReport("web", WEB))
        .isInstanceOf(HsmProtocolException.class)
        .hasMessageContaining("whose signature does not verify");
  }

  @Test
  void aCsrWithAnotherKeyIsAnError() throws Exception {
    byte[] other = CertificationRequestTest.csr(Certificates.rsa(), "SHA256withRSA");
    hsm.made = made -> Octets.of(other);
    assertThatThrownBy(() -> certificates().requestCsrWithReport("web", WEB))
        .isInstanceOf(HsmProtocolException.class)
        .hasMessageContaining("carries another key");
  }

  private static Octets lastBitTurned(Octets der) {
    byte[] bytes = der.toByteArray();
    bytes[bytes.length - 1] ^= 1;
    return Octets.of(bytes);
  }

  @Test
  void anIssuedCertificateWithAnotherKeyThanTheCsrsIsAnError() throws Exception {
    certificates().selfSign("ca", CA);
    byte[] csr = certificates().requestCsr("web", WEB);
    KeyPair other = Certificates.rsa();
    X509Certificate ca = certificates().certificate("ca").orElseThrow();
    hsm.made = made -> JdkCrypto.encoded(TestCertificate.of("CN=web", other, ca, EC).make());
    assertThatThrownBy(() -> certificates().issueWithReport("ca", csr, WEB))
        .isInstanceOf(HsmProtocolException.class)
        .hasMessage("the certificate issued with key 'ca' carries another key than the CSR");
  }

  @Test
  void aCsrThatDoesNotVerifyIsNotSentToTheCa() throws Exception {
    certificates().selfSign("ca", CA);
    byte[] csr = CertificationRequestTest.csr(RSA, "SHA256withRSA");
    csr[csr.length - 1] ^= 1;
    assertThatThrownBy(() -> certificates().issue("ca", csr, WEB))
        .hasMessageContaining("nothing was issued");
    assertThat(hsm.requests()).hasSize(1);
  }

  @Test
  void extensionsOfTheCsrAreCopiedWhenAskedForAndReportedWhenNot() throws Exception {
    certificates().selfSign("ca", CA);
    byte[] csr = CertificationRequestTest.csr(RSA, "SHA256withRSA");
    CertificateTemplate copying = CertificateTemplate.ofCommonName("web").copyingExtensions();

    X509Certificate issued = certificates().issue("ca", csr, copying);
    assertThat(issued.getSubjectAlternativeNames()).hasSize(1);
    assertThat(issued.getKeyUsage()[0]).isTrue();

    hsm.issuing =
        asked ->
            new IssueCertificateRequest(
                asked.caKeyName(),
                asked.keyPassword(),
                asked.signatureAlgorithm(),
                asked.csr(),
                asked.subject(),
                asked.validityDays(),
                false,
                List.of(),
                List.of());
    assertThat(certificates().issueWithReport("ca", csr, copying).differences())
        .containsExactlyInAnyOrder(
            new CertificateDifference("extension 2.5.29.17", "the CSR's", "none"),
            new CertificateDifference("extension 2.5.29.15", "the CSR's", "none"));
  }

  @Test
  void extensionsCopiedWithoutBeingAskedForAreReported() throws Exception {
    certificates().selfSign("ca", CA);
    byte[] csr = CertificationRequestTest.csr(RSA, "SHA256withRSA");
    hsm.issuing =
        asked ->
            new IssueCertificateRequest(
                asked.caKeyName(),
                asked.keyPassword(),
                asked.signatureAlgorithm(),
                asked.csr(),
                asked.subject(),
                asked.validityDays(),
                false,
                List.of(),
                List.of(),
                List.of(),
                true);
    assertThat(
            certificates()
                .issueWithReport("ca", csr, CertificateTemplate.ofCommonName("web"))
                .differences())
        .extracting(CertificateDifference::toString)
        .containsExactlyInAnyOrder(
            "key usage: asked for none, got DIGITAL_SIGNATURE",
            "subject alternative name: asked for none, got DNS:www.example.org");
  }

  @Test
  void aCsrThatAsksForACaIsNotCopiedIntoACertificateThatIsNone() throws Exception {
    certificates().selfSign("ca", CA);
    byte[] csr =
        new org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder(
                new javax.security.auth.x500.X500Principal("CN=evil"), RSA.getPublic())
            .addAttribute(
                org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers.pkcs_9_at_extensionRequest,
                new org.bouncycastle.asn1.x509.Extensions(
                    org.bouncycastle.asn1.x509.Extension.create(
                        org.bouncycastle.asn1.x509.Extension.basicConstraints,
                        true,
                        new org.bouncycastle.asn1.x509.BasicConstraints(true))))
            .build(
                new org.bouncycastle.operator.jcajce.JcaContentSignerBuilder("SHA256withRSA")
                    .build(RSA.getPrivate()))
            .getEncoded();
    assertThatThrownBy(
            () ->
                certificates()
                    .issue("ca", csr, CertificateTemplate.ofCommonName("x").copyingExtensions()))
        .hasMessageContaining("ask for a CA certificate")
        .hasMessageEndingWith("nothing was issued");
    assertThat(hsm.requests()).hasSize(1);
  }

  @Test
  void aServiceThatDoesNotAttachWhatItSignedHasItAttached() throws Exception {
    hsm.attaches = false;
    X509Certificate made = certificates().selfSign("ca", CA);
    assertThat(certificates().certificate("ca")).isEqualTo(Optional.of(made));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "other"})
  void onlyKeysOfThePartitionMakeCertificates(String label) {
    assertThatThrownBy(() -> certificates().selfSign(label, CA))
        .hasMessage(
            "there is no key '"
                + label
                + "' in the partition, or keys.include and keys.exclude hide it");
  }

  @Test
  void aDeletedCertificateIsGoneAndTheKeyStays() throws Exception {
    HsmCertificates certificates = certificates();
    certificates.selfSign("ca", CA);
    certificates.deleteCertificate("ca");
    assertThat(certificates.certificate("ca")).isEmpty();
    assertThat(certificates.certificateChain("ca")).isEmpty();
    certificates.selfSign("ca", CA);
    assertThat(certificates.certificateChain("ca")).hasSize(1);
  }
}
