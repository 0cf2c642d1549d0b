package io.hsmrest.simulator.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates and requests as the service makes them (contract 2.3). */
class CertificateCreationTest {
  private static final SubjectAttributes FULL =
      new SubjectAttributes(
          "SUB-Securosys-001",
          "CH",
          "Zurich",
          "Zürich",
          "Securosys SA",
          "VATCH-1",
          "Operations",
          "ops@example.org",
          "Dr",
          "Muster",
          "Eva",
          "E.",
          "ignored",
          "II");
  private static final CertificateTemplate RICH =
      new CertificateTemplate(
          SignatureAlgorithm.of("SHA256_WITH_RSA"),
          FULL,
          365,
          true,
          List.of(KeyUsageName.DIGITAL_SIGNATURE, KeyUsageName.KEY_CERT_SIGN),
          List.of(ExtendedKeyUsageName.ANY_EXTENDED_KEY_USAGE),
          List.of(
              new SubjectAlternativeName(SubjectAlternativeName.Type.DNS, "hsm.example.org"),
              new SubjectAlternativeName(SubjectAlternativeName.Type.IP, "127.0.0.1")),
          false);

  static Stream<KeyMaterial> keys() {
    return Stream.of(TestKeys.rsa(), TestKeys.p256(), TestKeys.ed());
  }

  @ParameterizedTest
  @MethodSource("keys")
  void aSelfSignedCertificateStartsAtMidnightWithSerialZero(KeyMaterial key) throws Exception {
    X509Certificate certificate =
        read(
            TestCertificates.CREATION.selfSign(
                key,
                TestCertificates.template(
                    key, SubjectAttributes.ofCommonName("CA-001"), 3650, false)));

    certificate.verify(certificate.getPublicKey());
    assertThat(certificate.getVersion()).isEqualTo(3);
    assertThat(certificate.getSerialNumber()).isEqualTo(BigInteger.ZERO);
    assertThat(certificate.getNotBefore()).isEqualTo(Instant.parse("2026-03-04T00:00:00Z"));
    assertThat(certificate.getNotAfter()).isEqualTo(Instant.parse("2036-03-01T00:00:00Z"));
    assertThat(certificate.getIssuerX500Principal())
        .isEqualTo(certificate.getSubjectX500Principal());
    assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
    assertThat(certificate.getNonCriticalExtensionOIDs()).containsExactly("2.5.29.14");
    assertThat(certificate.getCriticalExtensionOIDs()).isEmpty();
    assertThat(certificate.getPublicKey().getEncoded())
        .isEqualTo(Objects.requireNonNull(key.publicKey()).toArray());
  }

  @Test
  void theExtensionsAreAsCriticalAsTheServicesAre() throws Exception {
    X509Certificate certificate = read(TestCertificates.CREATION.selfSign(TestKeys.rsa(), RICH));

    assertThat(certificate.getCriticalExtensionOIDs())
        .containsExactlyInAnyOrder("2.5.29.15", "2.5.29.37");
    assertThat(certificate.getNonCriticalExtensionOIDs())
        .containsExactlyInAnyOrder("2.5.29.14", "2.5.29.17", "2.5.29.19");
    assertThat(certificate.getBasicConstraints()).isEqualTo(Integer.MAX_VALUE);
    assertThat(certificate.getKeyUsage())
        .containsExactly(true, false, false, false, false, true, false, false, false);
    assertThat(certificate.getExtendedKeyUsage()).containsExactly("2.5.29.37.0");
    assertThat(certificate.getSubjectAlternativeNames())
        .extracting(name -> (Object) name.get(1))
        .containsExactly("hsm.example.org", "127.0.0.1");
  }

  @Test
  void theSubjectIsWrittenFromTheLeastSpecificAttributeOn() throws Exception {
    X509Certificate certificate = read(TestCertificates.CREATION.selfSign(TestKeys.rsa(), RICH));

    assertThat(certificate.getSubjectX500Principal().toString())
        .isEqualTo(
            "CN=SUB-Securosys-001, OU=Operations, O=Securosys SA, OID.2.5.4.97=VATCH-1,"
                + " L=Zürich, ST=Zurich, C=CH, EMAILADDRESS=ops@example.org, T=Dr,"
                + " SURNAME=Muster, GIVENNAME=Eva, INITIALS=E., GENERATION=II");
  }

