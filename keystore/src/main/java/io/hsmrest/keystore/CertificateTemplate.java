package io.hsmrest.keystore;

import io.hsmrest.client.model.ExtendedKeyUsage;
import io.hsmrest.client.model.KeyUsage;
import io.hsmrest.client.model.SubjectAlternativeName;
import io.hsmrest.client.model.SubjectAttributes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a certificate or CSR made by the service is to say. Immutable; what is not set is left to
 * the service, which then leaves it out.
 *
 * @param subject the subject
 * @param validityDays whole days from today, at least 1; null for the service's own default, which
 *     is all that releases up to 2.2 know when they issue; without effect on a CSR
 * @param certificateAuthority whether basic constraints say CA; the service sets no path length
 * @param keyUsage empty for no such extension
 * @param extendedKeyUsage empty for no such extension
 * @param subjectAlternativeNames empty for no such extension; known to releases after 2.2
 * @param signatureAlgorithm JCA name, one of those the service has for certificates; null for the
 *     one that fits the key
 * @param copyExtensions whether an issued certificate takes over the extensions of the CSR; known
 *     to releases after 2.2
 */
public record CertificateTemplate(
    SubjectAttributes subject,
    @Nullable Integer validityDays,
    boolean certificateAuthority,
    List<KeyUsage> keyUsage,
    List<ExtendedKeyUsage> extendedKeyUsage,
    List<SubjectAlternativeName> subjectAlternativeNames,
    @Nullable String signatureAlgorithm,
    boolean copyExtensions) {

  /** Refuses a validity that ends before it begins. */
  public CertificateTemplate {
    if (validityDays != null && validityDays < 1) {
      throw new IllegalArgumentException(
          "validity of " + validityDays + " days; a certificate is valid for at least 1 day");
    }
    keyUsage = List.copyOf(keyUsage);
    extendedKeyUsage = List.copyOf(extendedKeyUsage);
    subjectAlternativeNames = List.copyOf(subjectAlternativeNames);
  }

  /** A certificate for one year that is no CA and says nothing of usages. */
  public static CertificateTemplate ofCommonName(String commonName) {
    return of(SubjectAttributes.ofCommonName(commonName));
  }

  /** A certificate for one year that is no CA and says nothing of usages. */
  public static CertificateTemplate of(SubjectAttributes subject) {
    return new CertificateTemplate(
        subject, 365, false, List.of(), List.of(), List.of(), null, false);
  }

  /** The same with another validity. */
  public CertificateTemplate validFor(int days) {
    return withValidity(days);
  }

  /** The same for as long as the service chooses: 90 days, in the releases known so far. */
  public CertificateTemplate validAsTheServiceChooses() {
    return withValidity(null);
  }

  private CertificateTemplate withValidity(@Nullable Integer days) {
    return new CertificateTemplate(
        subject,
        days,
        certificateAuthority,
        keyUsage,
        extendedKeyUsage,
        subjectAlternativeNames,
        signatureAlgorithm,
        copyExtensions);
  }

  /** The same for a CA, or not. */
  public CertificateTemplate asCertificateAuthority(boolean value) {
    return new CertificateTemplate(
        subject,
        validityDays,
        value,
        keyUsage,
        extendedKeyUsage,
        subjectAlternativeNames,
        signatureAlgorithm,
        copyExtensions);
  }

  /** The same with these key usages and no others. */
  public CertificateTemplate withKeyUsage(KeyUsage... usages) {
    return new CertificateTemplate(
        subject,
        validityDays,
        certificateAuthority,
        List.of(usages),
        extendedKeyUsage,
        subjectAlternativeNames,
        signatureAlgorithm,
        copyExtensions);
  }

  /** The same with these extended key usages and no others. */
  public CertificateTemplate withExtendedKeyUsage(ExtendedKeyUsage... usages) {
    return new CertificateTemplate(
        subject,
        validityDays,
        certificateAuthority,
        keyUsage,
        List.of(usages),
        subjectAlternativeNames,
        signatureAlgorithm,
        copyExtensions);
  }

  /** The same with these alternative names and no others. */
  public CertificateTemplate withSubjectAlternativeNames(SubjectAlternativeName... names) {
    return new CertificateTemplate(
        subject,
        validityDays,
        certificateAuthority,
        keyUsage,
        extendedKeyUsage,
        List.of(names),
        signatureAlgorithm,
        copyExtensions);
  }

  /** The same signed with this algorithm, such as {@code SHA384withRSA}. */
  public CertificateTemplate withSignatureAlgorithm(String jcaName) {
    return new CertificateTemplate(
        subject,
        validityDays,
        certificateAuthority,
        keyUsage,
        extendedKeyUsage,
        subjectAlternativeNames,
        jcaName,
        copyExtensions);
  }

  /** The same, with the CSR's extensions in the issued certificate. */
  public CertificateTemplate copyingExtensions() {
    return new CertificateTemplate(
        subject,
        validityDays,
        certificateAuthority,
        keyUsage,
        extendedKeyUsage,
        subjectAlternativeNames,
        signatureAlgorithm,
        true);
  }
}
