package io.hsmrest.tests.scenario.keytool;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.tests.scenario.HsmContents;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;

/** Commands that show certificates, sign them and take them in. */
final class CertificateRows {
  private static final Consumer<Bench> WEB = bench -> bench.contents().key("web", Material.WEB);

  private CertificateRows() {}

  static List<Row> all() {
    return List.of(
        list("all entries").works(shows("web,", "PrivateKeyEntry", "ca,", "trustedCertEntry")),
        list("in full", "-v").works(shows("Alias name: web", "Entry type: PrivateKeyEntry")),
        list("as PEM", "-rfc").works(shows("-----BEGIN CERTIFICATE-----")),
        list("one entry", "-alias", "web").works(shows("web,", "PrivateKeyEntry")),
        Row.of("with a store password", "-list", "-storepass", "none")
            .given(WEB)
            .works(shows("web,")),
        Row.of("to standard output", "-certreq", "-storepass", "none", "-alias", "web")
            .given(WEB)
            .works((bench, result) -> assertIsSignedRequest(result.out(), "CN=web")),
        Row.of(
                "of a key without certificate",
                "-certreq",
                "-storepass",
                "none",
                "-alias",
                "bare",
                "-dname",
                "CN=bare")
            .given(bench -> bench.contents().keyWithoutCertificate("bare", Material.OTHER))
            .isRefused(leavesWithoutCertificate()),
        Row.of(
                "of a key without certificate, keys.withoutCertificate=placeholder",
                "-certreq",
                "-storepass",
                "none",
                "-alias",
                "bare",
                "-dname",
                "CN=bare")
            .configured("keys.withoutCertificate = placeholder")
            .given(bench -> bench.contents().keyWithoutCertificate("bare", Material.OTHER))
            .works(
                (bench, result) -> {
                  assertIsSignedRequest(result.out(), "CN=bare");
                  assertThat(bench.contents().certificateOf("bare")).isEmpty();
                }),
        Row.of(
                "new self-signed certificate",
                "-selfcert",
                "-storepass",
                "none",
                "-alias",
                "web",
                "-dname",
                "CN=renewed")
            .given(WEB)
            .works(hasCertificateOf("CN=renewed")),
        Row.of(
                "of a key without certificate, keys.withoutCertificate=placeholder",
                "-selfcert",
                "-storepass",
                "none",
                "-alias",
                "bare",
                "-dname",
                "CN=bare")
            .configured("keys.withoutCertificate = placeholder")
            .given(bench -> bench.contents().keyWithoutCertificate("bare", Material.OTHER))
            .works(
                (bench, result) ->
                    assertThat(
                            bench
                                .contents()
                                .certificateOf("bare")
                                .orElseThrow()
                                .getSubjectX500Principal())
                        .hasToString("CN=bare")),
        Row.of(
                "for somebody's request",
                "-gencert",
                "-storepass",
                "none",
                "-alias",
                "ca",
                "-infile",
                "web.csr",
                "-outfile",
                "web.pem",
                "-rfc")
            .given(
                bench -> {
                  bench.contents().key("ca", Material.CA.keys(), Material.CA.certificate());
                  WEB.accept(bench);
                  bench
                      .keytool(
                          List.of(
                              "-certreq",
                              "-storepass",
                              "none",
                              "-alias",
                              "web",
                              "-file",
                              "web.csr"))
                      .succeeded();
                })
            .works(
                (bench, result) -> {
                  X509Certificate issued = HsmContents.parsed(bytes(bench, "web.pem"));
                  assertThat(issued.getPublicKey()).isEqualTo(Material.WEB.getPublic());
                  assertVerifies(issued, Material.CA.certificate());
                }),
        Row.of(
                "revocation list",
                "-gencrl",
                "-storepass",
                "none",
                "-alias",
                "ca",
                "-id",
                "17",
                "-file",
                "ca.crl")
            .given(
                bench -> bench.contents().key("ca", Material.CA.keys(), Material.CA.certificate()))
            .works((bench, result) -> assertIsRevocationList(bytes(bench, "ca.crl"))),
        Row.of("as PEM", "-exportcert", "-protected", "-alias", "web", "-rfc", "-file", "web.pem")
            .given(WEB)
            .works(
                (bench, result) ->
                    assertThat(HsmContents.parsed(bytes(bench, "web.pem")))
                        .isEqualTo(bench.contents().certificateOf("web").orElseThrow())));
  }

  private static Row list(String what, String... options) {
    String[] words =
        Stream.concat(Stream.of("-list", "-protected"), Stream.of(options)).toArray(String[]::new);
    return Row.of(what, words)
        .given(
            bench -> {
              WEB.accept(bench);
              bench.contents().certificate("ca", Material.CA.certificate());
              // Not shown, and no obstacle: JDK 25 asks for every secret key that is listed.
              bench.contents().create(Material.AES);
            });
  }

  private static Row.Check shows(String... texts) {
    return (bench, result) ->
        assertThat(result.out()).contains(texts).doesNotContain(Material.AES.label());
  }

  private static Row.Check leavesWithoutCertificate() {
    return (bench, result) -> {
      assertThat(bench.contents().hasKey("bare")).isTrue();
      assertThat(bench.contents().certificateOf("bare")).isEmpty();
    };
  }

  private static Row.Check hasCertificateOf(String subject) {
    return (bench, result) -> {
      X509Certificate certificate = bench.contents().certificateOf("web").orElseThrow();
      assertThat(certificate.getSubjectX500Principal()).hasToString(subject);
      assertThat(certificate.getPublicKey()).isEqualTo(Material.WEB.getPublic());
      assertVerifies(certificate, certificate);
    };
  }

  static byte[] bytes(Bench bench, String name) {
    try {
      return Files.readAllBytes(bench.path(name));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static void assertVerifies(X509Certificate certificate, X509Certificate issuer) {
    try {
      certificate.verify(issuer.getPublicKey());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static void assertIsSignedRequest(String pem, String subject) {
    String text = pem.substring(pem.indexOf("-----BEGIN"));
    try (PEMParser parser = new PEMParser(new StringReader(text))) {
      PKCS10CertificationRequest request = (PKCS10CertificationRequest) parser.readObject();
      assertThat(request.getSubject()).hasToString(subject);
      PublicKey key =
          KeyFactory.getInstance("EC")
              .generatePublic(
                  new X509EncodedKeySpec(request.getSubjectPublicKeyInfo().getEncoded()));
      assertThat(request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key)))
          .isTrue();
    } catch (IOException | GeneralSecurityException | OperatorCreationException | PKCSException e) {
      throw new AssertionError(e);
    }
  }

  private static void assertIsRevocationList(byte[] encoded) {
    try {
      X509CRL list =
          (X509CRL)
              CertificateFactory.getInstance("X.509")
                  .generateCRL(new ByteArrayInputStream(encoded));
      list.verify(Material.CA.certificate().getPublicKey());
      assertThat(list.getRevokedCertificates()).hasSize(1);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
