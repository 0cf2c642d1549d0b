package io.hsmrest.tests.scenario.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.client.model.ExtendedKeyUsage;
import io.hsmrest.client.model.KeyUsage;
import io.hsmrest.client.model.NewKey;
import io.hsmrest.client.model.SubjectAlternativeName;
import io.hsmrest.client.model.SubjectAttribute;
import io.hsmrest.client.model.SubjectAttributes;
import io.hsmrest.keystore.CertificateReport;
import io.hsmrest.keystore.CertificateTemplate;
import io.hsmrest.keystore.HsmCertificates;
import io.hsmrest.keystore.SelfSignRequest;
import io.hsmrest.keystore.UnusedChainCertificate;
import io.hsmrest.tests.documents.Checkout;
import io.hsmrest.tests.scenario.SimulatedHsm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.Provider;
import java.security.cert.CertPathBuilder;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The snippets of docs/certificates.md, from top to bottom. */
@Tag("scenario")
class CertificatesPageTest {
  @TempDir Path folder;

  @Test
  void theSnippetsRun() throws Exception {
    try (SimulatedHsm service =
        CertificateService.with("\"behaviour\": {\"requestedExtensionsInIssued\": true}")) {
      service.create(
          NewKey.rsa("payments-ca", 2048).withPolicy(service.policies().use(1, "alice")));
      service.create(NewKey.ec("web-tls", CertificateService.P256));
      Path file = Files.writeString(folder.resolve("hsmrest.properties"), service.properties());
      KeyStore keyStore = service.keyStore();

      HsmCertificates certificates = HsmCertificates.open(file);

      SubjectAttributes subject =
          SubjectAttributes.ofCommonName("Payments CA")
              .with(SubjectAttribute.ORGANIZATION, "Example, Inc.")
              .with(SubjectAttribute.COUNTRY, "CH");
      CertificateTemplate ca =
          CertificateTemplate.of(subject)
              .asCertificateAuthority(true)
              .validFor(3650)
              .withKeyUsage(KeyUsage.KEY_CERT_SIGN, KeyUsage.CRL_SIGN);
      X509Certificate root = certificates.selfSign("payments-ca", ca);

      keyStore.setEntry("payments-ca", new SelfSignRequest(ca), null);
      root = certificates.certificate("payments-ca").orElseThrow();

      CertificateTemplate web =
          CertificateTemplate.ofCommonName("www.example.org")
              .validFor(90)
              .withKeyUsage(KeyUsage.DIGITAL_SIGNATURE)
              .withExtendedKeyUsage(ExtendedKeyUsage.SERVER_AUTH)
              .withSubjectAlternativeNames(SubjectAlternativeName.dns("www.example.org"));
      byte[] csr = certificates.requestCsr("web-tls", web);

      CertificateReport report = certificates.issueWithReport("payments-ca", csr, web);
      report.differences().forEach(System.out::println);
      X509Certificate leaf = report.certificate();

      certificates.importCertificate("web-tls", List.of(leaf, root));

      Path reply = new OpenSsl(folder).pem(root, leaf);
      certificates.importCertificate("web-tls", Files.readAllBytes(reply));

      List<UnusedChainCertificate> unused = certificates.unusedChainCertificates();
      certificates.removeUnusedChainCertificates();

      Provider provider = service.provider("name = page");
      X509CertSelector target = new X509CertSelector();
      target.setCertificate(leaf);
      PKIXBuilderParameters parameters =
          new PKIXBuilderParameters(Set.of(new TrustAnchor(root, null)), target);
      parameters.setRevocationEnabled(false);
      PKIXCertPathBuilderResult path =
          (PKIXCertPathBuilderResult)
              CertPathBuilder.getInstance("HsmRest", provider).build(parameters);

      keyStore.setCertificateEntry("payments-root", root);
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(keyStore);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);

      assertThat(report.isAsAsked()).isTrue();
      assertThat(unused).isEmpty();
      assertThat(path.getCertPath().getCertificates().size()).isOne();
      assertThat(service.keyStore("name = last").getCertificateChain("web-tls"))
          .containsExactly(leaf, root);
      new OpenSsl(folder).verify(List.of(leaf, root), "-purpose", "sslserver").succeeded();
    }
  }

  @Test
  void thePageShowsThisCode() {
    String source =
        words(
            Checkout.text(
                "tests/src/test/java/io/hsmrest/tests/scenario/certificates/"
                    + "CertificatesPageTest.java"));
    Matcher blocks =
        Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
            .matcher(Checkout.text("docs/certificates.md"));
    int compared = 0;
    while (blocks.find()) {
      assertThat(source.contains(words(blocks.group(1)))).as(blocks.group(1)).isTrue();
      compared++;
    }
    assertThat(compared).isGreaterThanOrEqualTo(8);
  }

  private static String words(String code) {
    return code.replaceAll("\\s+", "");
  }
}
