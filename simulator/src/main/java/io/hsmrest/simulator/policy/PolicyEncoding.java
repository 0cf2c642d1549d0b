package io.hsmrest.simulator.policy;

import io.hsmrest.simulator.crypto.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * A policy as approvers of its modification sign it (contract 2.6.2, 0x1058). An absent rule has no
 * element; a rule that can never be fulfilled has one without a token count.
 */
final class PolicyEncoding {
  private static final int SECONDS_PER_MINUTE = 60;

  private PolicyEncoding() {}

  static Bytes encode(Policy policy) {
    TlvWriter out = new TlvWriter();
    rule(out, TlvType.RULE_USE, policy.ruleUse());
    rule(out, TlvType.RULE_BLOCK, policy.ruleBlock());
    rule(out, TlvType.RULE_UNBLOCK, policy.ruleUnblock());
    rule(out, TlvType.RULE_MODIFY, policy.ruleModify());
    return Bytes.of(out.structure());
  }

  private static void rule(TlvWriter out, int type, @Nullable Rule rule) {
    if (rule == null) {
      return;
    }
    TlvWriter nested = new TlvWriter();
    if (rule.tokens() != null) {
      nested.number(TlvType.TOKEN_COUNT, rule.tokens().size());
      rule.tokens().forEach(token -> token(nested, token));
    }
    out.bytes(type, nested.structure());
  }

  private static void token(TlvWriter out, Token token) {
    out.text(TlvType.LABEL, text(token.name()))
        .number(TlvType.SPAN_IN_MINUTES, token.timelock() / SECONDS_PER_MINUTE)
        .number(TlvType.SPAN_IN_MINUTES, token.timeout() / SECONDS_PER_MINUTE)
        .number(TlvType.GROUP_COUNT, token.groups().size());
    token.groups().forEach(group -> group(out, group));
  }

  private static void group(TlvWriter out, Group group) {
    out.text(TlvType.LABEL, text(group.name()))
        .number(TlvType.QUORUM, group.quorum())
        .number(TlvType.APPROVAL_COUNT, group.approvals().size());
    for (Approval approval : group.approvals()) {
      out.text(TlvType.LABEL, text(approval.name()))
          .bytes(TlvType.APPROVER_KEY, approval.publicKey());
    }
  }

  private static String text(@Nullable String name) {
    return name == null ? "" : name;
  }
}
