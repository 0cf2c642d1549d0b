package io.hsmrest.tests.scenario.certificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hsmrest.client.model.ExtendedKeyUsage;
import io.hsmrest.client.model.KeyUsage;
import io.hsmrest.client.model.NewKey;
import io.hsmrest.client.model.SubjectAlternativeName;
import io.hsmrest.client.model.SubjectAttribute;
import io.hsmrest.client.model.SubjectAttributes;
import io.hsmrest.keystore.CertificateDiffersException;
import io.hsmrest.keystore.CertificateReport;
import io.hsmrest.keystore.CertificateTemplate;
import io.hsmrest.keystore.HsmCertificates;
import io.hsmrest.keystore.SelfSignRequest;
import io.hsmrest.tests.scenario.SimulatedHsm;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A private CA with the service's own certificate calls, on every reading of the contract. */
@Tag("scenario")
class ServiceReleasesTest {
  private static final CertificateTemplate ROOT =
      CertificateTemplate.ofCommonName("Test Root CA")
          .asCertificateAuthority(true)
          .validFor(3650)
          .withKeyUsage(KeyUsage.KEY_CERT_SIGN, KeyUsage.CRL_SIGN);
  private static final CertificateTemplate WEB =
      CertificateTemplate.ofCommonName("www.example.org").validFor(90);

  @TempDir Path folder;

  static List<String> readings() {
    List<String> readings = new ArrayList<>();
    for (String version : List.of("2.0.1", "2.2.0", "2.5.1")) {
      for (String behaviour :
          List.of(
              "",
              "`certificateSubject`: `common_name`, `selfSignResult`: `pem`",
              "`certificateSubject`: `standard_attributes`, `selfSignResult`: `base64`",
              "`missingCertificate`: `key_not_existent`, `listedObjects`: `keys`",
              "`requestedExtensionsInIssued`: true, `certificateRole`: `key_management`")) {
        readings.add(
            "`version`: `%s`, `behaviour`: {%s}".formatted(version, behaviour).replace('`', '"'));
      }
    }
    return readings;
  }

  static Stream<NewKey> caKeys() {
    return Stream.of(
        NewKey.rsa("root", 2048),
        NewKey.ec("root", CertificateService.P256),
        NewKey.ec("root", CertificateService.P384));
  }

  @ParameterizedTest
  @MethodSource("readings")
  void aChainOfThreeIsMadeImportedServedAndVerified(String settings) throws Exception {
    try (SimulatedHsm service = CertificateService.with(settings)) {
      HsmCertificates certificates = service.certificates();
      service.create(
          NewKey.ec("root", CertificateService.P256)
              .withPolicy(service.policies().use(1, "alice")));
      service.create(NewKey.rsa("web", 2048));
      assertThat(certificates.certificate("web")).isEmpty();

      X509Certificate root = certificates.selfSign("root", ROOT);
      byte[] csr = certificates.requestCsr("web", WEB);
      X509Certificate web = certificates.issue("root", csr, WEB);
      certificates.importCertificate("web", List.of(web, root));

      KeyStore keyStore = service.keyStore();
      assertThat(keyStore.getCertificateChain("web")).containsExactly(web, root);
      assertThat(keyStore.size()).as("chain certificates are hidden").isEqualTo(2);
      OpenSsl openSsl = new OpenSsl(folder);
      assertThat(openSsl.csr(csr)).contains("verify OK", "CN=www.example.org");
      openSsl.verify(List.of(root), "-purpose", "any").succeeded();
      openSsl.verify(List.of(web, root)).succeeded();
    }
  }

  @ParameterizedTest
  @MethodSource("caKeys")
  void everyTypeOfKeyIsACa(NewKey key) throws Exception {
    try (SimulatedHsm service = CertificateService.start()) {
      service.create(key);
      service.create(NewKey.ec("web", CertificateService.P256));
      HsmCertificates certificates = service.certificates();
      X509Certificate root = certificates.selfSign("root", ROOT);
      X509Certificate web = certificates.issue("root", certificates.requestCsr("web", WEB), WEB);
      new OpenSsl(folder).verify(List.of(web, root)).succeeded();
    }
  }

  @Test
  void anEd25519CaNeedsANewerRelease() throws Exception {
    try (SimulatedHsm newer = CertificateService.start();
        SimulatedHsm older = CertificateService.with("\"version\": \"2.2.0\"")) {
      for (SimulatedHsm service : List.of(newer, older)) {
        service.create(NewKey.ed25519("root"));
      }
      X509Certificate root = newer.certificates().selfSign("root", ROOT);
      new OpenSsl(folder).verify(List.of(root)).succeeded();
      assertThatThrownBy(() -> older.certificates().selfSign("root", ROOT))
          .hasMessageContaining("self-sign with key 'root' refused: HTTP 400");
    }
  }

