package io.hsmrest.client.model;

import org.jspecify.annotations.Nullable;

/**
 * What approvers are shown beside the payload (contract 1.6).
 *
 * @param metaData usually a JSON object in UTF-8; null for none
 * @param signature signature over those bytes, null for none
 */
public record RequestMetadata(@Nullable Octets metaData, @Nullable Octets signature) {
  /** Shows approvers nothing but the payload. */
  public static RequestMetadata none() {
    return new RequestMetadata(null, null);
  }
}
