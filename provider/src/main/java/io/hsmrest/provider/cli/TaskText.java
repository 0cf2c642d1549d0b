package io.hsmrest.provider.cli;

import io.hsmrest.client.approval.Approvers;
import io.hsmrest.client.approver.ApprovalContent;
import io.hsmrest.client.approver.KeyAttestation;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.Policy;
import io.hsmrest.client.model.RequestStatus;
import io.hsmrest.client.model.TaskKind;
import io.hsmrest.client.model.TaskRequest;
import io.hsmrest.client.rest.JsonMembers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A task in words, by how much each part is worth: what the signature covers, what the service
 * says, what the requester says.
 */
final class TaskText {
  private static final Map<String, String> METADATA_NAMES = Map.of("app", "application");
  private static final Map<String, String> ALGORITHMS = Map.of("EDDSA", "EdDSA");

  private final ReadTask read;
  private final Instant now;
  private final Facts facts = new Facts();

  private TaskText(ReadTask read, Instant now) {
    this.read = read;
    this.now = now;
  }

  static List<String> lines(ReadTask read, Instant now) {
    TaskText text = new TaskText(read, now);
    text.signed();
    text.service();
    text.requester();
    read.check().doubts().forEach(text.facts::warn);
    return text.facts.lines();
  }

  private void signed() {
    ApprovalContent content = read.content();
    TaskRequest request = read.task().request();
    facts.heading("Your signature covers");
    facts.add("operation", operation(content.operation()));
    facts.add("key", content.keyLabel());
    Instant asked = content.askedAt();
    String timestampKey = content.timestampKey();
    if (asked != null) {
      facts.add(
          "asked at",
          asked
              + " ("
              + ago(asked)
              + ")"
              + (timestampKey == null ? "" : ", attested by " + timestampKey));
    }
    Policy newPolicy = content.newPolicy();
    if (newPolicy != null) {
      PolicyText.add(facts, newPolicy);
    } else {
      PayloadText.add(facts, content.payload(), request != null && request.kind().isCertificate());
    }
  }

  private static String operation(ApprovalContent.Operation operation) {
    return switch (operation) {
      case USE -> "use of the key";
      case BLOCK -> "block the key: nobody can use it until it is unblocked";
      case UNBLOCK -> "unblock the key";
      case MODIFY -> "new rules for the key";
    };
  }

  private void service() {
    facts.heading("The service says");
    TaskRequest request = read.task().request();
    if (request != null) {
      facts.add("request", request(request));
    }
    KeyAttestation key = read.attestation();
    if (key != null) {
      String size = key.keySizeBits();
      facts.add("key type", key.algorithm() + (size == null ? "" : " " + size));
    }
    Policy.Rule rule = read.rule();
    RequestStatus status = read.task().status();
    if (status != null) {
      Approvers approvers = read.approvers();
      int quorum = approvers.quorum();
      facts.add(
          "approved",
          status.approvedBy().size()
              + (quorum > 0 ? " of " + quorum : "")
              + (status.approvedBy().isEmpty() ? "" : ": " + approvers.names(status.approvedBy())));
      facts.add("missing", approvers.names(status.notYetApprovedBy()));
      facts.add("rejected by", approvers.names(status.rejectedBy()));
    }
    facts.add("rule", rule == null ? null : PolicyText.names(rule));
    facts.add("expires", expiry(rule));
  }

  private static String request(TaskRequest request) {
    String algorithm = request.algorithm();
    String with =
        algorithm == null
            ? ""
            : " with " + algorithm(algorithm) + digest(request.kind(), algorithm);
    return switch (request.kind()) {
      case SIGN -> "sign" + with;
      case CSR -> "make a certification request" + with;
      case ISSUE -> "issue a certificate" + with;
      case SELF_SIGN -> "self-sign a certificate" + with;
      case DECRYPT -> "decrypt" + with;
      case UNWRAP -> "unwrap a key" + with;
      case BLOCK -> "block the key";
      case UNBLOCK -> "unblock the key";
      case MODIFY -> "change the key's rules";
    };
  }

  private static String algorithm(String name) {
    return ALGORITHMS.getOrDefault(name, name);
  }

  /** What the algorithm takes for its payload (contract 3.5). */
  private static String digest(TaskKind kind, String algorithm) {
    if (kind != TaskKind.SIGN) {
      return "";
    }
    return algorithm.startsWith("NONE")
        ? " (the payload is a digest)"
        : " (the payload is the message)";
  }

  /** When the last of the alternatives that can still be fulfilled ends. */
  private @Nullable String expiry(Policy.@Nullable Rule rule) {
    Instant asked = read.content().askedAt();
    List<Policy.Token> tokens = rule == null ? null : rule.tokens();
    if (asked == null || tokens == null || tokens.isEmpty()) {
      return null;
    }
    if (tokens.stream().anyMatch(token -> token.timeout().isZero())) {
      return "never";
    }
    Optional<Instant> end =
        tokens.stream().map(token -> asked.plus(token.timeout())).max(Instant::compareTo);
    return end.map(
            at ->
                at.isBefore(now)
                    ? at + " (over)"
                    : at + " (" + span(Duration.between(now, at)) + " left)")
        .orElse(null);
  }

  private void requester() {
    Octets metaData = read.task().metaData();
    if (metaData == null) {
      return;
    }
    facts.heading("The requester says, and nobody has checked");
    Optional<Map<String, String>> members = JsonMembers.read(metaData);
    if (members.isPresent()) {
      members
          .get()
          .forEach((name, value) -> facts.add(METADATA_NAMES.getOrDefault(name, name), value));
    } else {
      PayloadText.add(facts, metaData, false);
    }
  }

  private String ago(Instant time) {
    return time.isAfter(now)
        ? "by this machine's clock in the future"
        : span(Duration.between(time, now)) + " ago";
  }

  static String span(Duration duration) {
    return duration.compareTo(Duration.ofMinutes(2)) < 0
        ? duration.toSeconds() + " s"
        : duration.toMinutes() + " min";
  }
}
