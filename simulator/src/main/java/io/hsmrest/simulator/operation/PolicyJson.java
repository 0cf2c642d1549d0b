package io.hsmrest.simulator.operation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hsmrest.simulator.config.Behaviour.EmptyRuleEcho;
import io.hsmrest.simulator.json.Fields;
import io.hsmrest.simulator.json.Json;
import io.hsmrest.simulator.policy.Approval;
import io.hsmrest.simulator.policy.ApprovalType;
import io.hsmrest.simulator.policy.Group;
import io.hsmrest.simulator.policy.Policy;
import io.hsmrest.simulator.policy.PolicyInput;
import io.hsmrest.simulator.policy.Rule;
import io.hsmrest.simulator.policy.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Policies as JSON (contract 5.1). */
public final class PolicyJson {
  private PolicyJson() {}

  /** Reads what a client sent; it is validated later. */
  static PolicyInput read(Fields in) {
    Fields status = in.optionalObject("keyStatus");
    return new PolicyInput(
        rule(in.optionalObject("ruleUse")),
        rule(in.optionalObject("ruleBlock")),
        rule(in.optionalObject("ruleUnblock")),
        rule(in.optionalObject("ruleModify")),
        status == null ? null : new PolicyInput.KeyStatusInput(status.optionalFlag("blocked")));
  }

  private static PolicyInput.@Nullable RuleInput rule(@Nullable Fields in) {
    return in == null
        ? null
        : new PolicyInput.RuleInput(each(in.optionalObjects("tokens"), PolicyJson::token));
  }

  private static PolicyInput.TokenInput token(Fields in) {
    return new PolicyInput.TokenInput(
        in.optionalText("name"),
        in.optionalNumber("timelock"),
        in.optionalNumber("timeout"),
        each(in.optionalObjects("groups"), PolicyJson::group));
  }

  private static PolicyInput.GroupInput group(Fields in) {
    return new PolicyInput.GroupInput(
        in.optionalText("name"),
        in.optionalNumber("quorum"),
        each(in.optionalObjects("approvals"), PolicyJson::approval));
  }

  private static PolicyInput.ApprovalInput approval(Fields in) {
    return new PolicyInput.ApprovalInput(
        in.optionalChoice("type", ApprovalType::byName).orElse(null),
        in.optionalText("name"),
        in.optionalText("value"));
  }

  private static <T> @Nullable List<@Nullable T> each(
      @Nullable List<@Nullable Fields> objects, Function<Fields, T> read) {
    if (objects == null) {
      return null;
    }
    List<@Nullable T> values = new ArrayList<>();
    objects.forEach(object -> values.add(object == null ? null : read.apply(object)));
    return values;
  }

  /** A policy as the service shows it; rules without conditions as U26 says. */
  public static ObjectNode write(Policy policy, EmptyRuleEcho empty) {
    ObjectNode out = Json.object();
    write(out, "ruleUse", policy.ruleUse(), empty);
    write(out, "ruleBlock", policy.ruleBlock(), empty);
    write(out, "ruleUnblock", policy.ruleUnblock(), empty);
    write(out, "ruleModify", policy.ruleModify(), empty);
    out.putObject("keyStatus").put("blocked", policy.blocked());
    return out;
  }

  private static void write(ObjectNode out, String name, @Nullable Rule rule, EmptyRuleEcho empty) {
    if (rule != null) {
      List<Token> tokens = rule.tokens();
      ObjectNode object = out.putObject(name);
      if (tokens == null) {
        object.putNull("tokens");
      } else {
        ArrayNode array = object.putArray("tokens");
        tokens.forEach(token -> write(array.addObject(), token));
      }
      return;
    }
    switch (empty) {
      case NULL_VALUE -> out.putNull(name);
      case EMPTY_TOKENS -> out.putObject(name).putArray("tokens");
      case ABSENT -> {}
    }
  }

  private static void write(ObjectNode out, Token token) {
    out.put("name", token.name()).put("timelock", token.timelock());
    ArrayNode groups = out.put("timeout", token.timeout()).putArray("groups");
    for (Group group : token.groups()) {
      ObjectNode object = groups.addObject();
      object.put("name", group.name()).put("quorum", group.quorum());
      ArrayNode approvals = object.putArray("approvals");
      for (Approval approval : group.approvals()) {
        approvals
            .addObject()
            .put("type", approval.type().wireName())
            .put("name", approval.name())
            .put("value", approval.value().toBase64());
      }
    }
  }
}
