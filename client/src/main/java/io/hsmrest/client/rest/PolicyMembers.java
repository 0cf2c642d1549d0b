package io.hsmrest.client.rest;

import io.hsmrest.client.HsmProtocolException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The members that a policy file may have (contract 5.1). A misspelt one would be ignored, and with
 * a misspelt rule the key would be free for everybody.
 */
final class PolicyMembers {
  private static final Set<String> RULES =
      Set.of("ruleUse", "ruleBlock", "ruleUnblock", "ruleModify");
  private static final Set<String> POLICY =
      Set.of("ruleUse", "ruleBlock", "ruleUnblock", "ruleModify", "keyStatus");

  private PolicyMembers() {}

  static void check(JsonObject policy) throws HsmProtocolException {
    policy.rejectOthers(POLICY);
    JsonObject status = policy.object("keyStatus");
    status.rejectOthers(Set.of("blocked"));
    if (!status.has("blocked")) {
      throw status.wrong("blocked", "missing");
    }
    for (String name : RULES) {
      JsonObject rule = policy.optionalObject(name);
      if (rule != null) {
        rule.rejectOthers(Set.of("tokens"));
        for (JsonObject token : listed(rule.optionalObjects("tokens"))) {
          token(token);
        }
      }
    }
  }

  private static void token(JsonObject token) throws HsmProtocolException {
    token.rejectOthers(Set.of("name", "timelock", "timeout", "groups"));
    for (JsonObject group : listed(token.optionalObjects("groups"))) {
      group.rejectOthers(Set.of("name", "quorum", "approvals"));
      for (JsonObject approval : listed(group.optionalObjects("approvals"))) {
        approval.rejectOthers(Set.of("type", "name", "value"));
      }
    }
  }

  private static List<JsonObject> listed(@Nullable List<JsonObject> objects) {
    return objects == null ? List.of() : objects;
  }
}
