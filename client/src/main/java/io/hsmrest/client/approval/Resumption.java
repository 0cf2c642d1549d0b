package io.hsmrest.client.approval;

import io.hsmrest.client.ApprovalSettings;
import io.hsmrest.client.HsmConnectionException;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.HsmLogger;
import io.hsmrest.client.HsmResponseException;
import io.hsmrest.client.RequestClient;
import io.hsmrest.client.UnknownRequestException;
import io.hsmrest.client.model.RequestState;
import io.hsmrest.client.model.RequestStatus;
import java.util.Optional;
import java.util.function.Predicate;
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
    if (journal == null) {
      return Optional.empty();
    }
    Optional<String> id = journal.open(operation.identity());
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
    } catch (HsmResponseException e) {
      if (mayPass(e)) {
        throw e;
      }
      journal.dropped(operation.identity(), e.getMessage());
      return Optional.empty();
    }
    LOG.log(System.Logger.Level.INFO, "request {0} is of no use any more; asking anew", id.get());
    over(operation);
    return Optional.empty();
  }

  /** What was executed is of use while its result is there, and is this operation's. */
  private static <T> boolean isUseful(ApprovedOperation<T> operation, RequestStatus status)
      throws HsmConnectionException {
    if (status.state() != RequestState.EXECUTED) {
      return true;
    }
    try {
      T result = operation.read(status);
      return operation.isOurs(result) || operation.mayBeOurs(result);
    } catch (HsmConnectionException e) {
      throw e;
    } catch (HsmException | RuntimeException e) {
      return false;
    }
  }

  /** Says nothing about the request: the service is at fault, or the credential. */
  private static boolean mayPass(HsmResponseException refusal) {
    return refusal.isTemporary() || refusal.status() == 401;
  }

  <T> void opened(ApprovedOperation<T> operation, String requestId) {
    if (journal != null) {
      journal.opened(operation.identity(), requestId);
    }
  }

  /**
   * Whether there is something to take up later depends on how the waiting ended.
   *
   * @param waitedFor whether others still wait for a request
   */
  <T> void failed(ApprovedOperation<T> operation, Throwable failure, Predicate<String> waitedFor) {
    if (failure instanceof ApprovalException end
        && !isLeft(end)
        && !waitedFor.test(end.requestId())) {
      over(operation);
    }
  }

  /** Whether the request is as open as it was. */
  private boolean isLeft(ApprovalException end) {
    boolean gaveUp =
        end instanceof ApprovalInterruptedException
            || end instanceof ApprovalTimedOutException
            || end instanceof ApprovalUnreadableException;
    return end instanceof UnknownRequestStateException
        || gaveUp && settings.onGiveUp() == ApprovalSettings.GiveUp.KEEP;
  }

  /** Whether identical operations share requests. */
  boolean isOn() {
    return journal != null;
  }

  /** Reads the result; the note goes when it is here, or there is none that could be read later. */
  <T> T read(ApprovedOperation<T> operation, RequestStatus executed) throws HsmException {
    try {
      T result = operation.read(executed);
      over(operation);
      return result;
    } catch (HsmConnectionException e) {
      throw e;
    } catch (HsmException | RuntimeException e) {
      over(operation);
      throw e;
    }
  }

  <T> void over(ApprovedOperation<T> operation) {
    if (journal != null) {
      journal.over(operation.identity());
    }
  }
}
