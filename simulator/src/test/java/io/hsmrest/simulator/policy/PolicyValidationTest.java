package io.hsmrest.simulator.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hsmrest.simulator.crypto.Bytes;
import io.hsmrest.simulator.crypto.KeyCreation;
import io.hsmrest.simulator.crypto.KeySpec;
import io.hsmrest.simulator.crypto.Reason;
import io.hsmrest.simulator.crypto.ServiceRefusal;
import io.hsmrest.simulator.policy.PolicyInput.ApprovalInput;
import io.hsmrest.simulator.policy.PolicyInput.GroupInput;
import io.hsmrest.simulator.policy.PolicyInput.KeyStatusInput;
import io.hsmrest.simulator.policy.PolicyInput.RuleInput;
import io.hsmrest.simulator.policy.PolicyInput.TokenInput;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Policies as clients send them (contract 5.1). */
class PolicyValidationTest {
  private static final TestApprover ALICE = TestApprover.named("Alice");
  private static final ApprovalInput ALICE_KEY =
      new ApprovalInput(ApprovalType.PUBLIC_KEY, "Alice", ALICE.publicKey().toBase64());
  private static final ApprovalInput ALICE_CERTIFICATE =
      new ApprovalInput(
          ApprovalType.CERTIFICATE, null, ALICE.certificate("Alice\\, Officer").toBase64());
  private static final PolicyValidation VALIDATION =
      new PolicyValidation(
          name -> {
            if (name.equals("Alice")) {
              return ALICE.certificate("Alice");
            }
            throw new ServiceRefusal(Reason.APPROVER_NOT_EXISTENT, "no such approver");
          });

  @Test
  void aWellFormedPolicyIsRead() {
    Policy policy =
        VALIDATION.creation(
            new PolicyInput(
                rule(token(0, 600, group(1, ALICE_KEY))),
                null,
                new RuleInput(null),
                rule(),
                new KeyStatusInput(true)),
            "policy");

    assertThat(policy)
        .isEqualTo(
            new Policy(
                new Rule(
                    List.of(
                        new Token(
                            "T",
                            0,
                            600,
                            List.of(
                                new Group(
                                    "G",
                                    1,
                                    List.of(Approval.ofPublicKey("Alice", ALICE.publicKey()))))))),
                null,
                new Rule(null),
                new Rule(List.of()),
                true));
    assertThat(policy.rule(Operation.UNBLOCK)).isEqualTo(new Rule(null));
    assertThat(policy.withBlocked(false).blocked()).isFalse();
  }

  @Test
  void aCertificateGivesNameAndKey() {
    Approval approval = approval(ALICE_CERTIFICATE);

    assertThat(approval.name()).isEqualTo("Alice, Officer");
    assertThat(approval.publicKey()).isEqualTo(ALICE.publicKey());
    assertThat(approval.value().toBase64()).isEqualTo(ALICE_CERTIFICATE.value());
  }

  @Test
  void anOnboardedApproverIsLookedUp() {
    Approval approval =
        approval(new ApprovalInput(ApprovalType.ONBOARDED_APPROVER_CERTIFICATE, "Alice", null));

    assertThat(approval.type()).isEqualTo(ApprovalType.ONBOARDED_APPROVER_CERTIFICATE);
    assertThat(approval.publicKey()).isEqualTo(ALICE.publicKey());
  }

