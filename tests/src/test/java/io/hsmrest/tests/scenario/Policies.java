package io.hsmrest.tests.scenario;

import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.Policy;
import io.hsmrest.simulator.HsmSimulator;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Policies about approvers whose keys a simulator holds. */
public final class Policies {
  private final HsmSimulator simulator;

  /** With the keys of this one. */
  public Policies(HsmSimulator simulator) {
    this.simulator = simulator;
  }

  /** Uses take that many of these approvers; anybody may block, unblock and change the policy. */
  public Policy use(int quorum, String... approvers) {
    return use(token(Duration.ZERO, group("Group1", quorum, approvers)));
  }

  /** Uses take one of these alternatives. */
  public static Policy use(Policy.Token... alternatives) {
    return new Policy(new Policy.Rule(List.of(alternatives)), null, null, null, false);
  }

  /** Whatever is done takes these approvers, within ten minutes. */
  public static Policy everything(Policy.Group group) {
    Policy.Rule rule =
        new Policy.Rule(List.of(token(Duration.ZERO, Duration.ofMinutes(10), group)));
    return new Policy(rule, rule, rule, rule, false);
  }

  /** Nothing takes anybody. */
  public static Policy free() {
    return new Policy(null, null, null, null, false);
  }

  /** An alternative without an end. */
  public static Policy.Token token(Duration timelock, Policy.Group... groups) {
    return token(timelock, Duration.ZERO, groups);
  }

  /** An alternative. */
  public static Policy.Token token(Duration timelock, Duration timeout, Policy.Group... groups) {
    return new Policy.Token("Token1", timelock, timeout, List.of(groups));
  }

  /** Approvers of the simulator's, under their own names. */
  public Policy.Group group(String name, int quorum, String... approvers) {
    return new Policy.Group(
        name, quorum, Stream.of(approvers).map(approver -> approver(approver, approver)).toList());
  }

  /** An approver of the simulator's under a name of the policy's. */
  public Policy.Approver approver(String approver, @Nullable String name) {
    return new Policy.Approver("public_key", name, Octets.ofBase64(publicKey(approver)));
  }

  /** The body that makes uses of a key take those approvers from now on (contract 2.1.10). */
  public String modification(String key, int quorum, String... approvers) {
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
  public static String liberation(String key) {
    return modification(key, "null");
  }

  private static String modification(String key, String ruleUse) {
    return """
        {"modifyRequest": {"modifyKeyName": "%s", "policy": {
          "ruleUse": %s, "ruleBlock": null, "ruleUnblock": null, "ruleModify": null}}}"""
        .formatted(key, ruleUse);
  }

  /** The public key of an approver, who is there from now on at the latest. */
  public String publicKey(String approver) {
    try {
      return simulator.approverPublicKey(approver);
    } catch (IllegalArgumentException e) {
      return simulator.addApprover(approver);
    }
  }
}
