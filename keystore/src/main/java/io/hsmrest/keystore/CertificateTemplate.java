package io.hsmrest.keystore;

import io.hsmrest.client.model.ExtendedKeyUsage;
import io.hsmrest.client.model.KeyUsage;
import io.hsmrest.client.model.SubjectAttributes;
import java.util.List;

/**
 * What a certificate made in the HSM is to say.
 *
 * @param subject the subject
 * @param validityDays whole days from today, at least 1
 * @param certificateAuthority whether basic constraints say CA
 * @param keyUsage empty for no such extension
 * @param extendedKeyUsage empty for no such extension
 */
public record CertificateTemplate(
    SubjectAttributes subject,
    int validityDays,
    boolean certificateAuthority,
    List<KeyUsage> keyUsage,
    List<ExtendedKeyUsage> extendedKeyUsage) {

  /** Refuses a validity that ends before it begins. */
  public CertificateTemplate {
    if (validityDays < 1) {
      throw new IllegalArgumentException(
          "validity of " + validityDays + " days; a certificate is valid for at least 1 day");
    }
    keyUsage = List.copyOf(keyUsage);
    extendedKeyUsage = List.copyOf(extendedKeyUsage);
  }

  /** A certificate for one year that is no CA and says nothing of usages. */
  public static CertificateTemplate ofCommonName(String commonName) {
    return of(SubjectAttributes.ofCommonName(commonName));
  }

  /** A certificate for one year that is no CA and says nothing of usages. */
  public static CertificateTemplate of(SubjectAttributes subject) {
    return new CertificateTemplate(subject, 365, false, List.of(), List.of());
  }

  /** The same with another validity. */
  public CertificateTemplate validFor(int days) {
    return new CertificateTemplate(subject, days, certificateAuthority, keyUsage, extendedKeyUsage);
  }

  /** The same for a CA, or not. */
  public CertificateTemplate asCertificateAuthority(boolean value) {
    return new CertificateTemplate(subject, validityDays, value, keyUsage, extendedKeyUsage);
  }

  /** The same with these key usages and no others. */
  public CertificateTemplate withKeyUsage(KeyUsage... usages) {
    return new CertificateTemplate(
        subject, validityDays, certificateAuthority, List.of(usages), extendedKeyUsage);
  }

  /** The same with these extended key usages and no others. */
  public CertificateTemplate withExtendedKeyUsage(ExtendedKeyUsage... usages) {
    return new CertificateTemplate(
        subject, validityDays, certificateAuthority, keyUsage, List.of(usages));
  }
}
