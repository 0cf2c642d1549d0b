package io.hsmrest.provider.cli;

import io.hsmrest.client.approval.Approvers;
import io.hsmrest.client.approval.DurationText;
import io.hsmrest.client.approver.ApprovalContent;
import io.hsmrest.client.approver.KeyAttestation;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.Policy;
import io.hsmrest.client.model.RequestStatus;
import io.hsmrest.client.model.TaskKind;
import io.hsmrest.client.model.TaskRequest;
import io.hsmrest.client.rest.JsonMembers;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A task in words, by how much each part is worth: what the signature covers, what the service
 * says, what the requester says.
 */
final class TaskText {
  private static final Map<String, String> ALGORITHMS = Map.of("EDDSA", "EdDSA");

  private final ReadTask read;
  private final Instant now;
  private final Facts facts;

  private TaskText(ReadTask read, Instant now, int columns) {
    this.read = read;
    this.now = now;
    this.facts = new Facts(columns);
  }

  /**
   * All that there is to say.
   *
   * @param columns how wide a line may be
   */
  static List<String> lines(ReadTask read, Instant now, int columns) {
    TaskText text = new TaskText(read, now, columns);
    text.signed();
    text.service();
    RequesterText.of(read.task().metaData()).add(text.facts);
    read.check().doubts().forEach(text.facts::warn);
    return text.facts.lines();
  }

  /** What matters most once more, for the place where the answer is typed. */
  static List<String> inShort(ReadTask read, int columns) {
    ApprovalContent content = read.content();
    Facts facts = new Facts(columns);
    facts.heading("In short, " + read.title());
    facts.add("operation", operation(content.operation()));
    facts.add("key", content.keyLabel());
    facts.add(
        "signed",
        content.newPolicy() != null
            ? "the rules above"
            : PayloadText.inShort(content.payload(), read.isForCertificate()));
    return facts.lines();
  }

  private void signed() {
    ApprovalContent content = read.content();
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
      PayloadText.add(facts, content.payload(), read.isForCertificate());
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
      List<Octets> by = status.approvedBy();
      facts.add(
          "approved", count(approvers, by) + (by.isEmpty() ? "" : ": " + approvers.names(by)));
      facts.add("missing", approvers.names(approvers.missing(by, status.notYetApprovedBy())));
      facts.add("rejected by", approvers.names(status.rejectedBy()));
    }
    facts.add("rule", rule == null ? null : PolicyText.names(rule));
    facts.add("expires", expiry(rule));
    if (request != null && request.kind().isCertificate() && !isSigned(request)) {
      CertificateRequestText.add(facts, request.members());
    }
  }

  /** How many approvals help, of how many that are needed where that is one number. */
  static String count(Approvers approvers, List<Octets> approvedBy) {
    int quorum = approvers.quorum();
    return approvers.counted(approvedBy) + (quorum > 0 ? " of " + quorum : "");
  }

  /** Whether it has been shown as a part of what is signed. */
  private boolean isSigned(TaskRequest request) {
    return JsonMembers.read(read.content().payload())
        .filter(members -> members.equals(request.members()))
        .isPresent();
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
    try {
      Instant end =
          asked.plus(tokens.stream().map(Policy.Token::timeout).max(Duration::compareTo).get());
      return end.isBefore(now)
          ? end + " (over)"
          : end + " (" + DurationText.rounded(Duration.between(now, end)) + " left)";
    } catch (ArithmeticException | DateTimeException e) {
      return "never";
    }
  }

  private String ago(Instant time) {
    return time.isAfter(now)
        ? "by this machine's clock in the future"
        : DurationText.rounded(Duration.between(time, now)) + " ago";
  }
}
