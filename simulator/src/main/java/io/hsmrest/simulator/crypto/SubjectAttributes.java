package io.hsmrest.simulator.crypto;

import org.jspecify.annotations.Nullable;

/**
 * {@code standardCertificateAttributes} (contract 2.3.1). All but the common name may be null.
 * {@code pseudonym} is accepted and ignored.
 */
public record SubjectAttributes(
    String commonName,
    @Nullable String country,
    @Nullable String stateOrProvinceName,
    @Nullable String locality,
    @Nullable String organizationName,
    @Nullable String organizationIdentifier,
    @Nullable String organizationUnitName,
    @Nullable String email,
    @Nullable String title,
    @Nullable String surname,
    @Nullable String givenName,
    @Nullable String initials,
    @Nullable String pseudonym,
    @Nullable String generationQualifier) {

  /** Only a common name. */
  public static SubjectAttributes ofCommonName(String commonName) {
    return new SubjectAttributes(
        commonName, null, null, null, null, null, null, null, null, null, null, null, null, null);
  }
}
