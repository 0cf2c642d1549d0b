package io.hsmrest.keystore;

import io.hsmrest.client.model.Policy;
import io.hsmrest.client.model.Secret;
import java.security.PublicKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a handle knows of its key.
 *
 * @param label the key's name at the service
 * @param publicKey parsed by the JDK
 * @param policy the approval policy, null for a plain key and where it could not be read
 * @param created null when the service did not tell
 * @param password the key's own password, null for none
 */
record KeyFacts(
    String label,
    PublicKey publicKey,
    @Nullable Policy policy,
    @Nullable Instant created,
    @Nullable Secret password) {

  boolean requiresApproval() {
    return policy != null && policy.useRequiresApproval();
  }
}
