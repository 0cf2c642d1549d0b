/**
 * What approvers sign and what attests to a key, read out of the bytes that are signed (contract
 * 2.6.2).
 *
 * <p>Start with {@link io.hsmrest.client.approver.ApprovalContent}. Depends on {@code client} and
 * {@code client.model} only.
 */
@NullMarked
package io.hsmrest.client.approver;

import org.jspecify.annotations.NullMarked;
