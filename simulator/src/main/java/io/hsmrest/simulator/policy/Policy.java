package io.hsmrest.simulator.policy;

import org.jspecify.annotations.Nullable;

/**
 * The policy of an SKA key (contract 5).
 *
 * @param ruleUse null demands nothing
 * @param ruleBlock null demands nothing
 * @param ruleUnblock null demands nothing
 * @param ruleModify null demands nothing
 * @param blocked whether the key is blocked
 */
public record Policy(
    @Nullable Rule ruleUse,
    @Nullable Rule ruleBlock,
    @Nullable Rule ruleUnblock,
    @Nullable Rule ruleModify,
    boolean blocked) {

  /** The rule that governs {@code operation}. */
  public @Nullable Rule rule(Operation operation) {
    return switch (operation) {
      case USE -> ruleUse;
      case BLOCK -> ruleBlock;
      case UNBLOCK -> ruleUnblock;
      case MODIFY -> ruleModify;
    };
  }

  /** The same with the key blocked or not. */
  public Policy withBlocked(boolean newBlocked) {
    return new Policy(ruleUse, ruleBlock, ruleUnblock, ruleModify, newBlocked);
  }

  /** The rules of {@code modification} with this policy's key status. */
  public Policy withRulesOf(Policy modification) {
    return modification.withBlocked(blocked);
  }
}
