package io.hsmrest.tests.scenario.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hsmrest.client.HsmConfigurationException;
import io.hsmrest.provider.HsmKeyGenParameterSpec;
import io.hsmrest.tests.scenario.CertificateFiles;
import io.hsmrest.tests.scenario.HsmContents;
import io.hsmrest.tests.scenario.SoftwareKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.ProviderException;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A policy that the service would refuse, or would take for something else, is refused before
 * anything is sent. A key under a wrong policy is for ever: only its policy's own rule changes it.
 */
@Tag("scenario")
class PolicyFilesTest {
  private static final String KEY =
      Base64.getEncoder().encodeToString(SoftwareKeys.newKeys().getPublic().getEncoded());
  private static final String OTHER_KEY =
      Base64.getEncoder().encodeToString(SoftwareKeys.newKeys().getPublic().getEncoded());
  private static final String CERTIFICATE =
      CertificateFiles.pem(SoftwareKeys.selfSigned("Dave", SoftwareKeys.newKeys()))
          .replaceAll("-----[^-]+-----|\\s", "");
  private static final String RIGHT =
      """
      {"ruleUse": {"tokens": [{"name": "Token1", "timelock": 0, "timeout": 600, "groups": [
         {"name": "Group1", "quorum": 2, "approvals": [
           {"type": "public_key", "name": "alice", "value": "%s"},
           {"type": "public_key", "name": "bob", "value": "%s"}]}]}]},
       "ruleModify": null, "keyStatus": {"blocked": false}}"""
          .formatted(KEY, OTHER_KEY);

  @TempDir Path folder;

  private final GatedHsm gated = new GatedHsm();

  @BeforeEach
  void forget() {
    gated.simulator().resetRequests();
  }

  @AfterEach
  void end() {
    gated.close();
  }

  private Path file(String right, String wrong) throws IOException {
    assertThat(RIGHT).contains(right);
    return Files.writeString(folder.resolve("policy.json"), RIGHT.replace(right, wrong));
  }

