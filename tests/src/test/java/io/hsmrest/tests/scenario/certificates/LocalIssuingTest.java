package io.hsmrest.tests.scenario.certificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hsmrest.client.model.NewKey;
import io.hsmrest.keystore.CertificateTemplate;
import io.hsmrest.keystore.HsmCertificates;
import io.hsmrest.keystore.HsmPrivateKey;
import io.hsmrest.tests.documents.Checkout;
import io.hsmrest.tests.jdk.Command;
import io.hsmrest.tests.scenario.CertificateFiles;
import io.hsmrest.tests.scenario.SimulatedHsm;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Provider;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPReq;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The snippets of docs/private-ca.md at work, looked at by OpenSSL. */
@Tag("scenario")
class LocalIssuingTest {
  private static final String AT = "http://pki.example.org";
  private static final Duration YEAR = Duration.ofDays(365);

  @TempDir Path folder;

  private SimulatedHsm service;
  private OpenSsl openSsl;
  private PrivateCa rootCa;
  private PrivateCa issuingCa;
  private X509Certificate root;
  private X509Certificate issuing;
  private HsmPrivateKey web;

  @BeforeEach
  void makeCas() throws Exception {
    service = CertificateService.start();
    openSsl = new OpenSsl(folder);
    Provider provider = service.provider();
    // The root's uses are approved by people, the issuing CA's are not.
    rootCa =
        new PrivateCa(
            provider,
            service.create(
                NewKey.ec("root", CertificateService.P256)
                    .withPolicy(service.policies().use(1, "alice"))));
    HsmPrivateKey issuingKey = service.create(NewKey.ec("issuing", CertificateService.P256));
    issuingCa = new PrivateCa(provider, issuingKey);
    web = service.create(NewKey.rsa("web", 2048));

    HsmCertificates certificates = service.certificates();
    root = rootCa.root("CN=Test Root CA,O=Example,C=CH", YEAR.multipliedBy(10), 1);
    certificates.importCertificate("root", List.of(root));
    issuing =
        rootCa.intermediate(
            root, issuingKey.publicKey(), "CN=Test Issuing CA,C=CH", YEAR, "example.org");
    certificates.importCertificate("issuing", List.of(issuing, root));
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private X509Certificate server(String host) throws Exception {
    byte[] csr = service.certificates().requestCsr("web", CertificateTemplate.ofCommonName(host));
    return issuingCa.server(
        issuing, PrivateCa.checked(csr).getPublicKey(), host, Duration.ofDays(90), AT);
  }

  @Test
  void aServersCertificateIsStrictlyValidAndServedWithItsChain() throws Exception {
    X509Certificate leaf = server("www.example.org");
    service.certificates().importCertificate("web", List.of(leaf, issuing, root));
    openSsl
        .verify(
            List.of(leaf, issuing, root),
            "-x509_strict",
            "-purpose",
            "sslserver",
            "-verify_hostname",
            "www.example.org")
        .succeeded();
    assertThat(service.keyStore("name = other").getCertificateChain("web"))
        .containsExactly(leaf, issuing, root);
    assertThat(openSsl.text(leaf))
        .contains(
            "CA Issuers - URI:http://pki.example.org/ca.crt",
            "OCSP - URI:http://pki.example.org/ocsp",
            "URI:http://pki.example.org/ca.crl",
            "DNS:www.example.org");
  }

  @Test
  void nameConstraintsHold() throws Exception {
    X509Certificate outside = server("www.example.net");
    Command.Result result = openSsl.verify(List.of(outside, issuing, root));
    assertThat(result.exitCode()).isNotZero();
    assertThat(result.text()).contains("permitted subtree violation");
  }

  @Test
  void pathLengthsHold() throws Exception {
    HsmPrivateKey third = service.create(NewKey.ec("third", CertificateService.P256));
    X509Certificate tooDeep =
        issuingCa.intermediate(issuing, third.publicKey(), "CN=Third,C=CH", YEAR, "example.org");
    X509Certificate leaf =
        new PrivateCa(service.provider(), third)
            .server(tooDeep, web.publicKey(), "www.example.org", YEAR, AT);
    Command.Result result = openSsl.verify(List.of(leaf, tooDeep, issuing, root));
    assertThat(result.exitCode()).isNotZero();
    assertThat(result.text()).contains("path length constraint exceeded");
  }

  @Test
  void serialNumbersAreLongPositiveAndDifferent() {
    BigInteger one = PrivateCa.newSerial();
    assertThat(one).isPositive().isNotEqualTo(PrivateCa.newSerial());
    assertThat(one.toByteArray().length).isLessThanOrEqualTo(20);
  }

  @Test
  void aRevokedCertificateIsOnTheCrl() throws Exception {
    X509Certificate good = server("good.example.org");
    X509Certificate bad = server("bad.example.org");
    X509CRL crl = issuingCa.revoke(issuing, BigInteger.ONE, bad);
    X509CRL rootCrl = rootCa.revoke(root, BigInteger.ONE);
    Path crls =
        openSsl.file(
            (CertificateFiles.pem("X509 CRL", crl.getEncoded())
                    + CertificateFiles.pem("X509 CRL", rootCrl.getEncoded()))
                .getBytes(StandardCharsets.US_ASCII));

    String[] checks = {"-x509_strict", "-crl_check_all", "-CRLfile", crls.toString()};
    openSsl.verify(List.of(good, issuing, root), checks).succeeded();
    Command.Result revoked = openSsl.verify(List.of(bad, issuing, root), checks);
    assertThat(revoked.exitCode()).isNotZero();
    assertThat(revoked.text()).contains("certificate revoked");
  }

  @Test
  void ocspAnswersAreSignedInTheHsm() throws Exception {
    X509Certificate leaf = server("www.example.org");
    Path request = folder.resolve("request.der");
    Command ask =
        Command.of("openssl", "ocsp", "-issuer", openSsl.pem(issuing).toString())
            .with("-cert", openSsl.pem(leaf).toString());
    ask.with("-reqout", request.toString()).run().succeeded();
    OCSPReq asked = new OCSPReq(Files.readAllBytes(request));

    OCSPResp good = issuingCa.answer(asked, issuing, CertificateStatus.GOOD);
    OCSPResp revoked =
        issuingCa.answer(
            asked, issuing, new RevokedStatus(Date.from(Instant.now()), CRLReason.keyCompromise));

    assertThat(seen(request, good)).contains("Response verify OK", "Cert Status: good");
    assertThat(seen(request, revoked)).contains("Response verify OK", "Cert Status: revoked");
  }

  /** Checks the nonce and the signature, and shows the answer. */
  private String seen(Path request, OCSPResp response) throws Exception {
    return Command.of("openssl", "ocsp", "-reqin", request.toString())
        .with("-respin", openSsl.file(response.getEncoded()).toString())
        .with("-resp_text", "-CAfile", openSsl.pem(root).toString())
        .with("-verify_other", openSsl.pem(issuing).toString())
        .run()
        .succeeded()
        .text();
  }

  @Test
  void aCsrThatIsNotSignedWithItsKeyIsRefused() throws Exception {
    byte[] csr = service.certificates().requestCsr("web", CertificateTemplate.ofCommonName("x"));
    csr[csr.length - 1] ^= 1;
    assertThatThrownBy(() -> PrivateCa.checked(csr)).isInstanceOf(SecurityException.class);
  }

  @Test
  void thePageShowsThisCode() {
    String source =
        Checkout.text("tests/src/test/java/io/hsmrest/tests/scenario/certificates/PrivateCa.java");
    Matcher blocks =
        Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
            .matcher(Checkout.text("docs/private-ca.md"));
    int compared = 0;
    while (blocks.find()) {
      assertThat(words(source).contains(words(blocks.group(1)))).as(blocks.group(1)).isTrue();
      compared++;
    }
    assertThat(compared).isGreaterThanOrEqualTo(6);
  }

  private static String words(String code) {
    return code.replaceAll("\\s+", "");
  }
}
