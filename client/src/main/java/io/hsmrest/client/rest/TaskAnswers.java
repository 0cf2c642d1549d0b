package io.hsmrest.client.rest;

import io.hsmrest.client.HsmProtocolException;
import io.hsmrest.client.model.ApproverTask;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.PemText;
import io.hsmrest.client.model.RequestStatus;
import io.hsmrest.client.model.TaskKind;
import io.hsmrest.client.model.TaskRequest;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tasks out of the service's answers (contract 2.6.1), whatever level of detail they have. */
final class TaskAnswers {
  private TaskAnswers() {}

  static List<JsonObject> list(JsonObject answer) throws HsmProtocolException {
    if (!answer.has("tasks")) {
      throw answer.wrong("tasks", "missing");
    }
    List<JsonObject> tasks = answer.optionalObjects("tasks");
    return tasks == null ? List.of() : tasks;
  }

  static ApproverTask task(JsonObject json) throws HsmProtocolException {
    JsonObject status = json.optionalObject("requestStatus");
    return new ApproverTask(
        json.text("id"),
        json.octets("approvalToBeSigned"),
        json.optionalOctets("approverPublicKey"),
        json.optionalOctets("metaData"),
        request(json),
        status == null ? null : status(status),
        json.optionalText("keyAttributes"));
  }

  /** Without an id nobody knows which request it is about. */
  private static @Nullable RequestStatus status(JsonObject status) throws HsmProtocolException {
    return status.optionalText("id") == null ? null : Answers.request("", status);
  }

  private static @Nullable TaskRequest request(JsonObject json) throws HsmProtocolException {
    for (TaskKind kind : TaskKind.values()) {
      JsonObject body = json.optionalObject(kind.taskMember());
      if (body != null) {
        return request(kind, body);
      }
    }
    Octets original = json.optionalOctets("requestBase64");
    return original == null ? null : request(original);
  }

  /** Of a kind that has no member of its own in this release's tasks. */
  private static @Nullable TaskRequest request(Octets original) throws HsmProtocolException {
    try {
      JsonObject body =
          JsonObject.of("the task's request", JsonMapping.read(original.toByteArray()));
      for (TaskKind kind : TaskKind.values()) {
        if (body.has(kind.root())) {
          return request(kind, body);
        }
      }
      return null;
    } catch (IOException e) {
      return null;
    }
  }

  private static TaskRequest request(TaskKind kind, JsonObject body) throws HsmProtocolException {
    JsonObject inner = body.object(kind.root());
    String algorithm = kind.algorithmMember();
    String payload = kind.payloadMember();
    Map<String, String> members = inner.flat();
    if (payload != null) {
      members.remove(payload);
    }
    return new TaskRequest(
        kind,
        inner.text(kind.keyMember()),
        algorithm == null ? null : inner.optionalText(algorithm),
        payload == null ? null : payload(inner, payload),
        members);
  }

  /** In base64, or in hexadecimal where {@code payloadType} says so (contract 3.6). */
  private static @Nullable Octets payload(JsonObject request, String member)
      throws HsmProtocolException {
    String text = request.optionalText(member);
    if (text == null) {
      return null;
    }
    try {
      return "HEX".equals(request.optionalText("payloadType"))
          ? Octets.of(HexFormat.of().parseHex(text))
          : text.isEmpty() ? Octets.of(new byte[0]) : PemText.decode(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
