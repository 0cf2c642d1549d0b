package io.hsmrest.client.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A certificate that a key signs for itself (contract 2.3.3, 2.3.5).
 *
 * @param keyName label of the key
 * @param keyPassword the key's own password, null for none
 * @param signatureAlgorithm the service's name, one of contract 3.8
 * @param validityDays whole days from today
 * @param subject the subject, which is also the issuer
 * @param certificateAuthority whether basic constraints say CA
 * @param keyUsage empty for no such extension
 * @param extendedKeyUsage empty for no such extension
 * @param subjectAlternativeNames empty for no such extension; newer services only
 */
public record SelfSignCertificateRequest(
    String keyName,
    @Nullable Secret keyPassword,
    String signatureAlgorithm,
    int validityDays,
    SubjectAttributes subject,
    boolean certificateAuthority,
    List<KeyUsage> keyUsage,
    List<ExtendedKeyUsage> extendedKeyUsage,
    List<SubjectAlternativeName> subjectAlternativeNames) {

  /** Copies the lists. */
  public SelfSignCertificateRequest {
    keyUsage = List.copyOf(keyUsage);
    extendedKeyUsage = List.copyOf(extendedKeyUsage);
    subjectAlternativeNames = List.copyOf(subjectAlternativeNames);
  }

  /** A request that asks for nothing that only newer services know. */
  public SelfSignCertificateRequest(
      String keyName,
      @Nullable Secret keyPassword,
      String signatureAlgorithm,
      int validityDays,
      SubjectAttributes subject,
      boolean certificateAuthority,
      List<KeyUsage> keyUsage,
      List<ExtendedKeyUsage> extendedKeyUsage) {
    this(
        keyName,
        keyPassword,
        signatureAlgorithm,
        validityDays,
        subject,
        certificateAuthority,
        keyUsage,
        extendedKeyUsage,
        List.of());
  }
}
