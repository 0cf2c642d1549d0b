package io.hsmrest.simulator.crypto;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a certificate or certificate request shall contain (contract 2.3).
 *
 * @param signatureAlgorithm one of contract 3.8
 * @param subject subject
 * @param validityDays whole days, null is the service's 90; without effect on a request
 * @param certificateAuthority whether BasicConstraints CA:TRUE goes in
 * @param keyUsage empty is no extension
 * @param extendedKeyUsage empty is no extension
 * @param subjectAlternativeNames empty is no extension
 * @param copyExtensions whether the extensions of a certificate request are taken over ({@code
 *     COPY})
 */
public record CertificateTemplate(
    SignatureAlgorithm signatureAlgorithm,
    SubjectAttributes subject,
    @Nullable Integer validityDays,
    boolean certificateAuthority,
    List<KeyUsageName> keyUsage,
    List<ExtendedKeyUsageName> extendedKeyUsage,
    List<SubjectAlternativeName> subjectAlternativeNames,
    boolean copyExtensions) {

  /** The lists are copied. */
  public CertificateTemplate {
    keyUsage = List.copyOf(keyUsage);
    extendedKeyUsage = List.copyOf(extendedKeyUsage);
    subjectAlternativeNames = List.copyOf(subjectAlternativeNames);
  }
}
