package io.hsmrest.client.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hsmrest.client.HsmConfigurationException;
import io.hsmrest.client.model.Policy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyFileTest {
  private static final String APPROVAL =
      "{\"type\": \"public_key\", \"name\": \"a\", \"value\": \"MAA=\"}";
  private static final String TEMPLATE =
      """
      {"ruleUse": {"tokens": [{"name": "t", "timelock": 0, "timeout": 600,
         "groups": [{"name": "g", "quorum": 1, "approvals": [%s]}]}]},
       "keyStatus": {"blocked": false}}"""
          .formatted(APPROVAL);

  @TempDir Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("policy.json"), text);
  }

  private void refuses(String text, String why) throws IOException {
    Path file = file(text);
    assertThatThrownBy(() -> PolicyFile.read(file))
        .isInstanceOf(HsmConfigurationException.class)
        .hasMessage("policy file " + file + " cannot be used: " + why);
  }

  @Test
  void readsAPolicy() throws Exception {
    Policy policy = PolicyFile.read(file(TEMPLATE));
    Policy.Rule use = policy.ruleUse();
    assertThat(use).isNotNull();
    assertThat(use.tokens())
        .singleElement()
        .satisfies(
            token -> {
              assertThat(token.timelock()).isZero();
              assertThat(token.timeout()).isEqualTo(Duration.ofMinutes(10));
              assertThat(token.groups())
                  .singleElement()
                  .extracting(Policy.Group::quorum)
                  .isEqualTo(1);
            });
    assertThat(policy.ruleModify()).isNull();
    assertThat(policy.blocked()).isFalse();
  }

  @Test
  void whatIsReadIsWhatIsSent() throws Exception {
    Policy policy = PolicyFile.read(file(TEMPLATE));
    byte[] sent = JsonMapping.write(PolicyJson.write(policy));
    assertThat(PolicyJson.read(JsonObject.of("policy", JsonMapping.read(sent)))).isEqualTo(policy);
    assertThat(JsonMapping.read(sent))
        .isEqualTo(JsonMapping.read(TEMPLATE.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void anEmptyPolicyIsFreeToUse() throws Exception {
    Policy policy =
        PolicyFile.read(file("{\"ruleUse\": null, \"keyStatus\": {\"blocked\": true}}"));
    assertThat(policy.useRequiresApproval()).isFalse();
    assertThat(policy.blocked()).isTrue();
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"timelock\": 0        | \"timelock\": 30        | ruleUse: timelock of 30 seconds is not a whole number of minutes",
        "\"timeout\": 600       | \"timeout\": 601        | ruleUse: timeout of 601 seconds is not a whole number of minutes",
        "\"timeout\": 600       | \"timeout\": -60        | ruleUse: timeout of -60 seconds is not a whole number of minutes",
        "\"timelock\": 0        | \"timelock\": 600       | ruleUse: timeout must be longer than timelock, or 0 for no limit",
        "\"quorum\": 1          | \"quorum\": 2           | ruleUse: a quorum of 2 cannot be reached by 1 approver",
        "\"quorum\": 1          | \"quorum\": 0           | ruleUse: a quorum of 0 cannot be reached by 1 approver",
        "\"quorum\": 1          | \"quorum\": \"1\"       | policy.ruleUse.tokens[0].groups[0].quorum is not a whole number",
        "\"quorum\": 1,         | ``                      | policy.ruleUse.tokens[0].groups[0].quorum is missing",
        "public_key             | public-key              | ruleUse: approval type 'public-key' is none of public_key, certificate, onboarded_approver_certificate",
        "\"value\": \"MAA=\"    | \"value\": null         | ruleUse: an approval has no value",
        "\"value\": \"MAA=\"    | \"value\": \"AQID\"      | ruleUse: the value of approval 'a' is no public_key in DER",
        "\"value\": \"MAA=\"    | \"value\": \"?\"        | policy.ruleUse.tokens[0].groups[0].approvals[0].value is not base64",
        "\"keyStatus\"          | \"keystatus\"           | policy: unknown member 'keystatus'; did you mean 'keyStatus'?",
        "\"ruleUse\"            | \"ruleuse\"             | policy: unknown member 'ruleuse'; did you mean 'ruleUse'?",
        "\"tokens\"             | \"token\"               | policy.ruleUse: unknown member 'token'; did you mean 'tokens'?",
        "\"groups\"             | \"grups\"               | policy.ruleUse.tokens[0]: unknown member 'grups'; did you mean 'groups'?",
        "\"approvals\"          | \"approvers\"           | policy.ruleUse.tokens[0].groups[0]: unknown member 'approvers'; did you mean 'approvals'?",
        "\"type\"               | \"typ\"                 | policy.ruleUse.tokens[0].groups[0].approvals[0]: unknown member 'typ'; did you mean 'type'?",
        "{\"blocked\": false}   | {}                        | policy.keyStatus.blocked is missing",
        "\"blocked\"            | \"locked\"              | policy.keyStatus: unknown member 'locked'; did you mean 'blocked'?",
        "{\"ruleUse\"           | [{\"ruleUse\"           | no JSON",
      })
  void saysWhatIsWrong(String right, String wrong, String why) throws Exception {
    assertThat(TEMPLATE).contains(right);
    refuses(TEMPLATE.replace(right, wrong), why);
  }

  @Test
  void aRuleWithoutAlternativesMeansDifferentThingsToServices() throws Exception {
    for (String tokens : List.of("null", "[]")) {
      refuses(
          "{\"ruleBlock\": {\"tokens\": " + tokens + "}, \"keyStatus\": {\"blocked\": false}}",
          "ruleBlock has no tokens; leave the rule out for free use");
    }
  }

  @Test
  void theSameApproverTwiceIsOneApprover() throws Exception {
    refuses(
        TEMPLATE
            .replace(APPROVAL, APPROVAL + ", " + APPROVAL.replace("\"a\"", "\"again\""))
            .replace("\"quorum\": 1", "\"quorum\": 2"),
        "ruleUse: a quorum of 2 cannot be reached by 1 approver");
  }

  @Test
  void aGroupNeedsApprovers() throws Exception {
    refuses(TEMPLATE.replace(APPROVAL, ""), "ruleUse: a group names no approvals");
  }

  @Test
  void theStatusOfTheKeyIsNeeded() throws Exception {
    refuses("{\"ruleUse\": null}", "policy.keyStatus is not a JSON object");
  }

  @Test
  void approversOfTheServicesOwnAppNeedNoValue() throws Exception {
    Policy policy =
        PolicyFile.read(
            file(
                TEMPLATE.replace(
                    APPROVAL,
                    "{\"type\": \"onboarded_approver_certificate\", \"name\": \"carol\"}")));
    assertThat(JsonMapping.read(JsonMapping.write(PolicyJson.write(policy))).toString())
        .contains("{name=carol, type=onboarded_approver_certificate}");
  }

  @Test
  void saysThatTheFileIsMissing() {
    Path missing = folder.resolve("missing.json");
    assertThatThrownBy(() -> PolicyFile.read(missing))
        .isInstanceOf(HsmConfigurationException.class)
        .hasMessage("policy file " + missing + " cannot be read (NoSuchFileException)");
  }

  @Test
  void theSamplesAreUsable() throws Exception {
    Path samples = Path.of("..", "conf", "policies");
    Map<String, Boolean> gated =
        Map.of(
            "one-approver.json", true, "two-of-three.json", true, "two-groups-or-wait.json", true);
    try (var files = Files.list(samples)) {
      for (Path sample : files.toList()) {
        assertThat(PolicyFile.read(sample).useRequiresApproval())
            .isEqualTo(gated.get(sample.getFileName().toString()));
      }
    }
  }
}
