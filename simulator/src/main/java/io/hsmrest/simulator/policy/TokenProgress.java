package io.hsmrest.simulator.policy;

import io.hsmrest.simulator.crypto.Bytes;
import io.hsmrest.simulator.policy.Outcome.State;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/** How far one token has got (contract 5.2). */
final class TokenProgress {
  private TokenProgress() {}

  static Needs needs(Token token) {
    if (!isEverUsable(token) || !isReachable(token, Set.of())) {
      return Needs.NEVER;
    }
    if (!token.groups().isEmpty()) {
      return Needs.APPROVALS;
    }
    return token.timelock() == 0 ? Needs.NOTHING : Needs.TIME;
  }

  static Outcome of(
      Token token, Instant requested, Instant now, Set<Bytes> approved, Set<Bytes> rejected) {
    Set<Bytes> lost = new HashSet<>(rejected);
    lost.removeAll(approved);
    if (!isEverUsable(token) || !isReachable(token, lost)) {
      return new Outcome(State.UNREACHABLE, null);
    }
    Instant start = requested.plusSeconds(token.timelock());
    Instant end = token.timeout() == 0 ? null : requested.plusSeconds(token.timeout());
    if (end != null && !now.isBefore(end)) {
      return new Outcome(State.EXPIRED, null);
    }
    if (!isApproved(token, approved)) {
      return new Outcome(State.OPEN, end);
    }
    return now.isBefore(start)
        ? new Outcome(State.TIMELOCKED, start)
        : new Outcome(State.FULFILLED, end);
  }

  /** Whether the timeout leaves any time after the timelock. */
  private static boolean isEverUsable(Token token) {
    return token.timeout() == 0 || token.timeout() > token.timelock();
  }

  private static boolean isApproved(Token token, Set<Bytes> approved) {
    return token.groups().stream()
        .allMatch(
            group ->
                approvers(group).stream().filter(approved::contains).count() >= group.quorum());
  }

  private static boolean isReachable(Token token, Set<Bytes> lost) {
    return token.groups().stream()
        .allMatch(
            group ->
                approvers(group).stream().filter(key -> !lost.contains(key)).count()
                    >= group.quorum());
  }

  /** Named twice in a group, an approver counts once. */
  private static Set<Bytes> approvers(Group group) {
    Set<Bytes> keys = new HashSet<>();
    for (Approval approval : group.approvals()) {
      keys.add(approval.publicKey());
    }
    return keys;
  }
}
