package io.hsmrest.keystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.PemText;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.Test;

class PemCertificatesTest {
  private static final X509Certificate ONE = Certificates.selfSigned("one", Certificates.ec());
  private static final X509Certificate TWO = Certificates.selfSigned("two", Certificates.ec());

  private static String pem(String label, X509Certificate certificate) {
    return PemText.encode(label, JdkCrypto.encoded(certificate));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void textAndOtherObjectsAroundThemArePassedOver() throws Exception {
    String file =
        "Bag Attributes: Zürich -----\n-----\n"
            + PemText.encode("PRIVATE KEY", Octets.of(new byte[] {1, 2, 3}))
            + pem("CERTIFICATE", ONE)
            + "----- text -----\n"
            + PemText.encode("X509 CRL", Octets.of(new byte[] {1, 2, 3}))
            + pem("X509 CERTIFICATE", TWO).replace("\n", "\r\n");
    assertThat(JdkCrypto.certificates(bytes(file))).containsExactly(ONE, TWO);
  }

  @Test
  void derIsLeftAsItIs() throws Exception {
    byte[] der = ONE.getEncoded();
    assertThat(PemCertificates.toDer(der)).isSameAs(der);
    assertThat(JdkCrypto.certificates(der)).containsExactly(ONE);
  }

  @Test
  void aCertificateThatIsBrokenIsAnErrorAndNotPassedOver() {
    String broken = "-----BEGIN CERTIFICATE-----\nA\n-----END CERTIFICATE-----\n";
    assertThatThrownBy(() -> JdkCrypto.certificates(bytes(pem("CERTIFICATE", ONE) + broken)))
        .isInstanceOf(CertificateException.class);
    String noCertificate = PemText.encode("CERTIFICATE", Octets.of(new byte[] {48, 1, 0}));
    assertThatThrownBy(() -> JdkCrypto.certificates(bytes(noCertificate)))
        .isInstanceOf(CertificateException.class);
  }
}
