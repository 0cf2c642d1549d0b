package io.hsmrest.tests.scenario.approval;

import static io.hsmrest.tests.scenario.approval.GatedHsm.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.client.model.Policy;
import io.hsmrest.keystore.HsmPrivateKey;
import io.hsmrest.provider.HsmKeyGenParameterSpec;
import io.hsmrest.tests.documents.Checkout;
import io.hsmrest.tests.scenario.HsmContents;
import io.hsmrest.tests.scenario.Policies;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Gated key pairs made from Java. */
@Tag("scenario")
class GatedKeyPairTest {
  private final GatedHsm gated = new GatedHsm();

  @AfterEach
  void end() {
    gated.close();
  }

  private KeyPair generate(HsmKeyGenParameterSpec parameters, String... settings) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", gated.hsm().provider(settings));
    generator.initialize(parameters);
    return generator.generateKeyPair();
  }

  private Policy policyOf(String label) throws Exception {
    return HsmContents.of(gated.hsm()).session().client().readKey(label, null).policy();
  }

  @Test
  void thePolicyOfTheParametersIsTheKeys() throws Exception {
    Policy policy =
        new Policy(
            gated.policies().use(2, "alice", "bob", "carol").ruleUse(),
            gated.policies().use(1, "alice").ruleUse(),
            gated.policies().use(1, "bob").ruleUse(),
            new Policy.Rule(
                List.of(
                    Policies.token(
                        Duration.ofMinutes(10),
                        Duration.ofHours(1),
                        gated.policies().group("owners", 2, "alice", "carol")))),
            false);
    KeyPair pair = generate(HsmKeyGenParameterSpec.ec("ca", "secp256r1").withPolicy(policy));

    assertThat(policyOf("ca")).isEqualTo(policy);
    assertThat(((HsmPrivateKey) pair.getPrivate()).requiresApproval()).isTrue();
    assertThat(gated.requests()).as("making a key asks nobody").isEmpty();
  }

  /** The handle of the generator signs as one of the key store does. */
  @Test
  void theNewKeyWaitsFromItsFirstSignatureOn() throws Exception {
    Policy policy = gated.policies().use(1, "alice");
    KeyPair pair =
        generate(
            HsmKeyGenParameterSpec.ec("ca", "secp256r1").withPolicy(policy),
            "approval.poll = 5ms..20ms",
            "approval.progress = log");
    Future<byte[]> signing =
        gated.running(
            () -> {
              Signature signature =
                  Signature.getInstance("SHA256withECDSA", gated.hsm().provider());
              signature.initSign(pair.getPrivate());
              signature.update(GatedHsm.MESSAGE);
              return signature.sign();
            });
    String request = gated.awaitAnnounced();
    assertThat(gated.log().awaitLine(request)).contains("may be approved by alice");
    gated.simulator().approve(request, "alice");

    assertThat(gated.isGood(result(signing), "ca")).isTrue();
    assertThat(gated.requests().values()).containsExactly("EXECUTED");
  }

  @Test
  void theSettingsPolicyIsForKeysWhoseParametersSayNothing() throws Exception {
    String sample = Checkout.file("conf/policies/two-of-three.json").toString();
    String setting = "keygen.policy = " + sample;
    generate(HsmKeyGenParameterSpec.ec("by-setting", "secp256r1"), setting);
    generate(HsmKeyGenParameterSpec.ec("plain", "secp256r1").withPolicy((Policy) null), setting);
    Policy own = gated.policies().use(1, "alice");
    generate(HsmKeyGenParameterSpec.ec("own", "secp256r1").withPolicy(own), setting);

    assertThat(policyOf("by-setting"))
        .satisfies(
            policy ->
                assertThat(policy.ruleUse().tokens().get(0).groups().get(0).quorum()).isEqualTo(2));
    assertThat(policyOf("plain")).isNull();
    assertThat(policyOf("own").ruleUse()).isEqualTo(own.ruleUse());
  }
}