  @Test
  void aReleaseThatPutsNoExtensionsIntoWhatItIssuesIsFoundOut() throws Exception {
    try (SimulatedHsm service = CertificateService.with("\"version\": \"2.2.0\"")) {
      service.create(NewKey.ec("root", CertificateService.P256));
      service.create(NewKey.ec("web", CertificateService.P256));
      HsmCertificates certificates = service.certificates();
      certificates.selfSign("root", ROOT);
      CertificateTemplate server =
          WEB.withKeyUsage(KeyUsage.DIGITAL_SIGNATURE)
              .withExtendedKeyUsage(ExtendedKeyUsage.SERVER_AUTH);
      byte[] csr = certificates.requestCsr("web", server);

      assertThatThrownBy(() -> certificates.issue("root", csr, server))
          .isInstanceOf(CertificateDiffersException.class)
          .hasMessageContaining("key usage: asked for DIGITAL_SIGNATURE, got none; extended key")
          .hasMessageContaining("...WithReport");
      CertificateReport report = certificates.issueWithReport("root", csr, server);
      assertThat(report.differences()).hasSize(2);
      assertThat(report.certificate().getKeyUsage()).isNull();
    }
  }

  @Test
  void aNewerReleaseWritesAlternativeNamesAndCopiesExtensions() throws Exception {
    try (SimulatedHsm service =
        CertificateService.with("\"behaviour\": {\"requestedExtensionsInIssued\": true}")) {
      service.create(NewKey.ec("root", CertificateService.P256));
      service.create(NewKey.ec("web", CertificateService.P256));
      HsmCertificates certificates = service.certificates();
      X509Certificate root = certificates.selfSign("root", ROOT);
      CertificateTemplate server =
          WEB.withExtendedKeyUsage(ExtendedKeyUsage.SERVER_AUTH)
              .withSubjectAlternativeNames(
                  SubjectAlternativeName.dns("www.example.org"),
                  SubjectAlternativeName.ip("127.0.0.1"));
      byte[] csr = certificates.requestCsr("web", server);
      OpenSsl openSsl = new OpenSsl(folder);
      assertThat(openSsl.csr(csr)).contains("DNS:www.example.org, IP Address:127.0.0.1");

      X509Certificate issued = certificates.issue("root", csr, server);
      X509Certificate copied = certificates.issue("root", csr, WEB.copyingExtensions());

      for (X509Certificate certificate : List.of(issued, copied)) {
        openSsl
            .verify(
                List.of(certificate, root),
                "-purpose",
                "sslserver",
                "-verify_hostname",
                "www.example.org")
            .succeeded();
      }
    }
  }

  @Test
  void anOlderReleaseSaysThatItKnowsNoAlternativeNames() throws Exception {
    try (SimulatedHsm service = CertificateService.with("\"version\": \"2.2.0\"")) {
      service.create(NewKey.ec("web", CertificateService.P256));
      assertThatThrownBy(
              () ->
                  service
                      .certificates()
                      .requestCsr(
                          "web",
                          WEB.withSubjectAlternativeNames(
                              SubjectAlternativeName.dns("www.example.org"))))
          .hasMessageContaining(
              "not every release of the service knows subjectAlternativeNames here");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Acme, Inc.",
        "a+b",
        "say \"hello\"",
        "back\\slash",
        "<1>",
        "semi;colon",
        "x=y",
        "#1",
        " spaces ",
        "Zürich",
        "x, O=Somebody Else",
        "日本"
      })
  void specialCharactersArePartOfTheValue(String value) throws Exception {
    try (SimulatedHsm service = CertificateService.start()) {
      service.create(NewKey.ec("key", CertificateService.P256));
      SubjectAttributes subject =
          SubjectAttributes.ofCommonName(value).with(SubjectAttribute.ORGANIZATION, value);
      HsmCertificates certificates = service.certificates();
      assertThat(certificates.selfSign("key", CertificateTemplate.of(subject))).isNotNull();
      assertThat(certificates.selfSign("key", CertificateTemplate.ofCommonName(value))).isNotNull();
      assertThat(certificates.requestCsr("key", CertificateTemplate.of(subject))).isNotEmpty();
    }
  }

  @Test
  void everyAttributeOfASubjectArrives() throws Exception {
    try (SimulatedHsm service = CertificateService.start()) {
      service.create(NewKey.ec("key", CertificateService.P256));
      SubjectAttributes subject = SubjectAttributes.ofCommonName("Eva Muster");
      for (SubjectAttribute attribute : SubjectAttribute.values()) {
        if (attribute != SubjectAttribute.COMMON_NAME && attribute != SubjectAttribute.PSEUDONYM) {
          subject = subject.with(attribute, attribute == SubjectAttribute.COUNTRY ? "CH" : "a, b");
        }
      }
      byte[] csr = service.certificates().requestCsr("key", CertificateTemplate.of(subject));
      assertThat(new OpenSsl(folder).csr(csr))
          .contains("CN=Eva Muster", "C=CH", "SN=a, b", "GN=a, b", "initials=a, b");
    }
  }

  @Test
  void aKeyIsSelfSignedThroughTheKeyStoreAndDifferencesAreNotHidden() throws Exception {
    try (SimulatedHsm service = CertificateService.start()) {
      service.create(NewKey.rsa("ca", 2048).withPolicy(service.policies().use(1, "alice")));
      KeyStore keyStore = service.keyStore();
      keyStore.setEntry("ca", new SelfSignRequest(ROOT), null);
      assertThat(((X509Certificate) keyStore.getCertificate("ca")).getBasicConstraints())
          .isPositive();
      assertThatThrownBy(
              () ->
                  keyStore.setEntry(
                      "ca",
                      new SelfSignRequest(
                          CertificateTemplate.of(
                              SubjectAttributes.ofCommonName("x")
                                  .with(SubjectAttribute.PSEUDONYM, "y"))),
                      null))
          .hasMessageContaining("subject pseudonym: asked for 'y', got none");
    }
  }
}
