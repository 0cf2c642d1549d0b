package io.hsmrest.simulator.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.simulator.crypto.Bytes;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The payload of a modification (contract 2.6.2, 0x1058). */
class PolicyEncodingTest {
  private static final Bytes KEY = TestApprover.named("A1").publicKey();

  @Test
  void everyElementStandsWhereTheContractSays() {
    Rule rule =
        new Rule(
            List.of(
                new Token(
                    "Token1",
                    120,
                    600,
                    List.of(new Group("Group1", 1, List.of(Approval.ofPublicKey("A1", KEY)))))));

    Payload payload = Payload.modify(new Policy(rule, null, null, rule, false));

    TlvReader in = new TlvReader(payload.content());
    for (int type : new int[] {0x104E, 0x1051}) {
      TlvReader nested = new TlvReader(in.bytes(type));
      assertThat(nested.number(0x0059)).isEqualTo(1);
      assertThat(nested.text(0x1002)).isEqualTo("Token1");
      assertThat(nested.number(0x0055)).as("timelock in minutes").isEqualTo(2);
      assertThat(nested.number(0x0055)).as("timeout in minutes").isEqualTo(10);
      assertThat(nested.number(0x005A)).isEqualTo(1);
      assertThat(nested.text(0x1002)).isEqualTo("Group1");
      assertThat(nested.number(0x005B)).isEqualTo(1);
      assertThat(nested.number(0x0003)).isEqualTo(1);
      assertThat(nested.text(0x1002)).isEqualTo("A1");
      assertThat(nested.bytes(0x1052)).isEqualTo(KEY);
      nested.end();
    }
    in.end();
    assertThat(payload.modification()).isTrue();
  }

  @Test
  void noTwoMeaningsLookTheSame() {
    Rule never = new Rule(null);
    Rule empty = new Rule(List.of());

    assertThat(
            List.of(
                Payload.modify(new Policy(null, null, null, null, false)),
                Payload.modify(new Policy(never, null, null, null, false)),
                Payload.modify(new Policy(empty, null, null, null, false)),
                Payload.modify(new Policy(null, empty, null, null, false))))
        .doesNotHaveDuplicates();
  }

  @Test
  void aModificationIsReadBackInsideAnApproval() {
    Payload payload = Payload.modify(new Policy(new Rule(List.of()), null, null, null, false));
    ApprovalToBeSigned approval =
        new ApprovalToBeSigned(Operation.MODIFY, "k", Bytes.empty(), Bytes.empty(), payload);

    assertThat(ApprovalToBeSigned.parse(approval.toBytes())).isEqualTo(approval);
  }
}
