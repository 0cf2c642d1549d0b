package io.hsmrest.provider.cli;

import io.hsmrest.client.HsmClient;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.model.RequestState;
import io.hsmrest.client.model.RequestStatus;
import io.hsmrest.client.model.RequestSummary;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Requests of a service, each with the states that it goes through, look by look. */
final class OpenRequests {
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

  HsmClient client() {
    return (HsmClient)
        Proxy.newProxyInstance(
            HsmClient.class.getClassLoader(),
            new Class<?>[] {HsmClient.class},
            (proxy, method, arguments) -> {
              if (failure != null && !method.getName().equals("close")) {
                throw failure;
              }
              calls.add(method.getName());
              return switch (method.getName()) {
                case "listRequests" -> list((Set<?>) arguments[0]);
                case "readRequest" -> look((String) arguments[0]);
                case "cancelRequest", "close" -> null;
                default -> throw new AssertionError("unexpected: " + method.getName());
              };
            });
  }

  private List<RequestSummary> list(Set<?> states) {
    return requests.entrySet().stream()
        .map(request -> new RequestSummary(request.getKey(), request.getValue().element().state()))
        .filter(request -> states.contains(request.state()))
        .toList();
  }

  /** The last look stays. */
  private RequestStatus look(String id) {
    Deque<RequestStatus> looks = requests.get(id);
    if (looks == null) {
      throw new AssertionError("nobody should read " + id);
    }
    return looks.size() > 1 ? looks.remove() : looks.element();
  }
}
