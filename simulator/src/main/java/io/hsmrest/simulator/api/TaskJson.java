package io.hsmrest.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hsmrest.simulator.json.Json;
import io.hsmrest.simulator.operation.Commands;
import io.hsmrest.simulator.operation.Hsm;
import io.hsmrest.simulator.operation.KeyDescription;
import io.hsmrest.simulator.operation.RequestKind;
import io.hsmrest.simulator.policy.Payload;
import io.hsmrest.simulator.policy.TimestampSigner;
import io.hsmrest.simulator.request.TaskDesk;
import io.hsmrest.simulator.state.KeyEntry;
import io.hsmrest.simulator.state.Partition;
import io.hsmrest.simulator.state.StoredRequest;
import java.util.Optional;

/** Tasks as JSON, more of them with each detail level (contract 2.6.1). */
final class TaskJson {
  private final Hsm hsm;
  private final Partition partition;

  TaskJson(Hsm hsm, Partition partition) {
    this.hsm = hsm;
    this.partition = partition;
  }

  ObjectNode of(TaskDesk.Found found, int level) {
    StoredRequest request = found.request();
    StoredRequest.Stamp stamp = request.stamp();
    if (stamp == null) {
      throw new IllegalStateException("a request without stamp has no tasks");
    }
    ObjectNode out =
        Json.object()
            .put("detailLevel", "level" + level)
            .put("id", found.task().id().toString())
            .put("approvalToBeSigned", stamp.approvalToBeSigned().toBase64())
            .put("approverPublicKey", found.task().approver().publicKey().toBase64());
    if (level >= 2) {
      payload(out, request);
    }
    if (level >= 3) {
      body(out, request);
    }
    if (level >= 4) {
      out.put("timestamp", stamp.timestamp().toBase64())
          .put("timestampSignature", stamp.signature().toBase64())
          .put("timestampSignatureAlgorithm", TimestampSigner.ALGORITHM)
          .put("timestampSignatureWithAlgorithm", stamp.signatureWithAlgorithm().toBase64());
    }
    if (level >= 5) {
      keyAttributes(out, request);
    }
    if (level >= 6) {
      out.set("requestStatus", RequestEndpoints.status(request));
    }
    return out;
  }

  private void payload(ObjectNode out, StoredRequest request) {
    RequestKind kind = RequestKind.valueOf(request.kind());
    JsonNode in = Json.readOwn(request.body().toArray()).path(kind.root());
    Payload payload =
        new Commands(hsm, partition).readAsynchronous(kind, request.body().toArray()).payload();
    out.set("metaData", in.get("metaData"));
    out.set("metaDataSignature", in.get("metaDataSignature"));
    out.put("payload", payload.content().toBase64());
    out.put(
        "payloadType",
        kind == RequestKind.MODIFY ? null : in.path("payloadType").asText("UNSPECIFIED"));
  }

  private static void body(ObjectNode out, StoredRequest request) {
    out.put("requestBase64", request.body().toBase64());
    JsonNode body = Json.readOwn(request.body().toArray());
    for (RequestKind kind : RequestKind.values()) {
      out.set(kind.taskField(), kind.name().equals(request.kind()) ? body : null);
    }
  }

  private void keyAttributes(ObjectNode out, StoredRequest request) {
    Optional<KeyEntry> entry = partition.keys().find(request.keyLabel());
    if (entry.isPresent()) {
      var attested = KeyDescription.attest(hsm, partition, entry.get(), hsm.now());
      out.put("keyAttributes", attested.xml())
          .put("keyAttributesSignature", attested.signature().toBase64());
    } else {
      out.putNull("keyAttributes").putNull("keyAttributesSignature");
    }
  }
}
