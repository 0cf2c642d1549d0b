package io.hsmrest.simulator.crypto;

import java.io.IOException;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.cert.X509CertificateHolder;
import org.jspecify.annotations.Nullable;

/**
 * What the service reads out of a certificate.
 *
 * @param der the certificate
 * @param publicKey its key, SubjectPublicKeyInfo DER
 * @param commonName first CN of the subject, null when there is none
 */
public record CertificateFacts(Bytes der, Bytes publicKey, @Nullable String commonName) {

  /**
   * Reads a DER certificate.
   *
   * @param refusedWith the reason to refuse with: 402, 409 or 626, by the place it is given at
   * @throws ServiceRefusal when it is none
   */
  public static CertificateFacts read(Bytes der, Reason refusedWith) {
    X509CertificateHolder certificate = holder(der, refusedWith);
    try {
      RDN[] names = certificate.getSubject().getRDNs(BCStyle.CN);
      String commonName = names.length == 0 ? null : text(names[0].getFirst().getValue());
      return new CertificateFacts(
          der, Bytes.owning(certificate.getSubjectPublicKeyInfo().getEncoded("DER")), commonName);
    } catch (IOException | RuntimeException e) {
      throw unreadable(refusedWith, e);
    }
  }

  /** PEM as the service writes it: the base64 on one line, no newline at the end. */
  public static String pem(Bytes der) {
    return "-----BEGIN CERTIFICATE-----\n" + der.toBase64() + "\n-----END CERTIFICATE-----";
  }

  static X509CertificateHolder holder(Bytes der, Reason refusedWith) {
    try {
      return new X509CertificateHolder(der.content());
    } catch (IOException | RuntimeException e) {
      throw unreadable(refusedWith, e);
    }
  }

  /** The value itself: Bouncy Castle's own conversion escapes it for a DN. */
  private static @Nullable String text(ASN1Encodable value) {
    return value instanceof ASN1String string ? string.getString() : null;
  }

  private static ServiceRefusal unreadable(Reason reason, Exception cause) {
    return new ServiceRefusal(reason, "The certificate can not be read.", cause);
  }
}
