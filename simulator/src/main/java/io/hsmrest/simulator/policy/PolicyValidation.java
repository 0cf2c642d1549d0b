package io.hsmrest.simulator.policy;

import io.hsmrest.simulator.crypto.ServiceRefusal;
import io.hsmrest.simulator.policy.PolicyInput.RuleInput;
import org.jspecify.annotations.Nullable;

/**
 * Checks policies as the service does (contract 5.1). Only the first failing field is reported, in
 * the order in which the members stand in contract 5.1; what the fields mean is looked at when all
 * are well formed. Thread-safe.
 */
public final class PolicyValidation {
  private final ApproverReader approvers;

  /** Looks onboarded approvers up in {@code onboarded}. */
  public PolicyValidation(OnboardedApprovers onboarded) {
    this.approvers = new ApproverReader(onboarded);
  }

  /**
   * A policy for a key to be created. A {@code ruleUse} without tokens is refused, as by the
   * published data class; the other rules may be so, and can then never be fulfilled.
   *
   * @param path field path in front of the policy's members in messages, such as {@code policy}
   * @throws ServiceRefusal 600 for a field, 401 for a group without approvals, 602 for certificates
   *     and public keys in one group, 604 for a certificate without CN, 402 for an unreadable
   *     certificate, 407 for an unreadable public key, 601 for a key type approvers cannot have,
   *     633 for an onboarded approver without name, 413, 414
   */
  public Policy creation(PolicyInput input, String path) {
    if (input.ruleUse() != null) {
      FieldChecks.notNull(input.ruleUse().tokens(), path + ".ruleUse.tokens");
    }
    checkFields(input, path);
    FieldChecks.notNull(input.keyStatus(), path + ".keyStatus");
    Boolean blocked =
        FieldChecks.notNull(
            input.keyStatus() == null ? null : input.keyStatus().blocked(),
            path + ".keyStatus.blocked");
    return policy(input, blocked);
  }

  /**
   * A policy for {@code modify}: no key status. {@link Policy#blocked()} is false; use {@link
   * Policy#withRulesOf}.
   *
   * @throws ServiceRefusal see {@link #creation}; 600 also when there is a key status
   */
  public Policy modification(PolicyInput input, String path) {
    if (input.keyStatus() != null) {
      throw ServiceRefusal.invalidInput("Invalid request. Cannot parse json string");
    }
    checkFields(input, path);
    return policy(input, false);
  }

  private static void checkFields(PolicyInput input, String path) {
    FieldChecks.rule(input.ruleUse(), path + ".ruleUse");
    FieldChecks.rule(input.ruleBlock(), path + ".ruleBlock");
    FieldChecks.rule(input.ruleUnblock(), path + ".ruleUnblock");
    FieldChecks.rule(input.ruleModify(), path + ".ruleModify");
  }

  private Policy policy(PolicyInput input, boolean blocked) {
    return new Policy(
        rule(input.ruleUse()),
        rule(input.ruleBlock()),
        rule(input.ruleUnblock()),
        rule(input.ruleModify()),
        blocked);
  }

  private @Nullable Rule rule(@Nullable RuleInput input) {
    return input == null ? null : approvers.rule(input);
  }
}
