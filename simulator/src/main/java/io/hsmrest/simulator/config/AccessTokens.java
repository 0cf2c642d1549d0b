package io.hsmrest.simulator.config;

import java.util.Objects;

/**
 * Bearer tokens (JWT) that are accepted. With this setting every call but the approvers' needs one.
 *
 * @param publicKey SubjectPublicKeyInfo in base64, RSA (RS256, RS384, RS512, PS256), EC (ES256,
 *     ES384) or Ed25519 (EdDSA)
 * @param partitionClaim name of the claim that names the partition, when there are several
 */
public record AccessTokens(String publicKey, String partitionClaim) {
  /** Fills in what was left out. */
  @SuppressWarnings("NullAway") // the binder passes null for what the file leaves out
  public AccessTokens {
    if (publicKey == null) {
      throw new IllegalArgumentException("accessTokens.publicKey is missing");
    }
    partitionClaim = Objects.requireNonNullElse(partitionClaim, "partition");
  }
}
