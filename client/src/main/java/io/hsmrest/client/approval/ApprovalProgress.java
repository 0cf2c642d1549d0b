package io.hsmrest.client.approval;

import io.hsmrest.client.model.RequestStatus;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How far a request is.
 *
 * @param pending what is waited for
 * @param status as last read, null before the first look
 * @param waited since the waiting began
 * @param left until it is given up
 */
public record ApprovalProgress(
    PendingApproval pending, @Nullable RequestStatus status, Duration waited, Duration left) {}
