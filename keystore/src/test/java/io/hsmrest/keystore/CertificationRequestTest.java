package io.hsmrest.keystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hsmrest.client.HsmException;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.PemText;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.List;
import java.util.Random;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CertificationRequestTest {
  private static final KeyPair EC = Certificates.ec();

  static byte[] csr(KeyPair pair, String algorithm) throws Exception {
    ExtensionsGenerator extensions = new ExtensionsGenerator();
    extensions.addExtension(
        Extension.subjectAlternativeName,
        false,
        new GeneralNames(new GeneralName(GeneralName.dNSName, "www.example.org")));
    extensions.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
    return new JcaPKCS10CertificationRequestBuilder(
            new X500Principal("CN=web, O=\"Acme, Inc.\""), pair.getPublic())
        .addAttribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, extensions.generate())
        .build(signer(pair, algorithm))
        .getEncoded();
  }

  /** The JDK does not know PSS under the names that tell its parameters. */
  private static ContentSigner signer(KeyPair pair, String algorithm) throws Exception {
    JcaContentSignerBuilder builder = new JcaContentSignerBuilder(algorithm);
    return (algorithm.endsWith("MGF1") ? builder.setProvider(new BouncyCastleProvider()) : builder)
        .build(pair.getPrivate());
  }

  @Test
  void nameKeyAndExtensionsAreRead() throws Exception {
    CertificationRequest csr = CertificationRequest.read(csr(EC, "SHA256withECDSA"));

    assertThat(csr.carries(EC.getPublic())).isTrue();
    assertThat(csr.carries(Certificates.ec().getPublic())).isFalse();
    assertThat(csr.extensions()).containsOnlyKeys("2.5.29.17", "2.5.29.15");
    assertThat(csr.signatureOid()).isEqualTo("1.2.840.10045.4.3.2");
    CertificateContent content = CertificateContent.of(csr, "web");
    assertThat(content.subject())
        .extracting(Object::toString)
        .containsExactlyInAnyOrder("2.5.4.3=web", "2.5.4.10=Acme, Inc.");
    assertThat(content.alternativeNames()).containsExactly("DNS:www.example.org");
    assertThat(content.keyUsages()).containsExactly("DIGITAL_SIGNATURE");
  }

  @Test
  void aRequestWithoutAttributesHasNoExtensions() throws Exception {
    byte[] der =
        new JcaPKCS10CertificationRequestBuilder(new X500Principal("CN=x"), EC.getPublic())
            .build(new JcaContentSignerBuilder("SHA256withECDSA").build(EC.getPrivate()))
            .getEncoded();
    assertThat(CertificationRequest.read(der).extensions()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST"})
  void pemWithEitherHeaderIsRead(String label) throws Exception {
    byte[] der = csr(EC, "SHA256withECDSA");
    String pem = PemText.encode(label, Octets.of(der));
    assertThat(CertificationRequest.read(pem.getBytes(StandardCharsets.US_ASCII)).der())
        .isEqualTo(Octets.of(der));
  }

  @ParameterizedTest
  @CsvSource({
    "RSA, 2048, SHA256withRSA",
    "RSA, 2048, SHA512withRSA",
    "RSA, 2048, SHA256withRSAandMGF1",
    "EC, 256, SHA256withECDSA",
    "EC, 384, SHA384withECDSA",
    "Ed25519, 255, Ed25519",
    "Ed448, 448, Ed448",
  })
  void aSignatureThatIsRightVerifiesAndOneThatIsWrongDoesNot(
      String type, int size, String algorithm) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(type);
    if (!type.startsWith("Ed")) {
      generator.initialize(size);
    }
    byte[] der = csr(generator.generateKeyPair(), algorithm);
    assertThat(CertificationRequest.read(der).verifies()).contains(true);

    der[der.length - 1] ^= 1;
    assertThat(CertificationRequest.read(der).verifies()).contains(false);
  }

  @Test
  void anotherNameThanTheOneThatWasSignedDoesNotVerify() throws Exception {
    byte[] der = csr(EC, "SHA256withECDSA");
    String text = new String(der, StandardCharsets.ISO_8859_1);
    byte[] changed = text.replace("Acme", "Evil").getBytes(StandardCharsets.ISO_8859_1);
    assertThat(CertificationRequest.read(changed).verifies()).contains(false);
  }

  static List<String> garbage() {
    return List.of("", "hello", "-----BEGIN CERTIFICATE REQUEST-----", "0", "MIIB");
  }

  @ParameterizedTest
  @org.junit.jupiter.params.provider.MethodSource("garbage")
  void whatIsNoRequestIsRefused(String text) {
    assertThatThrownBy(() -> CertificationRequest.read(text.getBytes(StandardCharsets.US_ASCII)))
        .isInstanceOf(HsmException.class)
        .hasMessageStartingWith("the CSR is no PKCS#10 request in DER or PEM: ");
  }

  @Test
  void aCertificateIsNoRequest() {
    byte[] certificate = JdkCrypto.encoded(Certificates.selfSigned("x", EC)).toByteArray();
    assertThatThrownBy(() -> CertificationRequest.read(certificate))
        .isInstanceOf(HsmException.class);
  }

  @Test
  void brokenRequestsEndInTheOneExceptionOrDoNotVerify() throws Exception {
    byte[] good = csr(EC, "SHA256withECDSA");
    Random random = new Random(11);
    int readable = 0;
    for (int i = 0; i < 3_000; i++) {
      byte[] bad = good.clone();
      int at = random.nextInt(bad.length);
      bad[at] ^= (byte) (1 + random.nextInt(255));
      try {
        CertificationRequest csr = CertificationRequest.read(bad);
        assertThat(csr.verifies())
            .as("changed at %d", at)
            .isNotEqualTo(java.util.Optional.of(true));
        readable++;
      } catch (HsmException e) {
        assertThat(e).hasMessageContaining("PKCS#10");
      }
    }
    assertThat(readable).isPositive();
  }
}
