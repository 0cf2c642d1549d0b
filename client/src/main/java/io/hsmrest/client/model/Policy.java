package io.hsmrest.client.model;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Smart Key Attributes: who must approve what is done with a key (contract 5).
 *
 * @param ruleUse rule for signing and certificates; null when everybody may
 * @param ruleBlock rule for blocking, null when everybody may
 * @param ruleUnblock rule for unblocking, null when everybody may
 * @param ruleModify rule for changing the policy, null when everybody may
 * @param blocked whether the key is blocked now
 */
public record Policy(
    @Nullable Rule ruleUse,
    @Nullable Rule ruleBlock,
    @Nullable Rule ruleUnblock,
    @Nullable Rule ruleModify,
    boolean blocked) {

  /** Whether a use of the key waits for people or for time (contract 5.5). */
  public boolean useRequiresApproval() {
    return ruleUse != null && ruleUse.requiresApproval();
  }

  /** How long after its request a use can run at the latest; zero when there is no limit. */
  public Duration latestUse() {
    List<Token> tokens = ruleUse == null ? null : ruleUse.tokens();
    return tokens == null || tokens.stream().anyMatch(token -> token.timeout().isZero())
        ? Duration.ZERO
        : tokens.stream().map(Token::timeout).max(Duration::compareTo).orElse(Duration.ZERO);
  }

  /** How long after its request a use can run at the earliest, whoever approves. */
  public Duration earliestUse() {
    List<Token> tokens = ruleUse == null ? null : ruleUse.tokens();
    return tokens == null
        ? Duration.ZERO
        : tokens.stream().map(Token::timelock).min(Duration::compareTo).orElse(Duration.ZERO);
  }

  /**
   * Alternatives, one of which must be fulfilled.
   *
   * @param tokens the alternatives; null means never fulfillable, an empty list free use
   */
  public record Rule(@Nullable List<Token> tokens) {
    /** Copies the list. */
    public Rule {
      tokens = tokens == null ? null : List.copyOf(tokens);
    }

    boolean requiresApproval() {
      if (tokens == null) {
        return true;
      }
      return !tokens.isEmpty() && tokens.stream().noneMatch(Token::isAlwaysFulfilled);
    }
  }

  /**
   * One alternative: all of its groups must reach their quorum.
   *
   * @param name for people, null allowed
   * @param timelock earliest use after the request, whole minutes
   * @param timeout latest use after the request, whole minutes; zero for no limit
   * @param groups all must reach their quorum; empty when time alone decides
   */
  public record Token(
      @Nullable String name, Duration timelock, Duration timeout, List<Group> groups) {
    /** Copies the list. */
    public Token {
      groups = List.copyOf(groups);
    }

    boolean isAlwaysFulfilled() {
      return groups.isEmpty() && timelock.isZero();
    }
  }

  /**
   * Approvers of whom {@code quorum} must agree.
   *
   * @param name for people, null allowed
   * @param quorum number of distinct approvers needed
   * @param approvers who may approve
   */
  public record Group(@Nullable String name, int quorum, List<Approver> approvers) {
    /** Copies the list. */
    public Group {
      approvers = List.copyOf(approvers);
    }
  }

  /**
   * One approver as the policy names it (contract 3.11).
   *
   * @param type {@code public_key}, {@code certificate} or {@code onboarded_approver_certificate}
   * @param name for people, null allowed
   * @param value DER of the public key (SPKI) or certificate; null for onboarded approvers
   */
  public record Approver(String type, @Nullable String name, @Nullable Octets value) {}
}
