package io.hsmrest.provider.cli;

import io.hsmrest.client.HsmException;
import io.hsmrest.client.RequestClient;
import io.hsmrest.client.model.RequestState;
import io.hsmrest.client.model.RequestStatus;
import io.hsmrest.client.model.RequestSummary;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Requests of a service, each with the states that it goes through, look by look. */
final class OpenRequests implements RequestClient {
  private final Map<String, Deque<RequestStatus>> requests = new LinkedHashMap<>();
  private @Nullable HsmException failure;
  final List<String> calls = new ArrayList<>();

  OpenRequests with(String id, RequestStatus... looks) {
    requests.put(id, new ArrayDeque<>(List.of(looks)));
    return this;
  }

  OpenRequests with(String id, RequestState state) {
    return with(id, status(id, state, null));
  }

  OpenRequests failing(HsmException always) {
    failure = always;
    return this;
  }

  static RequestStatus status(String id, RequestState state, @Nullable String result) {
    return new RequestStatus(
        id, state, state.name(), null, List.of(), List.of(), List.of(), result);
  }

  /** In a state of a newer service. */
  static RequestStatus unknown(String id, String state) {
    return new RequestStatus(
        id, RequestState.UNKNOWN, state, null, List.of(), List.of(), List.of(), null);
  }

  private void called(String method) throws HsmException {
    if (failure != null) {
      throw failure;
    }
    calls.add(method);
  }

  @Override
  public List<RequestSummary> listRequests(Set<RequestState> states) throws HsmException {
    called("listRequests");
    return requests.entrySet().stream()
        .map(request -> new RequestSummary(request.getKey(), request.getValue().element().state()))
        .filter(request -> states.contains(request.state()))
        .toList();
  }

  /** The last look stays. */
  @Override
  public RequestStatus readRequest(String id) throws HsmException {
    called("readRequest");
    Deque<RequestStatus> looks = requests.get(id);
    if (looks == null) {
      throw new AssertionError("nobody should read " + id);
    }
    return looks.size() > 1 ? looks.remove() : looks.element();
  }

  @Override
  public void cancelRequest(String id) throws HsmException {
    called("cancelRequest");
  }

  @Override
  public void close() {
    calls.add("close");
  }
}
