package io.hsmrest.client.approver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hsmrest.client.Golden;
import io.hsmrest.client.HsmProtocolException;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.Policy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Objects;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is signed is read from the bytes that are signed, or refused (contract 2.6.2). */
class ApprovalContentTest {
  private static final Octets SAMPLE = sample();

  private static Octets sample() {
    Matcher member =
        Pattern.compile("\"approvalToBeSigned\": \"([^\"]+)\"").matcher(Golden.text("task.json"));
    assertThat(member.find()).isTrue();
    return Octets.ofBase64(member.group(1));
  }

  private static Structure use(String payload) {
    return new Structure()
        .with(Tlv.OPERATION, 1)
        .with(Tlv.LABEL, "ca")
        .with(Tlv.TIMESTAMP, stamp(payload))
        .with(Tlv.TIMESTAMP_SIGNATURE, "signature")
        .with(Tlv.USE_PAYLOAD, "pay");
  }

  private static Structure stamp(String payload) {
    return new Structure()
        .with(Tlv.USE_PAYLOAD, payload)
        .with(Tlv.TIME, 1_700_000_000L)
        .with(Tlv.LABEL, "timestamp-key");
  }

  private static Octets modification(Structure rule) {
    return new Structure()
        .with(Tlv.OPERATION, 4)
        .with(Tlv.LABEL, "ca")
        .with(Tlv.MODIFY_PAYLOAD, new Structure().with(Tlv.RULE_USE, rule))
        .octets();
  }

  private static Structure group(int first, int second) {
    return new Structure()
        .with(Tlv.TOKEN_COUNT, 1)
        .with(Tlv.LABEL, "Token1")
        .with(Tlv.MINUTES, 5)
        .with(Tlv.MINUTES, 60)
        .with(Tlv.GROUP_COUNT, 1)
        .with(Tlv.LABEL, "")
        .with(Tlv.QUORUM, first)
        .with(Tlv.APPROVAL_COUNT, second)
        .with(Tlv.LABEL, "alice")
        .with(Tlv.APPROVER_KEY, "key of alice")
        .with(Tlv.LABEL, "bob")
        .with(Tlv.APPROVER_KEY, "key of bob")
        .with(Tlv.APPROVER_KEY, "key of somebody");
  }

  @Test
  void readsTheServicesSample() throws Exception {
    ApprovalContent content = ApprovalContent.read(SAMPLE);
    assertThat(content.operation()).isEqualTo(ApprovalContent.Operation.USE);
    assertThat(content.keyLabel()).isEqualTo("TESTKEY2020-03-16_10-41-06.38466004371000");
    assertThat(content.askedAt()).isEqualTo(Instant.parse("2020-03-16T09:41:08Z"));
    assertThat(content.timestampKey()).isEqualTo("test-timestamp-key");
    assertThat(new String(content.payload().toByteArray(), StandardCharsets.US_ASCII))
        .isEqualTo("ApproveSignTaskPayload");
    assertThat(content.newPolicy()).isNull();
    assertThat(content.further()).isEmpty();
  }

  @Test
  void aTimestampAboutAnotherPayloadIsRefused() throws Exception {
    assertThat(ApprovalContent.read(use("pay").octets()).keyLabel()).isEqualTo("ca");
    assertThatThrownBy(() -> ApprovalContent.read(use("other").octets()))
        .isInstanceOf(HsmProtocolException.class)
        .hasMessage("what is to be signed cannot be read: its timestamp is about another payload");
  }

  @Test
  void aTimestampThatNobodySignedIsNotAttested() throws Exception {
    Structure unsigned =
        new Structure()
            .with(Tlv.OPERATION, 1)
            .with(Tlv.LABEL, "ca")
            .with(Tlv.TIMESTAMP, stamp("pay"))
            .with(Tlv.USE_PAYLOAD, "pay");
    ApprovalContent content = ApprovalContent.read(unsigned.octets());
    assertThat(content.askedAt()).isEqualTo(Instant.parse("2023-11-14T22:13:20Z"));
    assertThat(content.timestampKey()).isNull();
    assertThat(ApprovalContent.read(unsigned.with(Tlv.TIMESTAMP_SIGNATURE, "").octets()))
        .extracting(ApprovalContent::timestampKey)
        .isNull();
    assertThat(ApprovalContent.read(use("pay").octets()).timestampKey()).isEqualTo("timestamp-key");
  }