  @Test
  void pemLinesAroundTheBase64AreTaken() {
    ApprovalInput armoured =
        new ApprovalInput(
            ApprovalType.PUBLIC_KEY,
            null,
            "-----BEGIN PUBLIC KEY-----" + ALICE_KEY.value() + "-----END PUBLIC KEY-----");

    assertThat(approval(armoured).value()).isEqualTo(ALICE.publicKey());
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "1, 600, 'policy.ruleUse.tokens[0].timelock' seconds must represent full minutes",
        "0, 61, 'policy.ruleUse.tokens[0].timeout' seconds must represent full minutes",
        "-60, 0, 'policy.ruleUse.tokens[0].timelock' must be greater than or equal to 0",
        ", 0, 'policy.ruleUse.tokens[0].timelock' must not be null",
        "0, , 'policy.ruleUse.tokens[0].timeout' must not be null"
      })
  void spansAreWholeMinutes(@Nullable Integer timelock, @Nullable Integer timeout, String text) {
    assertRefused(600, text, rule(new TokenInput("T", timelock, timeout, List.of())));
  }

  @Test
  void missingFieldsAreNamed() {
    String group = "'policy.ruleUse.tokens[0].groups[0]";
    assertRefused(600, "'policy.ruleUse.tokens' must not be null", new RuleInput(null));
    assertRefused(
        600,
        "'policy.ruleUse.tokens[0]' must not be null",
        new RuleInput(Arrays.asList((TokenInput) null)));
    assertRefused(
        600,
        group + ".quorum' must not be null",
        rule(token(0, 0, new GroupInput(null, null, List.of(ALICE_KEY)))));
    assertRefused(
        600,
        group + ".quorum' must be greater than or equal to 1",
        rule(token(0, 0, group(0, ALICE_KEY))));
    assertRefused(
        600,
        group + ".approvals' must not be null",
        rule(token(0, 0, new GroupInput(null, 1, null))));
    assertRefused(
        600,
        group + ".approvals[0].type' must not be null",
        rule(token(0, 0, group(1, new ApprovalInput(null, "x", "AAAA")))));
    assertRefused(
        600,
        group + ".approvals[1].value' must not be empty",
        rule(
            token(0, 0, group(1, ALICE_KEY, new ApprovalInput(ApprovalType.PUBLIC_KEY, "x", "")))));
    assertRefused(
        600,
        group + ".approvals[0].value' is not a valid base64 encoded value",
        rule(token(0, 0, group(1, new ApprovalInput(ApprovalType.PUBLIC_KEY, "x", "?")))));
  }

  @Test
  void aCreationNeedsTheKeyStatusAndAModificationMustNotHaveIt() {
    assertThatThrownBy(
            () -> VALIDATION.creation(new PolicyInput(null, null, null, null, null), "policy"))
        .hasMessage("'policy.keyStatus' must not be null");
    assertThatThrownBy(
            () ->
                VALIDATION.creation(
                    new PolicyInput(null, null, null, null, new KeyStatusInput(null)), "policy"))
        .hasMessage("'policy.keyStatus.blocked' must not be null");
    assertThatThrownBy(
            () ->
                VALIDATION.modification(
                    new PolicyInput(null, null, null, null, new KeyStatusInput(false)), "policy"))
        .hasMessage("Invalid request. Cannot parse json string");
  }

  @Test
  void aModificationMayForbidUseForEverAndKeepsTheKeyStatus() {
    Policy modification =
        VALIDATION.modification(
            new PolicyInput(new RuleInput(null), null, null, null, null), "modifyRequest.policy");

    assertThat(new Policy(null, null, null, null, true).withRulesOf(modification))
        .isEqualTo(new Policy(new Rule(null), null, null, null, true));
  }

  @Test
  void fieldsOfAllRulesComeBeforeWhatTheyMean() {
    PolicyInput input =
        new PolicyInput(
            rule(token(0, 0, group(1))), rule(token(1, 0)), null, null, new KeyStatusInput(false));

    assertThatThrownBy(() -> VALIDATION.creation(input, "policy"))
        .hasMessage("'policy.ruleBlock.tokens[0].timelock' seconds must represent full minutes");
  }

  @Test
  void groupsThatMakeNoSenseAreRefused() {
    assertRefused(401, "Group does not contain any approval", rule(token(0, 0, group(1))));
    assertRefused(602, null, rule(token(0, 0, group(1, ALICE_KEY, ALICE_CERTIFICATE))));
    assertThat(
            VALIDATION.creation(
                creation(rule(token(0, 0, group(1, ALICE_KEY), group(1, ALICE_CERTIFICATE)))),
                "policy"))
        .as("across groups they may be mixed")
        .isNotNull();
  }

  @Test
  void approversThatCannotApproveAreRefused() {
    String rubbish = Bytes.of(new byte[] {1, 2, 3}).toBase64();
    Bytes mlDsa =
        Objects.requireNonNull(
            new KeyCreation(new SecureRandom()).create(KeySpec.named("ML-DSA-44")).publicKey());
    assertRefused(407, null, one(ApprovalType.PUBLIC_KEY, null, rubbish));
    assertRefused(402, null, one(ApprovalType.CERTIFICATE, null, rubbish));
    assertRefused(601, null, one(ApprovalType.PUBLIC_KEY, null, mlDsa.toBase64()));
    assertRefused(
        604, null, one(ApprovalType.CERTIFICATE, null, NamelessCertificate.of(ALICE).toBase64()));
    assertRefused(633, null, one(ApprovalType.ONBOARDED_APPROVER_CERTIFICATE, "", null));
    assertRefused(413, null, one(ApprovalType.ONBOARDED_APPROVER_CERTIFICATE, "Bob", null));
  }

  private static Approval approval(ApprovalInput input) {
    Policy policy = VALIDATION.creation(creation(rule(token(0, 0, group(1, input)))), "policy");
    return Objects.requireNonNull(Objects.requireNonNull(policy.ruleUse()).tokens())
        .get(0)
        .groups()
        .get(0)
        .approvals()
        .get(0);
  }

  private static RuleInput one(ApprovalType type, @Nullable String name, @Nullable String value) {
    return rule(token(0, 0, group(1, new ApprovalInput(type, name, value))));
  }

  private static PolicyInput creation(RuleInput use) {
    return new PolicyInput(use, null, null, null, new KeyStatusInput(false));
  }

  private static RuleInput rule(TokenInput... tokens) {
    return new RuleInput(Arrays.asList(tokens));
  }

  private static TokenInput token(int timelock, int timeout, GroupInput... groups) {
    return new TokenInput("T", timelock, timeout, Arrays.asList(groups));
  }

  private static GroupInput group(int quorum, ApprovalInput... approvals) {
    return new GroupInput("G", quorum, Arrays.asList(approvals));
  }

  private static void assertRefused(int code, @Nullable String message, RuleInput use) {
    assertThatThrownBy(() -> VALIDATION.creation(creation(use), "policy"))
        .isInstanceOfSatisfying(
            ServiceRefusal.class,
            refusal -> {
              assertThat(refusal.errorCode()).as(refusal.getMessage()).isEqualTo(code);
              if (message != null) {
                assertThat(refusal.getMessage()).isEqualTo(message);
              }
            });
  }
}
