package io.hsmrest.provider.cli;

import static io.hsmrest.provider.cli.ToBeSigned.octets;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hsmrest.client.HsmConfigurationException;
import io.hsmrest.client.HsmException;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.spec.ECGenParameterSpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Approvers' keys in PKCS#12 files, and how their passwords are given. */
class ApproverKeyTest {
  private final Cli cli;
  private final Path folder;

  ApproverKeyTest(@TempDir Path folder) {
    this.folder = folder;
    cli = new Cli(folder);
  }

  private static ApproverKey open(Path file, String password) throws HsmException {
    return ApproverKey.open(file, null, password.toCharArray());
  }

  @ParameterizedTest
  @CsvSource({
    "RSA, SHA-256, SHA256withRSA",
    "EC/secp256r1, SHA-256, SHA256withECDSA",
    "EC/secp384r1, SHA-384, SHA384withECDSA",
    "EC/secp521r1, SHA-512, SHA512withECDSA",
    "DSA, SHA-256, SHA256withDSA",
    "Ed25519, EdDSA, Ed25519",
  })
  void signsAsTheServiceWantsItOfItsType(String type, String digest, String signature)
      throws Exception {
    ApproverKey key = open(cli.key("alice", type), Cli.PASSWORD);
    assertThat(key.digestAlgorithm()).isEqualTo(digest);
    assertThat(key.subject()).isEqualTo("CN=alice");
    Signature verifier = Signature.getInstance(signature);
    verifier.initVerify(
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(key.certificate().toByteArray())));
    verifier.update("content".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    assertThat(verifier.verify(key.sign(octets("content")).toByteArray())).isTrue();
  }

  @Test
  void aKeyThatCannotApproveIsRefused() throws Exception {
    Path file = cli.key("alice", "Ed448");
    assertThatThrownBy(() -> open(file, Cli.PASSWORD))
        .isInstanceOf(HsmException.class)
        .hasMessage(
            "a key of the type EdDSA cannot approve; the service takes RSA, EC, DSA and Ed25519");
  }

  /** It would stand in a policy for good, and could not approve. */
  @Test
  void aKeyThatCannotSignIsFoundOutBeforeItIsInAPolicy() throws Exception {
    Provider provider = new BouncyCastleProvider();
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", provider);
    generator.initialize(new ECGenParameterSpec("secp256k1"));
    Path file = cli.keyInto("k1", generator.generateKeyPair(), provider);
    Cli.Result result = cli.typing(Cli.PASSWORD).runAsIs("approver-key", "--key", file.toString());
    assertThat(result.exitCode()).isEqualTo(ExitCode.FAILURE);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains("hsmrest: ").contains("key").hasLineCount(1);
  }

  @Test
  void aCertificateOfAnotherKeyIsFoundOut() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    Path file =
        cli.keyInto(
            "mixed",
            new KeyPair(
                generator.generateKeyPair().getPublic(), generator.generateKeyPair().getPrivate()),
            null);
    assertThatThrownBy(() -> open(file, Cli.PASSWORD))
        .hasMessage("the certificate of 'mixed' in " + file + " is another key's");
  }

  @Test
  void aWrongPasswordIsToldApartFromAWrongFile() throws Exception {
    Path file = cli.key("alice", "EC");
    assertThatThrownBy(() -> open(file, "wrong"))
        .hasMessage("the password of " + file + " is wrong");
    Path text = Files.writeString(folder.resolve("text"), "no key store");
    assertThatThrownBy(() -> open(text, "x"))
        .hasMessageStartingWith(text + " is no PKCS#12 file that can be read");
    assertThatThrownBy(() -> open(folder.resolve("nothing"), "x"))
        .isInstanceOf(HsmConfigurationException.class)
        .hasMessageEndingWith("does not exist");
  }

  @Test
  void ofSeveralKeysOneHasToBeNamed() throws Exception {
    Path file = cli.key("alice", "EC");
    cli.keyInto(file, "bob", "EC");
    assertThatThrownBy(() -> open(file, Cli.PASSWORD))
        .hasMessage("several keys are in " + file + "; name one with --alias: alice, bob");
    assertThatThrownBy(() -> ApproverKey.open(file, "carol", Cli.PASSWORD.toCharArray()))
        .hasMessage("there is no key 'carol' in " + file + "; there is alice, bob");
    assertThat(ApproverKey.open(file, "bob", Cli.PASSWORD.toCharArray()).subject())
        .isEqualTo("CN=bob");
  }

  @Test
  void thePasswordItselfIsNoArgument() throws Exception {
    Path file = cli.key("alice", "EC");
    Cli.Result result =
        cli.runAsIs("approver-key", "--key", file.toString(), "--password", Cli.PASSWORD);
    assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(result.err())
        .isEqualToIgnoringNewLines(
            "hsmrest: --password takes env:NAME or file:PATH, never the password itself");
  }

  @Test
  void thePasswordIsAskedForOnATerminalOnly() throws Exception {
    Path file = cli.key("alice", "EC");
    Cli.Result result = cli.runAsIs("approver-key", "--key", file.toString());
    assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(result.err()).contains("no terminal to ask for the password");
    result = cli.typing(Cli.PASSWORD).runAsIs("approver-key", "--key", file.toString());
    assertThat(result.exitCode()).isEqualTo(ExitCode.DONE);
  }

  @ParameterizedTest
  @CsvSource({"false, public_key", "true, certificate"})
  void showsHowPoliciesNameTheKey(boolean certificate, String type) throws Exception {
    Path file = cli.key("alice", "EC");
    ApproverKey key = open(file, Cli.PASSWORD);
    String[] words = {
      "approver-key", "--key", file.toString(), "--password", "file:" + cli.password(), ""
    };
    words[5] = certificate ? "--certificate" : "--stacktrace";
    assertThat(cli.runAsIs(words).out())
        .isEqualToIgnoringNewLines(
            "{\"type\": \"%s\", \"name\": \"alice\", \"value\": \"%s\"}"
                .formatted(type, (certificate ? key.certificate() : key.publicKey()).toBase64()));
  }
}