  @Test
  void aSignatureWithoutTimestampIsTold() throws Exception {
    Structure structure =
        new Structure()
            .with(Tlv.OPERATION, 1)
            .with(Tlv.LABEL, "ca")
            .with(Tlv.TIMESTAMP_SIGNATURE, "signature")
            .with(Tlv.USE_PAYLOAD, "pay");
    assertThat(ApprovalContent.read(structure.octets()).further())
        .containsExactly("element 0x1056, 9 bytes");
  }

  @Test
  void whatIsNotUnderstoodIsTold() throws Exception {
    assertThat(ApprovalContent.read(use("pay").with(0x2001, "more").octets()).further())
        .containsExactly("element 0x2001, 4 bytes");
  }

  @Test
  void blockingNeedsNoPayload() throws Exception {
    ApprovalContent content =
        ApprovalContent.read(new Structure().with(Tlv.OPERATION, 2).with(Tlv.LABEL, "ca").octets());
    assertThat(content.operation()).isEqualTo(ApprovalContent.Operation.BLOCK);
    assertThat(content.payload().size()).isZero();
    assertThat(content.askedAt()).isNull();
  }

  @ParameterizedTest
  @CsvSource({"2, 3", "3, 2"})
  void theNewPolicyIsReadWhicheverNumberIsTheQuorum(int first, int second) throws Exception {
    Policy policy =
        Objects.requireNonNull(
            ApprovalContent.read(modification(group(first, second))).newPolicy());
    Policy.Token token =
        Objects.requireNonNull(Objects.requireNonNull(policy.ruleUse()).tokens()).get(0);
    assertThat(token.timelock()).isEqualTo(Duration.ofMinutes(5));
    assertThat(token.timeout()).isEqualTo(Duration.ofMinutes(60));
    assertThat(token.groups().get(0).quorum()).isEqualTo(2);
    assertThat(token.groups().get(0).approvers())
        .extracting(Policy.Approver::name)
        .containsExactly("alice", "bob", null);
    assertThat(policy.ruleBlock()).isNull();
  }

  @Test
  void aRuleWithoutTokensIsOneThatNobodyCanFulfil() throws Exception {
    Policy policy =
        Objects.requireNonNull(ApprovalContent.read(modification(new Structure())).newPolicy());
    assertThat(Objects.requireNonNull(policy.ruleUse()).tokens()).isNull();
  }

  @ParameterizedTest
  @CsvSource({"1, 2", "7, 9"})
  void aGroupThatCountsOtherApproversIsRefused(int first, int second) {
    assertThatThrownBy(() -> ApprovalContent.read(modification(group(first, second))))
        .hasMessageContaining("has not the approvers that it counts");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "4  | its payload does not fit its operation",
        "77 | an operation that this version does not know (77)",
        "1  | element 0x003B is there twice",
      })
  void contradictionsAreRefused(int operation, String why) {
    Structure structure =
        operation == 1
            ? use("pay").with(Tlv.OPERATION, 1)
            : new Structure()
                .with(Tlv.OPERATION, operation)
                .with(Tlv.LABEL, "ca")
                .with(Tlv.USE_PAYLOAD, "pay");
    assertThatThrownBy(() -> ApprovalContent.read(structure.octets())).hasMessageContaining(why);
  }

  @Test
  void nothingHidesInThePadding() {
    byte[] bytes = use("pay").octets().toByteArray();
    bytes[bytes.length - 1] = 1;
    assertThatThrownBy(() -> ApprovalContent.read(Octets.of(bytes)))
        .hasMessageContaining("hidden in the padding of element 0x1057");
  }

  /** Seeded: the same damage each time. */
  @Test
  void damagedStructuresAreRefusedOrReadAndNeverAnythingElse() {
    Random random = new Random(6);
    byte[] policy = modification(group(2, 3)).toByteArray();
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = (i % 2 == 0 ? policy : SAMPLE.toByteArray()).clone();
      for (int damage = random.nextInt(3); damage >= 0; damage--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      try {
        assertThat(ApprovalContent.read(Octets.of(bytes)).keyLabel()).isNotNull();
      } catch (HsmProtocolException e) {
        refused++;
      }
    }
    assertThat(refused).isBetween(1_000, 19_999);
  }

  @Test
  void noTextIsNoStructure() {
    for (String text : new String[] {"", "AAAA", "AAAAAA==", "/////w=="}) {
      assertThatThrownBy(() -> ApprovalContent.read(Octets.of(Base64.getDecoder().decode(text))))
          .isInstanceOf(HsmProtocolException.class);
    }
  }
}
