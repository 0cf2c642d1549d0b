package io.hsmrest.client.rest;

import io.hsmrest.client.HsmProtocolException;
import io.hsmrest.client.model.Policy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Policies as they travel (contract 5.1), in both directions. */
final class PolicyJson {
  private PolicyJson() {}

  /** Tolerates every way in which services echo an empty rule (contract U26). */
  static Policy read(JsonObject json) throws HsmProtocolException {
    JsonObject status = json.optionalObject("keyStatus");
    return new Policy(
        rule(json.optionalObject("ruleUse")),
        rule(json.optionalObject("ruleBlock")),
        rule(json.optionalObject("ruleUnblock")),
        rule(json.optionalObject("ruleModify")),
        status != null && status.flag("blocked"));
  }

  private static Policy.@Nullable Rule rule(@Nullable JsonObject json) throws HsmProtocolException {
    if (json == null) {
      return null;
    }
    List<JsonObject> tokens = json.optionalObjects("tokens");
    if (tokens == null) {
      return new Policy.Rule(null);
    }
    List<Policy.Token> read = new ArrayList<>();
    for (JsonObject token : tokens) {
      read.add(token(token));
    }
    return new Policy.Rule(read);
  }

  private static Policy.Token token(JsonObject json) throws HsmProtocolException {
    List<Policy.Group> groups = new ArrayList<>();
    List<JsonObject> listed = json.optionalObjects("groups");
    for (JsonObject group : listed == null ? List.<JsonObject>of() : listed) {
      List<Policy.Approver> approvers = new ArrayList<>();
      List<JsonObject> approvals = group.optionalObjects("approvals");
      for (JsonObject approval : approvals == null ? List.<JsonObject>of() : approvals) {
        approvers.add(
            new Policy.Approver(
                approval.text("type"),
                approval.optionalText("name"),
                approval.optionalOctets("value")));
      }
      groups.add(new Policy.Group(group.optionalText("name"), group.integer("quorum"), approvers));
    }
    return new Policy.Token(
        json.optionalText("name"),
        Duration.ofSeconds(json.integer("timelock")),
        Duration.ofSeconds(json.integer("timeout")),
        groups);
  }

  static Map<String, Object> write(Policy policy) {
    Map<String, Object> json = new LinkedHashMap<>();
    put(json, "ruleUse", policy.ruleUse());
    put(json, "ruleBlock", policy.ruleBlock());
    put(json, "ruleUnblock", policy.ruleUnblock());
    put(json, "ruleModify", policy.ruleModify());
    json.put("keyStatus", Map.of("blocked", policy.blocked()));
    return json;
  }

  private static void put(Map<String, Object> json, String name, Policy.@Nullable Rule rule) {
    if (rule == null) {
      return;
    }
    Map<String, Object> written = new LinkedHashMap<>();
    List<Policy.Token> tokens = rule.tokens();
    written.put("tokens", tokens == null ? null : tokens.stream().map(PolicyJson::token).toList());
    json.put(name, written);
  }

  private static Map<String, Object> token(Policy.Token token) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", token.name());
    json.put("timelock", token.timelock().toSeconds());
    json.put("timeout", token.timeout().toSeconds());
    json.put("groups", token.groups().stream().map(PolicyJson::group).toList());
    return json;
  }

  private static Map<String, Object> group(Policy.Group group) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", group.name());
    json.put("quorum", group.quorum());
    json.put("approvals", group.approvers().stream().map(PolicyJson::approver).toList());
    return json;
  }

  private static Map<String, Object> approver(Policy.Approver approver) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("type", approver.type());
    if (approver.name() != null) {
      json.put("name", approver.name());
    }
    if (approver.value() != null) {
      json.put("value", approver.value().toBase64());
    }
    return json;
  }
}
