package io.hsmrest.simulator.policy;

import io.hsmrest.simulator.crypto.ServiceRefusal;
import io.hsmrest.simulator.policy.PolicyInput.ApprovalInput;
import io.hsmrest.simulator.policy.PolicyInput.GroupInput;
import io.hsmrest.simulator.policy.PolicyInput.RuleInput;
import io.hsmrest.simulator.policy.PolicyInput.TokenInput;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The service's checks of a policy's fields, one at a time (contract 4.2, 5.1). */
final class FieldChecks {
  private static final int SECONDS_PER_MINUTE = 60;

  private FieldChecks() {}

  static void rule(@Nullable RuleInput rule, String path) {
    if (rule != null) {
      each(rule.tokens(), path + ".tokens", FieldChecks::token);
    }
  }

  private static void token(TokenInput token, String path) {
    minutes(token.timelock(), path + ".timelock");
    minutes(token.timeout(), path + ".timeout");
    each(token.groups(), path + ".groups", FieldChecks::group);
  }

  private static void minutes(@Nullable Integer seconds, String path) {
    int value = notNull(seconds, path);
    if (value % SECONDS_PER_MINUTE != 0) {
      throw invalid(path, "seconds must represent full minutes");
    }
    if (value < 0) {
      throw invalid(path, "must be greater than or equal to 0");
    }
  }

  private static void group(GroupInput group, String path) {
    if (notNull(group.quorum(), path + ".quorum") < 1) {
      throw invalid(path + ".quorum", "must be greater than or equal to 1");
    }
    notNull(group.approvals(), path + ".approvals");
    each(group.approvals(), path + ".approvals", FieldChecks::approval);
  }

  private static void approval(ApprovalInput approval, String path) {
    ApprovalType type = notNull(approval.type(), path + ".type");
    if (type == ApprovalType.ONBOARDED_APPROVER_CERTIFICATE) {
      return;
    }
    String value = approval.value();
    if (value == null || value.isEmpty()) {
      throw invalid(path + ".value", "must not be empty");
    }
    if (ApproverReader.decode(value) == null) {
      throw invalid(path + ".value", "is not a valid base64 encoded value");
    }
  }

  static <T> T notNull(@Nullable T value, String path) {
    if (value == null) {
      throw invalid(path, "must not be null");
    }
    return value;
  }

  private static <T> void each(
      @Nullable List<@Nullable T> list, String path, ElementCheck<T> check) {
    if (list == null) {
      return;
    }
    for (int i = 0; i < list.size(); i++) {
      String element = path + "[" + i + "]";
      check.check(notNull(list.get(i), element), element);
    }
  }

  private static ServiceRefusal invalid(String path, String text) {
    return ServiceRefusal.invalidInput("'" + path + "' " + text);
  }

  /** Checks one element of a list. */
  private interface ElementCheck<T> {
    void check(T element, String path);
  }
}
