package io.hsmrest.simulator.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A policy as a client sent it (contract 5.1), with everything that may be missing still nullable.
 * {@link PolicyValidation} makes a {@link Policy} of it.
 *
 * @param keyStatus required in a creation policy, absent in a modify policy
 */
public record PolicyInput(
    @Nullable RuleInput ruleUse,
    @Nullable RuleInput ruleBlock,
    @Nullable RuleInput ruleUnblock,
    @Nullable RuleInput ruleModify,
    @Nullable KeyStatusInput keyStatus) {

  /** The state of the key. */
  public record KeyStatusInput(@Nullable Boolean blocked) {}

  /** A rule. */
  public record RuleInput(@Nullable List<@Nullable TokenInput> tokens) {}

  /** A token; {@code timelock} and {@code timeout} in seconds. */
  public record TokenInput(
      @Nullable String name,
      @Nullable Integer timelock,
      @Nullable Integer timeout,
      @Nullable List<@Nullable GroupInput> groups) {}

  /** A group. */
  public record GroupInput(
      @Nullable String name,
      @Nullable Integer quorum,
      @Nullable List<@Nullable ApprovalInput> approvals) {}

  /** An approver; {@code value} is base64 text. */
  public record ApprovalInput(
      @Nullable ApprovalType type, @Nullable String name, @Nullable String value) {}
}
