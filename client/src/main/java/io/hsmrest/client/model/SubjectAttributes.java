package io.hsmrest.client.model;

import org.jspecify.annotations.Nullable;

/**
 * The subject of a certificate or CSR, the service's {@code standardCertificateAttributes}
 * (contract 2.3.1). All but the common name may be null.
 *
 * @param commonName CN, not empty
 * @param country C, two letters
 * @param stateOrProvinceName ST
 * @param locality L
 * @param organizationName O
 * @param organizationUnitName OU
 * @param email the e-mail address
 */
public record SubjectAttributes(
    String commonName,
    @Nullable String country,
    @Nullable String stateOrProvinceName,
    @Nullable String locality,
    @Nullable String organizationName,
    @Nullable String organizationUnitName,
    @Nullable String email) {

  /** Refuses an empty common name, as the service would (411). */
  public SubjectAttributes {
    if (commonName.isEmpty()) {
      throw new IllegalArgumentException("the common name of a certificate's subject is empty");
    }
  }

  /** A subject that is nothing but a common name. */
  public static SubjectAttributes ofCommonName(String commonName) {
    return new SubjectAttributes(commonName, null, null, null, null, null, null);
  }

  /** Whether only the common name is set; older services take no other form (contract U6). */
  public boolean isCommonNameOnly() {
    return equals(ofCommonName(commonName));
  }
}
