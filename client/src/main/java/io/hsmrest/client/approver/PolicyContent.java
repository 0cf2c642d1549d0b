package io.hsmrest.client.approver;

import io.hsmrest.client.HsmProtocolException;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.Policy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A policy as approvers of its change sign it (contract 2.6.2, 0x1058). */
final class PolicyContent {
  private final List<Tlv> elements;
  private int next;

  private PolicyContent(List<Tlv> elements) {
    this.elements = elements;
  }

  static Policy read(Octets structure) throws HsmProtocolException {
    try {
      return policy(structure);
    } catch (ArithmeticException e) {
      throw Tlv.malformed("a number in the new policy is too large");
    }
  }

  private static Policy policy(Octets structure) throws HsmProtocolException {
    Map<Integer, Policy.Rule> rules = new LinkedHashMap<>();
    for (Tlv element : Tlv.elements(structure)) {
      if (element.type() < Tlv.RULE_USE || element.type() > Tlv.RULE_MODIFY) {
        throw unexpected(element);
      }
      Policy.Rule rule = new PolicyContent(Tlv.elements(element.content())).rule();
      if (rules.put(element.type(), rule) != null) {
        throw Tlv.malformed("a rule of the new policy is there twice");
      }
    }
    return new Policy(
        rules.get(Tlv.RULE_USE),
        rules.get(Tlv.RULE_BLOCK),
        rules.get(Tlv.RULE_UNBLOCK),
        rules.get(Tlv.RULE_MODIFY),
        false);
  }

  /** Without a count of tokens it can never be fulfilled. */
  private Policy.Rule rule() throws HsmProtocolException {
    if (elements.isEmpty()) {
      return new Policy.Rule(null);
    }
    long count = take(Tlv.TOKEN_COUNT).number();
    List<Policy.Token> tokens = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      tokens.add(token());
    }
    if (next < elements.size()) {
      throw unexpected(elements.get(next));
    }
    return new Policy.Rule(tokens);
  }

  private Policy.Token token() throws HsmProtocolException {
    String name = name();
    Duration timelock = minutes();
    Duration timeout = minutes();
    long count = take(Tlv.GROUP_COUNT).number();
    List<Policy.Group> groups = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      groups.add(group());
    }
    return new Policy.Token(name, timelock, timeout, groups);
  }

  /**
   * Of the two numbers one is the quorum and one counts the approvers; which is which is not
   * published (contract U33), and shows in the approvers that follow.
   */
  private Policy.Group group() throws HsmProtocolException {
    String name = name();
    long first = take(Tlv.QUORUM).number();
    long second = take(Tlv.APPROVAL_COUNT).number();
    List<Policy.Approver> approvers = new ArrayList<>();
    while (isType(0, Tlv.APPROVER_KEY) || isType(0, Tlv.LABEL) && isType(1, Tlv.APPROVER_KEY)) {
      approvers.add(new Policy.Approver("public_key", name(), take(Tlv.APPROVER_KEY).content()));
    }
    long count = approvers.size();
    if (first != count && second != count) {
      throw Tlv.malformed("a group of the new policy has not the approvers that it counts");
    }
    return new Policy.Group(name, Math.toIntExact(second == count ? first : second), approvers);
  }

  private @Nullable String name() throws HsmProtocolException {
    if (!isType(0, Tlv.LABEL)) {
      return null;
    }
    String name = take(Tlv.LABEL).text();
    return name.isEmpty() ? null : name;
  }

  private Duration minutes() throws HsmProtocolException {
    return Duration.ofMinutes(take(Tlv.MINUTES).number());
  }

  private boolean isType(int ahead, int type) {
    int index = next + ahead;
    return index < elements.size() && elements.get(index).type() == type;
  }

  private Tlv take(int type) throws HsmProtocolException {
    if (!isType(0, type)) {
      throw next < elements.size()
          ? unexpected(elements.get(next))
          : Tlv.malformed("the new policy ends too early");
    }
    return elements.get(next++);
  }

  private static HsmProtocolException unexpected(Tlv element) {
    return Tlv.malformed("the new policy has an element " + Tlv.name(element.type()));
  }
}
