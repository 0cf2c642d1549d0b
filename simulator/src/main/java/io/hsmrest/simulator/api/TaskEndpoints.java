package io.hsmrest.simulator.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hsmrest.simulator.crypto.Bytes;
import io.hsmrest.simulator.crypto.Reason;
import io.hsmrest.simulator.crypto.ServiceRefusal;
import io.hsmrest.simulator.json.Fields;
import io.hsmrest.simulator.json.Json;
import io.hsmrest.simulator.operation.RequestKind;
import io.hsmrest.simulator.request.Authentication;
import io.hsmrest.simulator.request.Identity;
import io.hsmrest.simulator.request.TaskDesk;
import io.hsmrest.simulator.request.TaskQuery;
import io.hsmrest.simulator.request.Tenant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Tasks of approvers (contract 2.6). */
final class TaskEndpoints {
  private TaskEndpoints() {}

  static void addTo(Routes routes, List<String> rejectMethods) {
    list(
        routes,
        "Sign",
        EnumSet.of(
            RequestKind.SIGN,
            RequestKind.CERTIFICATE_REQUEST,
            RequestKind.SELF_SIGN,
            RequestKind.ISSUE));
    list(routes, "Decrypt", EnumSet.of(RequestKind.DECRYPT));
    list(routes, "UnwrapKey", EnumSet.of(RequestKind.UNWRAP));
    list(routes, "BlockKey", EnumSet.of(RequestKind.BLOCK));
    list(routes, "UnblockKey", EnumSet.of(RequestKind.UNBLOCK));
    list(routes, "ModifyKey", EnumSet.of(RequestKind.MODIFY));
    list(routes, "All", EnumSet.allOf(RequestKind.class));
    routes.add("POST", "/v1/approval", TaskEndpoints::approve);
    rejectMethods.forEach(method -> routes.add(method, "/v1/task", TaskEndpoints::reject));
  }

  private static void list(Routes routes, String name, Set<RequestKind> kinds) {
    routes.add("POST", "/v1/filtered" + name + "ApprovalTask", call -> fetch(call, kinds));
  }

  private static Reply fetch(Call call, Set<RequestKind> kinds) {
    Fields in = call.fields();
    TaskQuery query = TaskQuery.read(in);
    in.end();
    query.authentication().check(call.hsm().settings(), call.hsm().now());
    List<TaskDesk.Found> all = new ArrayList<>();
    for (Tenant tenant : call.tenants()) {
      all.addAll(tenant.tasks().find(query, kinds));
    }
    ObjectNode answer = Json.object();
    ArrayNode tasks = answer.putArray("tasks");
    for (TaskDesk.Found found : TaskDesk.page(query, all)) {
      Tenant tenant = tenantOf(call, found.task().id());
      tasks.add(new TaskJson(call.hsm(), tenant.partition()).of(found, query.detailLevel()));
      tenant.tasks().fetched(found);
    }
    return Reply.ok(answer);
  }

  private static Reply approve(Call call) {
    Fields in = call.fields();
    String id = in.text("id");
    Bytes toBeSigned = in.base64("approvalToBeSigned");
    Bytes signature = in.base64("signature");
    String digest = in.text("approvalDigestAlgorithm");
    Identity identity = Identity.read(in);
    if (identity.isNobody()) {
      in.violate("Either PublicKey or Certificate must be provided");
    }
    in.end();
    UUID task = Call.uuid(id);
    tenantOf(call, task).tasks().approve(task, identity, toBeSigned, digest, signature);
    return Reply.empty();
  }

  private static Reply reject(Call call) {
    Fields in = call.fields();
    String id = in.text("id");
    Authentication authentication = Authentication.read(in);
    in.end();
    authentication.check(call.hsm().settings(), call.hsm().now());
    UUID task = Call.uuid(id);
    tenantOf(call, task).tasks().reject(task, authentication);
    return Reply.empty();
  }

  private static Tenant tenantOf(Call call, UUID task) {
    return call.tenants().stream()
        .filter(tenant -> tenant.tasks().has(task))
        .findFirst()
        .orElseThrow(
            () ->
                new ServiceRefusal(
                    Reason.TASK_NOT_EXISTENT, "A task with the id '" + task + "' does not exist."));
  }
}
