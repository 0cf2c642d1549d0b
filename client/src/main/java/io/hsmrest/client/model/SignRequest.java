package io.hsmrest.client.model;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One signature, for {@code /v1/synchronousSign} or {@code /v1/sign} (contract 2.2).
 *
 * @param keyName label of the signing key
 * @param keyPassword the key's own password, null for none
 * @param signatureAlgorithm the service's name, such as {@code NONESHA256_WITH_RSA}
 * @param signatureType {@code DER}, {@code RAW}, or null to leave it to the service
 * @param payload message or digest, whichever the algorithm wants (contract 3.5)
 */
public record SignRequest(
    String keyName,
    @Nullable Secret keyPassword,
    String signatureAlgorithm,
    @Nullable String signatureType,
    Octets payload) {

  /** Checks that nothing needed is missing. */
  public SignRequest {
    Objects.requireNonNull(keyName, "keyName");
    Objects.requireNonNull(signatureAlgorithm, "signatureAlgorithm");
    Objects.requireNonNull(payload, "payload");
  }
}
