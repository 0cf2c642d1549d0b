package io.hsmrest.client.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelTest {
  private static final Policy.Group GROUP =
      new Policy.Group(
          null, 1, List.of(new Policy.Approver("public_key", null, Octets.of(new byte[] {1}))));

  private static Policy.Token token(long timelockMinutes, Policy.Group... groups) {
    return new Policy.Token(
        null, Duration.ofMinutes(timelockMinutes), Duration.ZERO, List.of(groups));
  }

  private static boolean gated(Policy.Token... tokens) {
    return new Policy(new Policy.Rule(List.of(tokens)), null, null, null, false)
        .useRequiresApproval();
  }

  @Test
  void aKeyIsGatedWhenNoAlternativeIsFulfilledByItself() {
    assertThat(gated(token(0, GROUP))).isTrue();
    assertThat(gated(token(5))).isTrue();
    assertThat(gated(token(0, GROUP), token(60))).isTrue();
    assertThat(gated(token(0))).isFalse();
    assertThat(gated(token(0, GROUP), token(0))).isFalse();
    assertThat(gated()).isFalse();
    assertThat(new Policy(null, new Policy.Rule(null), null, null, true).useRequiresApproval())
        .isFalse();
    assertThat(new Policy(new Policy.Rule(null), null, null, null, false).useRequiresApproval())
        .isTrue();
  }

  @ParameterizedTest
  @EnumSource(
      value = RequestState.class,
      names = {"EXECUTED", "FAILED", "EXPIRED", "REJECTED", "CANCELLED"})
  void endsAreTerminal(RequestState state) {
    assertThat(state.isTerminal()).isTrue();
    assertThat(RequestState.of(state.name())).isEqualTo(state);
  }

  @ParameterizedTest
  @EnumSource(
      value = RequestState.class,
      names = {"PENDING", "APPROVED", "UNKNOWN"})
  void theOthersAreNot(RequestState state) {
    assertThat(state.isTerminal()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"UNKNOWN", "pending", "", "ON_HOLD"})
  void otherNamesAreUnknown(String name) {
    assertThat(RequestState.of(name)).isEqualTo(RequestState.UNKNOWN);
  }

  @Test
  void listsAreCopied() {
    List<Octets> open = new ArrayList<>();
    RequestStatus status =
        new RequestStatus(
            "r", RequestState.PENDING, "PENDING", null, List.of(), open, List.of(), "result");
    open.add(Octets.of(new byte[1]));
    assertThat(status.notYetApprovedBy()).isEmpty();
    assertThat(status)
        .hasToString("RequestStatus[id=r, state=PENDING, approved=0, open=0, rejected=0]");
  }

  @Test
  void aNewKeyNeedsALabel() {
    assertThatThrownBy(() -> NewKey.rsa("", 2048))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the label of a new key is empty");
  }

  @Test
  void aNewKeyKeepsWhatIsNotChanged() {
    Policy policy = new Policy(null, null, null, null, false);
    Secret password = Secret.of("pw");
    KeyFlags flags = KeyFlags.forSigning().withExtractable(true).withDestroyable(false);
    NewKey key = NewKey.ec("k", "1.2.3").withPolicy(policy).withPassword(password).withFlags(flags);
    assertThat(key).isEqualTo(new NewKey("k", "EC", null, "1.2.3", flags, policy, password));
    assertThat(NewKey.ed25519("e").curveOid()).isEqualTo("1.3.101.112");
    assertThat(NewKey.rsa("r", 3072).keySizeBits()).isEqualTo(3072);
    assertThat(flags).isEqualTo(new KeyFlags(true, false, false, true, true, false));
  }
}
