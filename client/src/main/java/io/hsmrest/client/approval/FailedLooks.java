package io.hsmrest.client.approval;

import io.hsmrest.client.HsmConnectionException;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.HsmLogger;
import io.hsmrest.client.HsmResponseException;
import io.hsmrest.client.PlainText;
import io.hsmrest.client.UnknownRequestException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What looks mean that brought nothing, for one request. Only the service itself can say that a
 * request is gone; a gateway's page, garbled JSON or a token that is just being renewed say nothing
 * about it. For one thread.
 */
final class FailedLooks {
  private static final System.Logger LOG = HsmLogger.of("io.hsmrest.approval");

  /** A refusal is believed when it has come so often, without another answer between. */
  private static final int REFUSALS = 3;

  /** And for so long: tokens and certificates are renewed meanwhile. */
  private static final Duration REFUSED_FOR = Duration.ofSeconds(30);

  private boolean warned;
  private int refusals;
  private @Nullable Instant refusedSince;

  /** The service answers well again. */
  void over() {
    refusals = 0;
    refusedSince = null;
  }

  /** Whether a look that failed so is the end of the waiting. */
  boolean isEnd(String requestId, HsmException failure, Instant now) {
    if (failure instanceof UnknownRequestException) {
      return true;
    }
    if (isAway(failure)) {
      return false;
    }
    if (!warned) {
      warned = true;
      LOG.log(
          System.Logger.Level.WARNING,
          "request {0} cannot be looked at, waiting on: {1}",
          PlainText.oneLine(requestId),
          PlainText.oneLine(String.valueOf(failure.getMessage())));
    }
    if (!isRefusal(failure)) {
      return false;
    }
    Instant since = refusedSince == null ? now : refusedSince;
    refusedSince = since;
    return ++refusals >= REFUSALS && !now.isBefore(since.plus(REFUSED_FOR));
  }

  /** Whether the service, or what is in front of it, is away, and is waited for as people are. */
  static boolean isAway(HsmException failure) {
    return failure instanceof HsmConnectionException
        || failure instanceof HsmResponseException refusal && refusal.isTemporary();
  }

  /** A credential that is not taken, or what the service says with a code of its own. */
  private static boolean isRefusal(HsmException failure) {
    return failure instanceof HsmResponseException refusal
        && (refusal.status() == 401 || refusal.status() == 403 || refusal.error().code() != 0);
  }
}