  @ParameterizedTest(name = "{2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"timelock\": 0,           | \"timelock\": 30,            | ruleUse: timelock of 30 seconds is not a whole number of minutes",
        "\"timelock\": 0,           | ``                           | timelock is missing",
        "\"timelock\": 0,           | \"timelock\": -60,           | ruleUse: timelock of -60 seconds",
        "\"timeout\": 600,          | \"timeout\": 601,            | ruleUse: timeout of 601 seconds is not a whole number of minutes",
        "\"timeout\": 600,          | ``                           | timeout is missing",
        "\"timelock\": 0,           | \"timelock\": 600,           | ruleUse: timeout must be longer than timelock, or 0 for no limit",
        "\"quorum\": 2,             | ``                           | quorum is missing",
        "\"quorum\": 2,             | \"quorum\": 0,               | ruleUse: a quorum of 0",
        "\"quorum\": 2,             | \"quorum\": 3,               | ruleUse: a quorum of 3 cannot be reached by 2 approvers",
        "\"quorum\": 2,             | \"quorum\": \"2\",           | quorum is not a whole number",
        "\"type\": \"public_key\",  | ``                           | type is missing",
        "\"type\": \"public_key\"   | \"type\": \"public-key\"     | ruleUse: approval type 'public-key' is none of",
        "\"name\": \"alice\", \"value\" | \"name\": \"alice\", \"key\" | unknown member 'key'",
        "\"keyStatus\"              | \"status\"                   | unknown member 'status'",
        ", \"keyStatus\": {\"blocked\": false} | ``                | policy.keyStatus",
        "{\"blocked\": false}       | {}                           | policy.keyStatus.blocked is missing",
        "\"ruleModify\": null       | \"ruleModify\": {\"tokens\": []} | ruleModify has no tokens; leave the rule out for free use",
        "\"ruleModify\": null       | \"rulemodify\": null         | unknown member 'rulemodify'; did you mean 'ruleModify'?",
        "{\"ruleUse\"               | \"ruleUse\"                  | no JSON",
      })
  void sayWhichFileBreaksWhichRuleAndNothingIsSent(String right, String wrong, String rule)
      throws Exception {
    refuses(file(right, wrong), rule);
  }

  private void refuses(Path file, String rule) throws Exception {
    HsmKeyGenParameterSpec spec = HsmKeyGenParameterSpec.ec("ca", "secp256r1");
    assertThatThrownBy(() -> spec.withPolicy(file))
        .isInstanceOf(HsmConfigurationException.class)
        .hasMessageStartingWith("policy file " + file + " cannot be used: ")
        .hasMessageContaining(rule);

    KeyPairGenerator generator =
        KeyPairGenerator.getInstance(
            "EC", gated.hsm().provider("keygen.label = ca", "keygen.policy = " + file));
    assertThatThrownBy(generator::generateKeyPair)
        .isInstanceOf(ProviderException.class)
        .hasMessageContaining("policy file " + file + " cannot be used: ")
        .hasMessageContaining(rule);
    assertThat(gated.simulator().requests()).isEmpty();
  }

  @Test
  void anEmptyGroupIsNamed() throws Exception {
    Path file = folder.resolve("policy.json");
    Files.writeString(file, RIGHT.replaceAll("(?s)\"approvals\": \\[.*?\\]", "\"approvals\": []"));
    refuses(file, "ruleUse: a group names no approvals");
  }

  @Test
  void theSameApproverTwiceIsOne() throws Exception {
    refuses(file(OTHER_KEY, KEY), "ruleUse: a quorum of 2 cannot be reached by 1 approver");
  }

  /**
   * The service's reason 601, 402 or 407: it would tell after the key's other parts are checked.
   */
  @Test
  void aValueThatIsNoPublicKeyIsNamed() throws Exception {
    refuses(file(KEY, "AQID"), "alice");
  }

  /** Which mixtures services take is not known (contract U27), so they are asked. */
  @Test
  void certificatesAndPublicKeysInOneGroupAreTheServicesToRefuse() throws Exception {
    Path file =
        file(
            "{\"type\": \"public_key\", \"name\": \"bob\", \"value\": \"" + OTHER_KEY + "\"}",
            "{\"type\": \"certificate\", \"name\": \"bob\", \"value\": \"" + CERTIFICATE + "\"}");

    assertThatThrownBy(
            generator(HsmKeyGenParameterSpec.ec("ca", "secp256r1").withPolicy(file))
                ::generateKeyPair)
        .isInstanceOf(ProviderException.class)
        .hasMessageContaining("create key 'ca' refused")
        .hasMessageContaining("602");
    assertThat(HsmContents.of(gated.hsm()).labels()).isEmpty();
  }

  /** The contract: a key with a policy is never extractable. */
  @Test
  void aPolicyOnAnExtractableKeyIsRefused() throws Exception {
    Path file = Files.writeString(folder.resolve("policy.json"), RIGHT);

    assertThatThrownBy(
            generator(
                    HsmKeyGenParameterSpec.ec("ca", "secp256r1")
                        .withPolicy(file)
                        .withExtractable(true))
                ::generateKeyPair)
        .isInstanceOf(ProviderException.class)
        .hasMessageContaining("'ca'")
        .hasMessageContaining("extractable");
    assertThat(HsmContents.of(gated.hsm()).labels()).isEmpty();
  }

  private KeyPairGenerator generator(HsmKeyGenParameterSpec parameters) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", gated.hsm().provider());
    generator.initialize(parameters);
    return generator;
  }

  @Test
  void aFileThatIsNotThereIsNamed() throws Exception {
    Path missing = folder.resolve("missing.json");
    KeyPairGenerator generator =
        KeyPairGenerator.getInstance(
            "EC", gated.hsm().provider("keygen.label = ca", "keygen.policy = " + missing));

    assertThatThrownBy(generator::generateKeyPair)
        .isInstanceOf(ProviderException.class)
        .hasMessageContaining("policy file " + missing + " cannot be read");
    assertThat(gated.simulator().requests()).isEmpty();
  }
}
