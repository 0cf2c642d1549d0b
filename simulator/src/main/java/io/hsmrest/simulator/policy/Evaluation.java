package io.hsmrest.simulator.policy;

import io.hsmrest.simulator.crypto.Bytes;
import io.hsmrest.simulator.policy.Outcome.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Evaluates rules (contract 5.2). Thread-safe. */
public final class Evaluation {

  /** U36: what {@code tokens: []} means. */
  public enum EmptyTokens {
    /** Demands nothing. */
    ALLOWED,
    /** Cannot be fulfilled. */
    NEVER
  }

  private static final Outcome ALLOWED = new Outcome(State.FULFILLED, null);
  private static final Outcome IMPOSSIBLE = new Outcome(State.UNREACHABLE, null);

  private final EmptyTokens emptyTokens;

  /** Takes {@code tokens: []} as told. */
  public Evaluation(EmptyTokens emptyTokens) {
    this.emptyTokens = emptyTokens;
  }

  /** What {@code rule} demands; null demands nothing. */
  public Needs needs(@Nullable Rule rule) {
    if (isFree(rule)) {
      return Needs.NOTHING;
    }
    Needs least = Needs.NEVER;
    for (Token token : tokens(rule)) {
      Needs needs = TokenProgress.needs(token);
      if (needs.compareTo(least) < 0) {
        least = needs;
      }
    }
    return least;
  }

  /** The distinct approvers of {@code rule}, in the order they are named. */
  public List<Approver> approvers(@Nullable Rule rule) {
    Map<Bytes, List<Approval>> byKey = new LinkedHashMap<>();
    for (Token token : tokens(rule)) {
      for (Group group : token.groups()) {
        for (Approval approval : group.approvals()) {
          byKey.computeIfAbsent(approval.publicKey(), key -> new ArrayList<>()).add(approval);
        }
      }
    }
    return byKey.values().stream().map(Evaluation::approver).toList();
  }

  private static Approver approver(List<Approval> approvals) {
    Set<Bytes> certificates = new LinkedHashSet<>();
    boolean byPublicKey = false;
    String name = null;
    for (Approval approval : approvals) {
      if (approval.type() == ApprovalType.PUBLIC_KEY) {
        byPublicKey = true;
      } else {
        certificates.add(approval.value());
      }
      name = name == null ? approval.name() : name;
    }
    return new Approver(approvals.get(0).publicKey(), name, byPublicKey, certificates);
  }

  /**
   * Where a request stands.
   *
   * @param requested time of the request's HSM timestamp
   * @param approved public keys (SPKI) of those who approved
   * @param rejected public keys (SPKI) of those who rejected
   */
  public Outcome evaluate(
      @Nullable Rule rule,
      Instant requested,
      Instant now,
      Set<Bytes> approved,
      Set<Bytes> rejected) {
    if (isFree(rule)) {
      return ALLOWED;
    }
    Outcome best = IMPOSSIBLE;
    for (Token token : tokens(rule)) {
      Outcome outcome = TokenProgress.of(token, requested, now, approved, rejected);
      best = better(best, outcome);
    }
    return best;
  }

  /**
   * Of two tokens the one that gets further; of two equal ones the one that comes due earlier, or
   * that stays open longer.
   */
  private static Outcome better(Outcome one, Outcome other) {
    int order = one.state().compareTo(other.state());
    if (order != 0) {
      return order < 0 ? one : other;
    }
    boolean earlier = one.state() == State.TIMELOCKED;
    if (one.due() == null || other.due() == null) {
      return one.due() == null ? one : other;
    }
    return one.due().isBefore(other.due()) == earlier ? one : other;
  }

  private boolean isFree(@Nullable Rule rule) {
    return rule == null
        || rule.tokens() != null && rule.tokens().isEmpty() && emptyTokens == EmptyTokens.ALLOWED;
  }

  private static List<Token> tokens(@Nullable Rule rule) {
    return rule == null || rule.tokens() == null ? List.of() : rule.tokens();
  }
}
