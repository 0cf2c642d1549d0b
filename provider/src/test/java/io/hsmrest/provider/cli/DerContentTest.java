package io.hsmrest.provider.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.PemText;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.pkcs.CertificationRequestInfo;
import org.junit.jupiter.api.Test;

/** Certificates and requests are recognised, whole or the signed part alone. */
class DerContentTest {

  private static String shown(byte[] content) {
    Facts facts = new Facts(Integer.MAX_VALUE);
    CertificateText.add(facts, DerContent.read(Octets.of(content)).orElseThrow());
    return String.join("\n", facts.lines());
  }

  @Test
  void aCertificateThatIsToBeSigned() {
    assertThat(shown(Certificates.toBeSigned("O=Example, CN=Sub CA").toByteArray()))
        .contains("content        a certificate that is to be signed")
        .contains("subject        CN=Sub CA,O=Example")
        .contains("issuer         CN=Issuer")
        .contains("serial number  abcdef")
        .contains("valid          2026-01-01T00:00:00Z to 2027-01-01T00:00:00Z")
        .contains("its key        EC 256, SHA-256:")
        .contains("CA             yes, at most 1 CAs below it")
        .contains("key usage      KEY_CERT_SIGN, CRL_SIGN");
  }

  @Test
  void aWholeCertificate() throws Exception {
    assertThat(shown(Certificates.certificate("CN=x").getEncoded()))
        .contains("content        a certificate\n")
        .contains("subject        CN=x");
  }

  @Test
  void aCertificateOfTheFirstVersion() throws Exception {
    ASN1Sequence third = ASN1Sequence.getInstance(Certificates.toBeSigned("CN=old").toByteArray());
    ASN1EncodableVector first = new ASN1EncodableVector();
    for (int i = 1; i < 7; i++) {
      first.add(third.getObjectAt(i));
    }
    assertThat(shown(new DERSequence(first).getEncoded())).contains("subject        CN=old");
  }

  @Test
  void aCertificationRequestWithWhatItAsksFor() throws Exception {
    byte[] request = Certificates.request("CN=www.example.org").getEncoded();
    assertThat(shown(request))
        .contains("content        a certification request\n")
        .contains("subject        CN=www.example.org")
        .contains("names          DNS:www.example.org, IP:192.0.2.1")
        .contains("used for       TLS server")
        .doesNotContain("issuer")
        .doesNotContain("valid");
    String pem = PemText.encode("NEW CERTIFICATE REQUEST", Octets.of(request));
    assertThat(shown(pem.getBytes(StandardCharsets.US_ASCII))).isEqualTo(shown(request));
  }

  @Test
  void theSignedPartOfACertificationRequest() throws Exception {
    CertificationRequestInfo info =
        Certificates.request("CN=x").toASN1Structure().getCertificationRequestInfo();
    assertThat(shown(info.getEncoded()))
        .contains("a certification request that is to be signed")
        .contains("DNS:www.example.org");
  }

  @Test
  void otherBytesAreNone() {
    for (byte[] bytes :
        new byte[][] {
          {},
          {0x30},
          {0x30, 0},
          {0x30, (byte) 0x84, 0, 0, 0, 0},
          "text".getBytes(StandardCharsets.US_ASCII),
          {0x30, 3, 2, 1, 0}
        }) {
      assertThat(DerContent.read(Octets.of(bytes))).isEmpty();
    }
    assertThat(
            DerContent.read(Octets.of("-----BEGIN nonsense".getBytes(StandardCharsets.US_ASCII))))
        .isEmpty();
  }

  /** Seeded: the same damage each time. */
  @Test
  void damagedOnesAreReadOrNot() {
    Random random = new Random(10);
    byte[] whole = Certificates.toBeSigned("CN=x").toByteArray();
    int none = 0;
    for (int i = 0; i < 5_000; i++) {
      byte[] damaged = whole.clone();
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      none += DerContent.read(Octets.of(damaged)).isEmpty() ? 1 : 0;
    }
    assertThat(none).isBetween(100, 4_999);
  }
}
