package io.hsmrest.tests.scenario;

import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.PemText;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.List;

/** What certificates and their like are in files. */
public final class CertificateFiles {
  private CertificateFiles() {}

  /** Certificates in PEM, one after the other. */
  public static String pem(Certificate... certificates) {
    StringBuilder text = new StringBuilder();
    for (Certificate certificate : certificates) {
      try {
        text.append(pem("CERTIFICATE", certificate.getEncoded()));
      } catch (CertificateEncodingException e) {
        throw new AssertionError(e);
      }
    }
    return text.toString();
  }

  /** Anything else in PEM. */
  public static String pem(String label, byte[] der) {
    return PemText.encode(label, Octets.of(der));
  }

  /** Certificates in PKCS#7, DER. */
  public static byte[] pkcs7(Certificate... certificates) {
    try {
      return CertificateFactory.getInstance("X.509")
          .generateCertPath(List.of(certificates))
          .getEncoded("PKCS7");
    } catch (CertificateException e) {
      throw new AssertionError(e);
    }
  }
}
