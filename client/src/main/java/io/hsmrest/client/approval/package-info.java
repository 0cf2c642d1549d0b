/**
 * Asking people, waiting for them, and telling how it goes; each bad end is an exception below
 * {@link io.hsmrest.client.approval.ApprovalException}. Works over whatever {@link
 * io.hsmrest.client.RequestClient} there is.
 *
 * <p>Start with {@link io.hsmrest.client.approval.ApprovedRequests}. Depends on {@code client} and
 * {@code client.model} only.
 */
@NullMarked
package io.hsmrest.client.approval;

import org.jspecify.annotations.NullMarked;
