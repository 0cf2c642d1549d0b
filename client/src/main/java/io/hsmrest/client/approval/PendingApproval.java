package io.hsmrest.client.approval;

import io.hsmrest.client.model.Policy;
import org.jspecify.annotations.Nullable;

/**
 * A request that people have to approve.
 *
 * @param requestId its id at the service
 * @param keyLabel the key
 * @param operation what is to be done, such as {@code sign}
 * @param policy the key's policy as last read, null when it is not known
 */
public record PendingApproval(
    String requestId, String keyLabel, String operation, @Nullable Policy policy) {}
