package io.hsmrest.client.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A PKCS#10 certification request signed in the HSM (contract 2.3.2, 2.3.5).
 *
 * @param keyName label of the key
 * @param keyPassword the key's own password, null for none
 * @param signatureAlgorithm the service's name, one of contract 3.8
 * @param subject the subject asked for
 * @param keyUsage empty for no such extension
 * @param extendedKeyUsage empty for no such extension
 * @param subjectAlternativeNames empty for no such extension; newer services only
 */
public record CsrRequest(
    String keyName,
    @Nullable Secret keyPassword,
    String signatureAlgorithm,
    SubjectAttributes subject,
    List<KeyUsage> keyUsage,
    List<ExtendedKeyUsage> extendedKeyUsage,
    List<SubjectAlternativeName> subjectAlternativeNames) {

  /** Copies the lists. */
  public CsrRequest {
    keyUsage = List.copyOf(keyUsage);
    extendedKeyUsage = List.copyOf(extendedKeyUsage);
    subjectAlternativeNames = List.copyOf(subjectAlternativeNames);
  }

  /** A request that asks for nothing that only newer services know. */
  public CsrRequest(
      String keyName,
      @Nullable Secret keyPassword,
      String signatureAlgorithm,
      SubjectAttributes subject,
      List<KeyUsage> keyUsage,
      List<ExtendedKeyUsage> extendedKeyUsage) {
    this(keyName, keyPassword, signatureAlgorithm, subject, keyUsage, extendedKeyUsage, List.of());
  }
}
