package io.hsmrest.tests.scenario.approval;

import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.Policy;
import io.hsmrest.simulator.HsmSimulator;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Policies about approvers whose keys a simulator holds. */
final class Policies {
  private final HsmSimulator simulator;

  Policies(HsmSimulator simulator) {
    this.simulator = simulator;
  }

  /** Uses take that many of these approvers; anybody may block, unblock and change the policy. */
  Policy use(int quorum, String... approvers) {
    return use(token(Duration.ZERO, group("Group1", quorum, approvers)));
  }

  /** Uses take one of these alternatives. */
  static Policy use(Policy.Token... alternatives) {
    return new Policy(new Policy.Rule(List.of(alternatives)), null, null, null, false);
  }

  /** Nothing takes anybody. */
  static Policy free() {
    return new Policy(null, null, null, null, false);
  }

  /** An alternative without an end. */
  static Policy.Token token(Duration timelock, Policy.Group... groups) {
    return token(timelock, Duration.ZERO, groups);
  }

  static Policy.Token token(Duration timelock, Duration timeout, Policy.Group... groups) {
    return new Policy.Token("Token1", timelock, timeout, List.of(groups));
  }

  Policy.Group group(String name, int quorum, String... approvers) {
    return new Policy.Group(
        name, quorum, Stream.of(approvers).map(approver -> approver(approver, approver)).toList());
  }

  /** An approver of the simulator's under a name of the policy's. */
  Policy.Approver approver(String approver, @Nullable String name) {
    return new Policy.Approver("public_key", name, Octets.ofBase64(publicKey(approver)));
  }

  /** The body that makes uses of a key take those approvers from now on (contract 2.1.10). */
  String modification(String key, int quorum, String... approvers) {
    String approvals =
        Stream.of(approvers)
            .map(
                approver ->
                    "{\"type\": \"public_key\", \"name\": \"%s\", \"value\": \"%s\"}"
                        .formatted(approver, publicKey(approver)))
            .collect(Collectors.joining(", "));
    String rule =
        """
        {"tokens": [{"name": "New", "timelock": 0, "timeout": 0, "groups": [
          {"name": "New", "quorum": %d, "approvals": [%s]}]}]}"""
            .formatted(quorum, approvals);
    return modification(key, rule);
  }

  /** The body that makes uses of a key take nobody from now on. */
  static String liberation(String key) {
    return modification(key, "null");
  }

  private static String modification(String key, String ruleUse) {
    return """
        {"modifyRequest": {"modifyKeyName": "%s", "policy": {
          "ruleUse": %s, "ruleBlock": null, "ruleUnblock": null, "ruleModify": null}}}"""
        .formatted(key, ruleUse);
  }

  String publicKey(String approver) {
    try {
      return simulator.approverPublicKey(approver);
    } catch (IllegalArgumentException e) {
      return simulator.addApprover(approver);
    }
  }
}
