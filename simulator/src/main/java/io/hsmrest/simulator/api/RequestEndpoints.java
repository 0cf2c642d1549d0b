package io.hsmrest.simulator.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hsmrest.simulator.crypto.Bytes;
import io.hsmrest.simulator.json.Fields;
import io.hsmrest.simulator.json.Json;
import io.hsmrest.simulator.operation.Times;
import io.hsmrest.simulator.state.Progress;
import io.hsmrest.simulator.state.RequestStatus;
import io.hsmrest.simulator.state.StoredRequest;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Asynchronous requests (contract 2.4). */
final class RequestEndpoints {
  private RequestEndpoints() {}

  static void addTo(Routes routes) {
    routes.add("GET", "/v1/request/{id}", RequestEndpoints::get);
    routes.add("DELETE", "/v1/request/{id}", RequestEndpoints::cancel);
    routes.add("POST", "/v1/filteredRequests", RequestEndpoints::filtered);
  }

  private static Reply get(Call call) {
    return Reply.ok(status(call.tenant().requests().fetch(Call.uuid(call.variable()))));
  }

  private static Reply cancel(Call call) {
    call.tenant().requests().cancel(Call.uuid(call.variable()));
    return Reply.empty();
  }

  private static Reply filtered(Call call) {
    Fields in = call.fields();
    List<RequestStatus> wanted = in.choices("requestStatusList", RequestEndpoints::byName);
    in.end();
    ObjectNode answer = Json.object();
    ArrayNode requests = answer.putArray("requests");
    for (StoredRequest request : call.tenant().requests().all()) {
      if (wanted.isEmpty() || wanted.contains(request.status())) {
        requests
            .addObject()
            .put("id", request.id().toString())
            .put("status", request.status().name());
      }
    }
    return Reply.ok(answer);
  }

  private static Optional<RequestStatus> byName(String name) {
    return Arrays.stream(RequestStatus.values())
        .filter(status -> status.name().equals(name))
        .findFirst();
  }

  /** A RequestStatus object. */
  static ObjectNode status(StoredRequest request) {
    Progress progress = request.progress();
    Instant executed = progress.executionTime();
    ObjectNode out =
        Json.object()
            .put("id", request.id().toString())
            .put("status", request.status().name())
            .put("executionTime", executed == null ? null : Times.text(executed));
    keys(out.putArray("approvedBy"), progress.approvedBy());
    keys(out.putArray("notYetApprovedBy"), progress.notYetApprovedBy());
    keys(out.putArray("rejectedBy"), progress.rejectedBy());
    return out.put("result", progress.result());
  }

  private static void keys(ArrayNode out, List<Bytes> keys) {
    keys.forEach(key -> out.add(key.toBase64()));
  }
}
