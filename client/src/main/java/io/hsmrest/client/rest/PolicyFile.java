package io.hsmrest.client.rest;

import io.hsmrest.client.HsmConfigurationException;
import io.hsmrest.client.HsmProtocolException;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Policies in files: JSON as the service takes it (contract 5.1), checked with the contract's rules
 * before anything is sent.
 */
public final class PolicyFile {
  private static final Set<String> APPROVER_TYPES =
      Set.of("public_key", "certificate", "onboarded_approver_certificate");

  private PolicyFile() {}

  /**
   * Reads and checks a policy.
   *
   * @throws HsmConfigurationException naming the file and the first thing that is wrong
   */
  public static Policy read(Path file) throws HsmConfigurationException {
    byte[] content;
    try {
      content = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new HsmConfigurationException(
          "policy file " + file + " cannot be read (" + e.getClass().getSimpleName() + ")", e);
    }
    try {
      JsonObject json = JsonObject.of("policy", JsonMapping.read(content));
      PolicyMembers.check(json);
      Policy policy = PolicyJson.read(json);
      check(policy);
      return policy;
    } catch (IOException | HsmProtocolException | IllegalArgumentException e) {
      throw new HsmConfigurationException(
          "policy file " + file + " cannot be used: " + e.getMessage(), e);
    }
  }

  private static void check(Policy policy) {
    check("ruleUse", policy.ruleUse());
    check("ruleBlock", policy.ruleBlock());
    check("ruleUnblock", policy.ruleUnblock());
    check("ruleModify", policy.ruleModify());
  }

  private static void check(String place, Policy.@Nullable Rule rule) {
    if (rule == null) {
      return;
    }
    List<Policy.Token> tokens = rule.tokens();
    if (tokens == null || tokens.isEmpty()) {
      // Services differ in what that means (contract U36, 5.2).
      throw new IllegalArgumentException(place + " has no tokens; leave the rule out for free use");
    }
    for (Policy.Token token : tokens) {
      wholeMinutes(place + ": timelock", token.timelock());
      wholeMinutes(place + ": timeout", token.timeout());
      require(
          token.timeout().isZero() || token.timeout().compareTo(token.timelock()) > 0,
          place + ": timeout must be longer than timelock, or 0 for no limit");
      token.groups().forEach(group -> check(place, group));
    }
  }

  private static void check(String place, Policy.Group group) {
    require(!group.approvers().isEmpty(), place + ": a group names no approvals");
    // The same approver twice is one approver (contract 5.2).
    long distinct = group.approvers().stream().map(PolicyFile::identity).distinct().count();
    require(
        group.quorum() >= 1 && group.quorum() <= distinct,
        place
            + ": a quorum of "
            + group.quorum()
            + " cannot be reached by "
            + distinct
            + (distinct == 1 ? " approver" : " approvers"));
    for (Policy.Approver approver : group.approvers()) {
      require(
          APPROVER_TYPES.contains(approver.type()),
          place
              + ": approval type '"
              + approver.type()
              + "' is none of public_key, certificate, onboarded_approver_certificate");
      Octets value = approver.value();
      require(
          value != null || approver.type().startsWith("onboarded"),
          place + ": an approval has no value");
      require(
          value == null || isWholeSequence(value.toByteArray()),
          place
              + ": the value of "
              + (approver.name() == null ? "an approval" : "approval '" + approver.name() + "'")
              + " is no "
              + approver.type()
              + " in DER");
    }
  }

  /**
   * Public keys and certificates are one DER SEQUENCE and nothing else. What is in it is left to
   * the service, which knows more kinds of keys than this Java.
   */
  private static boolean isWholeSequence(byte[] der) {
    if (der.length < 2 || der[0] != 0x30) {
      return false;
    }
    int first = der[1] & 0xff;
    int lengthBytes = first < 0x80 ? 0 : first - 0x80;
    if (lengthBytes > 3 || der.length < 2 + lengthBytes) {
      return false;
    }
    int length = lengthBytes == 0 ? first : 0;
    for (int i = 0; i < lengthBytes; i++) {
      length = length << 8 | der[2 + i] & 0xff;
    }
    return der.length == 2 + lengthBytes + length;
  }

  private static Object identity(Policy.Approver approver) {
    Octets value = approver.value();
    return value == null ? String.valueOf(approver.name()) : value;
  }

  private static void wholeMinutes(String place, Duration duration) {
    require(
        !duration.isNegative() && duration.toSeconds() % 60 == 0,
        place + " of " + duration.toSeconds() + " seconds is not a whole number of minutes");
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