  /** Contract 2.3.1: values are joined into the text of a name without escaping. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a\\,b | a,b",
        "a\\+b | a+b",
        "a\\\"b | a\"b",
        "a\\\\b | a\\b",
        "\\#abc | #abc",
        "\\<a\\>\\;\\= | <a>;=",
        "CN\\=x\\,OU\\=y | CN=x,OU=y",
        "x,OU=y | x"
      })
  void valuesAreReadAsPartsOfAName(String value, String commonName) {
    Bytes certificate = TestCertificates.selfSigned(TestKeys.p256(), value);

    assertThat(CertificateFacts.read(certificate, Reason.INVALID_CERTIFICATE).commonName())
        .isEqualTo(commonName);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a,b", "a+b", "a\"b", "<a>", "#abc"})
  void aValueThatBreaksTheNameIsRefused(String value) {
    assertThatThrownBy(() -> TestCertificates.selfSigned(TestKeys.p256(), value))
        .isInstanceOf(ServiceRefusal.class)
        .hasMessageStartingWith("Could not create the name: ");
  }

  @Test
  void aRequestCarriesItsExtensions() throws Exception {
    String pem = TestCertificates.CREATION.request(TestKeys.rsa(), RICH);

    assertThat(pem)
        .startsWith("-----BEGIN NEW CERTIFICATE REQUEST-----\n")
        .endsWith("\n-----END NEW CERTIFICATE REQUEST-----\n");
    assertThat(pem.lines().skip(1)).allMatch(line -> line.length() <= 64);
    assertThat(pem.lines().skip(1).findFirst().orElseThrow()).hasSize(64);
    PKCS10CertificationRequest request = CertificateRequestPem.read(pem);
    Extensions extensions = request.getRequestedExtensions();
    assertThat(request.toASN1Structure().getCertificationRequestInfo().getVersion().intValueExact())
        .isZero();
    assertThat(extensions.getExtension(Extension.keyUsage).isCritical()).isTrue();
    assertThat(extensions.getExtension(Extension.extendedKeyUsage).isCritical()).isTrue();
    assertThat(extensions.getExtension(Extension.subjectKeyIdentifier)).isNotNull();
  }

  @Test
  void anIssuedCertificateHasItsOwnSubjectAndTheRequestsKey() throws Exception {
    Bytes ca = TestCertificates.selfSigned(TestKeys.rsa(), "CA");
    String request = request(TestKeys.p256(), "asked for");

    X509Certificate issued =
        read(
            TestCertificates.CREATION.issue(
                TestKeys.rsa(),
                ca,
                request,
                TestCertificates.template(
                    TestKeys.rsa(), SubjectAttributes.ofCommonName("given"), null, false)));

    issued.verify(read(ca).getPublicKey());
    assertThat(issued.getSubjectX500Principal().getName()).isEqualTo("CN=given");
    assertThat(issued.getIssuerX500Principal()).isEqualTo(read(ca).getSubjectX500Principal());
    assertThat(issued.getPublicKey().getEncoded())
        .isEqualTo(Objects.requireNonNull(TestKeys.p256().publicKey()).toArray());
    assertThat(issued.getSerialNumber()).isPositive();
    assertThat(issued.getSerialNumber().bitLength()).isLessThanOrEqualTo(32);
    assertThat(issued.getNotBefore()).isEqualTo(Instant.parse("2026-03-04T15:16:17Z"));
    assertThat(issued.getNotAfter()).isEqualTo(Instant.parse("2026-06-02T15:16:17Z"));
    assertThat(issued.getNonCriticalExtensionOIDs())
        .containsExactlyInAnyOrder("2.5.29.14", "2.5.29.35");
    byte[] authority = issued.getExtensionValue("2.5.29.35");
    byte[] subject = read(ca).getExtensionValue("2.5.29.14");
    assertThat(Arrays.copyOfRange(authority, authority.length - 20, authority.length))
        .isEqualTo(Arrays.copyOfRange(subject, subject.length - 20, subject.length));
  }

  /** U11: what older services leave out. */
  @ParameterizedTest
  @CsvSource({"true,false,true", "false,false,false", "false,true,true", "true,true,true"})
  void requestedExtensionsGoInWhereTheSettingOrTheCopySaySo(
      boolean setting, boolean copy, boolean expected) throws Exception {
    CertificateTemplate template =
        new CertificateTemplate(
            RICH.signatureAlgorithm(),
            FULL,
            null,
            RICH.certificateAuthority(),
            RICH.keyUsage(),
            RICH.extendedKeyUsage(),
            RICH.subjectAlternativeNames(),
            copy);
    String request = TestCertificates.CREATION.request(TestKeys.rsa(), RICH);

    X509Certificate issued =
        read(
            TestCertificates.creation(setting)
                .issue(
                    TestKeys.rsa(),
                    TestCertificates.selfSigned(TestKeys.rsa(), "CA"),
                    request,
                    template));

    assertThat(issued.getKeyUsage() != null).isEqualTo(expected);
    assertThat(issued.getExtendedKeyUsage() != null).isEqualTo(expected);
    assertThat(issued.getSubjectAlternativeNames() != null).isEqualTo(expected);
  }

