package io.hsmrest.client.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A certificate that a CA key issues for somebody's CSR (contract 2.3.4, 2.3.5). The subject comes
 * from here and not from the CSR, which contributes its public key.
 *
 * @param caKeyName label of the CA key, which must have a certificate
 * @param keyPassword the CA key's own password, null for none
 * @param signatureAlgorithm the service's name, one of contract 3.8
 * @param csr PKCS#10, DER
 * @param subject the subject of the new certificate
 * @param validityDays whole days; null for the service's default of 90, which older services only
 *     know
 * @param certificateAuthority whether basic constraints say CA
 * @param keyUsage empty for no such extension
 * @param extendedKeyUsage empty for no such extension
 * @param subjectAlternativeNames empty for no such extension; newer services only
 * @param copyExtensions whether the CSR's extensions are taken over; newer services only
 */
public record IssueCertificateRequest(
    String caKeyName,
    @Nullable Secret keyPassword,
    String signatureAlgorithm,
    Octets csr,
    SubjectAttributes subject,
    @Nullable Integer validityDays,
    boolean certificateAuthority,
    List<KeyUsage> keyUsage,
    List<ExtendedKeyUsage> extendedKeyUsage,
    List<SubjectAlternativeName> subjectAlternativeNames,
    boolean copyExtensions) {

  /** Copies the lists. */
  public IssueCertificateRequest {
    keyUsage = List.copyOf(keyUsage);
    extendedKeyUsage = List.copyOf(extendedKeyUsage);
    subjectAlternativeNames = List.copyOf(subjectAlternativeNames);
  }

  /** A request that asks for nothing that only newer services know. */
  public IssueCertificateRequest(
      String caKeyName,
      @Nullable Secret keyPassword,
      String signatureAlgorithm,
      Octets csr,
      SubjectAttributes subject,
      @Nullable Integer validityDays,
      boolean certificateAuthority,
      List<KeyUsage> keyUsage,
      List<ExtendedKeyUsage> extendedKeyUsage) {
    this(
        caKeyName,
        keyPassword,
        signatureAlgorithm,
        csr,
        subject,
        validityDays,
        certificateAuthority,
        keyUsage,
        extendedKeyUsage,
        List.of(),
        false);
  }
}
