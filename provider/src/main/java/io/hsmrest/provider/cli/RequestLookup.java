package io.hsmrest.provider.cli;

import io.hsmrest.client.AuthenticationException;
import io.hsmrest.client.HsmConfigurationException;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.HsmResponseException;
import io.hsmrest.client.RequestClient;
import io.hsmrest.client.UnknownRequestException;
import io.hsmrest.client.model.RequestState;
import io.hsmrest.client.model.RequestSummary;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What state a request is in, out of the list of requests: reading the request itself may take the
 * result away from whoever waits for it, where the service hands results out only once (contract
 * 2.4.1).
 */
final class RequestLookup {
  private static final Set<RequestState> OPEN =
      EnumSet.of(RequestState.PENDING, RequestState.APPROVED);

  private static final Set<RequestState> FINISHED =
      EnumSet.of(
          RequestState.EXECUTED,
          RequestState.FAILED,
          RequestState.EXPIRED,
          RequestState.REJECTED,
          RequestState.CANCELLED);

  private RequestLookup() {}

  static boolean isOpen(RequestState state) {
    return OPEN.contains(state);
  }

  /** The state, empty when there is no such request. */
  static Optional<RequestState> state(RequestClient client, String requestId) throws HsmException {
    try {
      Optional<RequestState> open = find(client, requestId, OPEN);
      return open.isPresent() ? open : find(client, requestId, FINISHED);
    } catch (HsmResponseException e) {
      // Releases before 2.0.1 have no list, and hand results out as often as they are asked.
      if (e.error().code() != 0 || e.status() != 404 && e.status() != 405) {
        throw e;
      }
      return read(client, requestId);
    }
  }

  private static Optional<RequestState> read(RequestClient client, String requestId)
      throws HsmException {
    try {
      return Optional.of(client.readRequest(requestId).state());
    } catch (UnknownRequestException e) {
      return Optional.empty();
    }
  }

  private static Optional<RequestState> find(
      RequestClient client, String requestId, Set<RequestState> states) throws HsmException {
    return client.listRequests(states).stream()
        .filter(request -> request.id().equalsIgnoreCase(requestId))
        .map(RequestSummary::state)
        .findFirst();
  }

  /** Whether an approver's task may still appear; so it is as long as nobody knows better. */
  static boolean mayGetATask(RequestClient client, String requestId) throws HsmException {
    try {
      return state(client, requestId).filter(OPEN::contains).isPresent();
    } catch (HsmResponseException | HsmConfigurationException e) {
      return true;
    }
  }

  /** Why an approver has no task of that request. */
  static String whyNoTask(RequestClient client, String requestId, ApproverKey approver)
      throws HsmException {
    String nothing = "request " + requestId + " does not wait for " + approver.describe();
    try {
      Optional<RequestState> state = state(client, requestId);
      if (state.isEmpty()) {
        return "there is no request " + requestId;
      }
      return nothing
          + ": it is "
          + state.get()
          + (state.get() == RequestState.PENDING
              ? ", and this approver has answered or is not asked"
              : "");
    } catch (AuthenticationException | HsmConfigurationException e) {
      // Approvers need neither a right to look at requests nor a token for it.
      return nothing;
    }
  }
}
