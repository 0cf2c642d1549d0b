package io.hsmrest.client.approver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hsmrest.client.Golden;
import io.hsmrest.client.HsmProtocolException;
import io.hsmrest.client.model.Policy;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attestations of keys (contract 2.1.3, G20). */
class KeyAttestationTest {

  @Test
  void readsTheServicesSample() throws Exception {
    KeyAttestation key = KeyAttestation.read(Golden.text("keyAttestation.xml"));
    assertThat(key.label()).isEqualTo("TESTKEY2024-08-14_20-02-48.72168016257020");
    assertThat(key.algorithm()).isEqualTo("ED");
    assertThat(key.uuid()).isNull();
    Policy policy = Objects.requireNonNull(key.policy());
    assertThat(policy.ruleBlock()).isNull();
    Policy.Token token =
        Objects.requireNonNull(Objects.requireNonNull(policy.ruleUse()).tokens()).get(0);
    assertThat(token.timeout()).isEqualTo(Duration.ofMinutes(10));
    assertThat(token.groups().get(0).quorum()).isEqualTo(1);
    assertThat(token.groups().get(0).approvers())
        .extracting(Policy.Approver::name)
        .containsExactly("ApproverKey1");
  }

  @Test
  void aKeyWithoutPolicyHasNone() throws Exception {
    KeyAttestation key =
        KeyAttestation.read("<private_key><label>k</label><uuid>u</uuid></private_key>\n\n");
    assertThat(key.policy()).isNull();
    assertThat(key.uuid()).isEqualTo("u");
  }

  @Test
  void filesAreNotRead() {
    String xml =
        "<!DOCTYPE k [<!ENTITY f SYSTEM \"file:///etc/hostname\">]>"
            + "<private_key><label>&f;</label></private_key>";
    assertThatThrownBy(() -> KeyAttestation.read(xml)).isInstanceOf(HsmProtocolException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no XML",
        "<private_key>",
        "<k><policy><rule_use><token><timeout>soon</timeout></token></rule_use></policy></k>",
        "<k><rule_use><token><group><quorum>9999999999</quorum></group></token></rule_use></k>",
        "<k><rule_use><token><timeout>9223372036854775807</timeout></token></rule_use></k>",
      })
  void nonsenseIsRefusedOrReadAndNothingElse(String xml) {
    try {
      assertThat(KeyAttestation.read(xml)).isNotNull();
    } catch (HsmProtocolException e) {
      assertThat(e).hasMessage("the key's attestation cannot be read");
    }
  }
}
