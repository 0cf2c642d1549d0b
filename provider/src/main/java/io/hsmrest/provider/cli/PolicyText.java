package io.hsmrest.provider.cli;

import io.hsmrest.client.approval.Approvers;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.Policy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The rules of a policy in words. */
final class PolicyText {
  private PolicyText() {}

  /** Adds the four rules to {@code facts}. */
  static void add(Facts facts, Policy policy) {
    facts.add("to use", rule(policy.ruleUse()));
    facts.add("to block", rule(policy.ruleBlock()));
    facts.add("to unblock", rule(policy.ruleUnblock()));
    facts.add("to modify", rule(policy.ruleModify()));
  }

  /** A rule with the approvers' names alone. */
  static String names(Policy.Rule rule) {
    return rule(rule, PolicyText::name);
  }

  /** A rule with the approvers' names and keys. */
  private static String rule(Policy.@Nullable Rule rule) {
    return rule(rule, PolicyText::nameAndKey);
  }

  private static String rule(
      Policy.@Nullable Rule rule, Function<Policy.Approver, String> approver) {
    List<Policy.Token> tokens = rule == null ? List.of() : rule.tokens();
    if (tokens == null) {
      return "nobody can";
    }
    return tokens.isEmpty()
        ? "nobody has to approve"
        : String.join("; or ", tokens.stream().map(token -> token(token, approver)).toList());
  }

  private static String token(Policy.Token token, Function<Policy.Approver, String> approver) {
    List<String> parts = new ArrayList<>();
    for (Policy.Group group : token.groups()) {
      parts.add(
          group.quorum()
              + " of "
              + String.join(", ", group.approvers().stream().map(approver).toList()));
    }
    if (!token.timelock().isZero()) {
      parts.add("not before " + minutes(token.timelock()));
    }
    if (!token.timeout().isZero()) {
      parts.add("within " + minutes(token.timeout()));
    }
    return parts.isEmpty() ? "nobody has to approve" : String.join(", and ", parts);
  }

  private static String name(Policy.Approver approver) {
    String name = approver.name();
    return name == null ? key(approver) : Quoted.unlessPlain(name);
  }

  private static String nameAndKey(Policy.Approver approver) {
    String key = key(approver);
    return approver.name() == null ? key : name(approver) + (key.isEmpty() ? "" : " (" + key + ")");
  }

  private static String key(Policy.Approver approver) {
    Octets value = approver.value();
    return value == null ? "" : new Approvers(null).names(List.of(value));
  }

  private static String minutes(Duration duration) {
    return duration.toMinutes() + " min";
  }
}