  @Test
  void eitherHeaderOfARequestIsTaken() {
    String request = request(TestKeys.p256(), "k");

    assertThat(CertificateRequestPem.read(request.replace("NEW ", ""))).isNotNull();
    assertThat(CertificateRequestPem.read(request.replace("\n", "\r\n"))).isNotNull();
  }

  @Test
  void badRequestsAreRefused() {
    String good = request(TestKeys.p256(), "k");
    byte[] der =
        Base64.getMimeDecoder()
            .decode(good.lines().filter(l -> !l.startsWith("-")).reduce("", String::concat));
    der[der.length - 1] ^= 1;
    for (String bad :
        List.of("", "rubbish!", "cnViYmlzaA==", CertificateRequestPem.write(der), good + good)) {
      assertThatThrownBy(
              () ->
                  TestCertificates.CREATION.issue(
                      TestKeys.rsa(), TestCertificates.selfSigned(TestKeys.rsa(), "CA"), bad, RICH))
          .isInstanceOfSatisfying(
              ServiceRefusal.class, refusal -> assertThat(refusal.errorCode()).isEqualTo(628));
    }
  }

  @ParameterizedTest
  @CsvSource({"SHA256_WITH_ECDSA", "EDDSA", "SHA256_WITH_RSA_PSS", "SHA1_WITH_RSA"})
  void anAlgorithmThatDoesNotFitIsRefusedInTheServicesWords(String algorithm) {
    CertificateTemplate template =
        new CertificateTemplate(
            SignatureAlgorithm.of(algorithm),
            FULL,
            1,
            false,
            List.of(),
            List.of(),
            List.of(),
            false);

    assertRefused(
        "Could not issue certificate: The signature Algorithm is not valid for this key type.",
        () -> TestCertificates.CREATION.selfSign(TestKeys.rsa(), template));
    assertRefused(
        "Could not create certificate request: The signature Algorithm is not valid for this key"
            + " type.",
        () -> TestCertificates.CREATION.request(TestKeys.rsa(), template));
  }

  @Test
  void aCertificateCannotOutliveTheCalendar() {
    assertRefused(
        "Could not issue certificate: The validity ends after the year 9999.",
        () ->
            TestCertificates.CREATION.selfSign(
                TestKeys.p256(),
                TestCertificates.template(TestKeys.p256(), FULL, Integer.MAX_VALUE, false)));
  }

  @Test
  void certificatesAreWrittenOnOneLine() throws Exception {
    Bytes der = TestCertificates.selfSigned(TestKeys.rsa(), "k");

    String pem = CertificateFacts.pem(der);

    assertThat(pem.lines()).hasSize(3);
    assertThat(pem).endsWith("-----END CERTIFICATE-----");
    assertThat(pem.lines().skip(1).findFirst()).contains(der.toBase64());
  }

  private static String request(KeyMaterial key, String commonName) {
    return TestCertificates.CREATION.request(
        key,
        TestCertificates.template(key, SubjectAttributes.ofCommonName(commonName), null, false));
  }

  private static void assertRefused(String message, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ServiceRefusal.class,
            refusal -> {
              assertThat(refusal.errorCode()).isEqualTo(701);
              assertThat(refusal.getMessage()).isEqualTo(message);
            });
  }

  private static X509Certificate read(Bytes der) throws Exception {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(der.toArray()));
  }
}
