package io.hsmrest.client.approval;

import io.hsmrest.client.ApprovalSettings;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.HsmLogger;
import io.hsmrest.client.RequestClient;
import io.hsmrest.client.UnknownRequestException;
import io.hsmrest.client.model.RequestState;
import io.hsmrest.client.model.RequestStatus;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes up requests that an earlier run has left open, so that people are not asked again for the
 * identical operation. Thread-safe.
 */
final class Resumption {
  private static final System.Logger LOG = HsmLogger.of("io.hsmrest.approval");

  private final RequestClient client;
  private final ApprovalSettings settings;
  private final @Nullable RequestJournal journal;

  /** Takes up what the journal has; nothing where none is kept, which is null. */
  Resumption(RequestClient client, ApprovalSettings settings, @Nullable RequestJournal journal) {
    this.client = client;
    this.settings = settings;
    this.journal = journal;
  }

  /** The request that the same operation made before a crash, if it is still good for anything. */
  <T> Optional<RequestStatus> earlier(ApprovedOperation<T> operation) throws HsmException {
    Optional<String> id = journal == null ? Optional.empty() : journal.open(operation.identity());
    if (id.isEmpty()) {
      return Optional.empty();
    }
    try {
      RequestStatus status = client.readRequest(id.get());
      if (status.state() != RequestState.CANCELLED
          && status.state() != RequestState.EXPIRED
          && isUseful(operation, status)) {
        LOG.log(System.Logger.Level.INFO, "taking up request {0} of an earlier run", id.get());
        return Optional.of(status);
      }
    } catch (UnknownRequestException e) {
      // The service has forgotten it.
    }
    LOG.log(System.Logger.Level.INFO, "request {0} is of no use any more; asking anew", id.get());
    over(operation);
    return Optional.empty();
  }

  /** What was executed is of use while its result is there, and is this operation's. */
  private static <T> boolean isUseful(ApprovedOperation<T> operation, RequestStatus status) {
    if (status.state() != RequestState.EXECUTED) {
      return true;
    }
    try {
      return operation.isOurs(operation.read(status));
    } catch (HsmException | RuntimeException e) {
      return false;
    }
  }

  <T> void opened(ApprovedOperation<T> operation, String requestId) {
    if (journal != null) {
      journal.opened(operation.identity(), requestId);
    }
  }

  /** Whether there is something to take up later depends on how the waiting ended. */
  <T> void failed(ApprovedOperation<T> operation, Throwable failure) {
    boolean gaveUp =
        failure instanceof ApprovalInterruptedException
            || failure instanceof ApprovalTimedOutException;
    boolean kept = settings.onGiveUp() == ApprovalSettings.GiveUp.KEEP;
    if (gaveUp ? !kept : failure instanceof ApprovalException) {
      over(operation);
    }
  }

  <T> void over(ApprovedOperation<T> operation) {
    if (journal != null) {
      journal.over(operation.identity());
    }
  }
}
