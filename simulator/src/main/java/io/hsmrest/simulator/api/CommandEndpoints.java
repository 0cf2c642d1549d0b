package io.hsmrest.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hsmrest.simulator.json.Json;
import io.hsmrest.simulator.operation.Commands;
import io.hsmrest.simulator.operation.Execution;
import io.hsmrest.simulator.operation.RequestKind;
import io.hsmrest.simulator.state.StoredRequest;

/** Endpoints that do the same command now, or when it has been approved. */
final class CommandEndpoints {
  private CommandEndpoints() {}

  /** A synchronous call with its envelope. */
  static Endpoint now(RequestKind kind, int status) {
    return call -> {
      var immediate = new Commands(call.hsm(), call.partition()).readSynchronous(kind, call.body());
      ObjectNode answer = Execution.run(call.hsm(), call.partition(), immediate);
      return new Reply(status, answer.isEmpty() ? null : answer);
    };
  }

  /** A synchronous certificate call, without envelope. */
  static Endpoint certificateNow(RequestKind kind) {
    return call ->
        Reply.ok(
            Execution.run(
                call.hsm(),
                call.partition(),
                new Commands(call.hsm(), call.partition()).readCertificateCall(kind, call.body())));
  }

  /** An asynchronous request. */
  static Endpoint later(RequestKind kind) {
    return call -> {
      StoredRequest request = call.tenant().requests().submit(kind, call.body());
      return Reply.created(Json.object().put(kind.idField(), request.id().toString()));
    };
  }
}
