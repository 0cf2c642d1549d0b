package io.hsmrest.client.approval;

import io.hsmrest.client.HsmException;
import io.hsmrest.client.model.RequestStatus;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An operation that people approve did not come to a good end; each bad end is a subclass. The
 * request id lets the caller look at it, or take it up, later.
 */
public class ApprovalException extends HsmException {
  private static final long serialVersionUID = 1L;

  private final String requestId;
  private final transient @Nullable RequestStatus lastStatus;
  private final Duration waited;

  ApprovalException(
      ApprovalProgress progress, String what, String advice, @Nullable Throwable cause) {
    super(ProgressText.badEnd(progress, what) + "; " + advice, cause);
    this.requestId = progress.pending().requestId();
    this.lastStatus = progress.status();
    this.waited = progress.waited();
  }

  /** The request's id at the service. */
  public String requestId() {
    return requestId;
  }

  /** The request as it was last seen, null when it never was. */
  public @Nullable RequestStatus lastStatus() {
    return lastStatus;
  }

  /** How long was waited. */
  public Duration waited() {
    return waited;
  }
}
