package io.hsmrest.keystore;

import io.hsmrest.client.model.Octets;
import org.jspecify.annotations.Nullable;

/**
 * One of the ways in which the service can be asked for a signature.
 *
 * @param serviceAlgorithm the service's name, such as {@code NONESHA256_WITH_RSA} (contract 3.4)
 * @param signatureType {@code RAW}, or null to leave the encoding to the service: older ones do not
 *     know the field (contract U37)
 * @param payload message or digest, whichever the algorithm wants (contract 3.5)
 */
public record SignatureForm(
    String serviceAlgorithm, @Nullable String signatureType, Octets payload) {

  /** A form that leaves the encoding to the service; copies the payload. */
  public static SignatureForm of(String serviceAlgorithm, byte[] payload) {
    return new SignatureForm(serviceAlgorithm, null, Octets.of(payload));
  }

  /** The same with r and s one behind the other (contract 3.7). */
  public SignatureForm raw() {
    return new SignatureForm(serviceAlgorithm, "RAW", payload);
  }
}
