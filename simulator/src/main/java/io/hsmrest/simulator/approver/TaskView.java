package io.hsmrest.simulator.approver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hsmrest.simulator.crypto.Bytes;
import io.hsmrest.simulator.json.Base64Text;
import io.hsmrest.simulator.json.Json;
import io.hsmrest.simulator.operation.Hsm;
import io.hsmrest.simulator.operation.RequestKind;
import io.hsmrest.simulator.operation.Times;
import io.hsmrest.simulator.policy.Approval;
import io.hsmrest.simulator.policy.ApprovalToBeSigned;
import io.hsmrest.simulator.policy.Group;
import io.hsmrest.simulator.policy.Outcome;
import io.hsmrest.simulator.policy.Rule;
import io.hsmrest.simulator.policy.Token;
import io.hsmrest.simulator.request.TaskDesk;
import io.hsmrest.simulator.state.Progress;
import io.hsmrest.simulator.state.StoredRequest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the approver's page shows of a task. */
final class TaskView {
  private static final int SHOWN_BYTES = 256;

  private final Hsm hsm;

  TaskView(Hsm hsm) {
    this.hsm = hsm;
  }

  ObjectNode of(TaskDesk.Found found) {
    StoredRequest request = found.request();
    JsonNode in =
        Json.readOwn(request.body().toArray()).path(RequestKind.valueOf(request.kind()).root());
    ObjectNode out =
        Json.object()
            .put("requestId", request.id().toString())
            .put("key", request.keyLabel())
            .put("operation", request.kind())
            .put("algorithm", in.path("signatureAlgorithm").asText(null))
            .put("created", Times.text(request.created()));
    out.set("payload", payload(request));
    out.put("metaData", metaData(in));
    out.set("groups", groups(request));
    Long left = secondsLeft(request);
    return left == null ? out.putNull("secondsLeft") : out.put("secondsLeft", left);
  }

  private static ObjectNode payload(StoredRequest request) {
    StoredRequest.Stamp stamp = request.stamp();
    Bytes content =
        stamp == null
            ? Bytes.empty()
            : ApprovalToBeSigned.parse(stamp.approvalToBeSigned()).payload().content();
    ObjectNode out = Json.object().put("bytes", content.size());
    String text = text(content);
    return text == null
        ? out.put("hex", HexFormat.of().formatHex(cut(content))).put("cut", isLong(content))
        : out.put("text", text);
  }

  private static boolean isLong(Bytes content) {
    return content.size() > SHOWN_BYTES;
  }

  private static byte[] cut(Bytes content) {
    return java.util.Arrays.copyOf(content.toArray(), Math.min(content.size(), SHOWN_BYTES));
  }

  private static @Nullable String metaData(JsonNode in) {
    return Base64Text.decode(in.path("metaData").asText(""))
        .filter(bytes -> bytes.size() > 0)
        .map(bytes -> new String(bytes.toArray(), StandardCharsets.UTF_8))
        .orElse(null);
  }

  /** The content as text, or null if people could not read it. */
  private static @Nullable String text(Bytes content) {
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content.toArray())).toString();
      boolean readable =
          text.chars().allMatch(c -> c >= ' ' && c != 0x7f || c == '\n' || c == '\r' || c == '\t');
      return readable ? text : null;
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private static ArrayNode groups(StoredRequest request) {
    ArrayNode out = Json.array();
    Rule rule = request.rule();
    List<Token> tokens = rule == null ? null : rule.tokens();
    for (Token token : tokens == null ? List.<Token>of() : tokens) {
      for (Group group : token.groups()) {
        ObjectNode object = out.addObject();
        object
            .put("token", token.name())
            .put("name", group.name())
            .put("timelock", token.timelock())
            .put("quorum", group.quorum());
        members(object.putArray("approvers"), group, request.progress());
      }
    }
    return out;
  }

  private static void members(ArrayNode out, Group group, Progress progress) {
    for (Approval approval : group.approvals()) {
      String name = approval.name();
      String fallback = approval.publicKey().toBase64();
      out.addObject()
          .put("name", name == null ? fallback.substring(fallback.length() - 12) : name)
          .put(
              "answer",
              progress.approvedBy().contains(approval.publicKey())
                  ? "approved"
                  : progress.rejectedBy().contains(approval.publicKey()) ? "rejected" : "open");
    }
  }

  private @Nullable Long secondsLeft(StoredRequest request) {
    Outcome outcome =
        hsm.evaluation()
            .evaluate(
                request.rule(),
                request.created(),
                hsm.now(),
                Set.copyOf(request.progress().approvedBy()),
                Set.copyOf(request.progress().rejectedBy()));
    Instant due = outcome.due();
    return due == null ? null : Duration.between(hsm.now(), due).toSeconds();
  }
}
