package io.hsmrest.tests.scenario.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.client.model.PemText;
import io.hsmrest.tests.jdk.Command;
import io.hsmrest.tests.jdk.Jdk;
import io.hsmrest.tests.jdk.Registration;
import io.hsmrest.tests.scenario.CertificateFiles;
import io.hsmrest.tests.scenario.HsmContents;
import io.hsmrest.tests.scenario.SoftwareCa;
import io.hsmrest.tests.scenario.SoftwareKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Stock keytool with keys that people approve, on each JDK of this machine. */
class GatedKeytoolTest {
  private static final SoftwareCa CA = SoftwareCa.root("Test CA");

  @TempDir Path folder;

  private final GatedHsm gated = new GatedHsm();
  private final List<RunningTool> tools = new ArrayList<>();

  static List<Jdk> jdks() {
    return Jdk.tested();
  }

  @BeforeEach
  void writePolicy() throws Exception {
    Files.writeString(
        folder.resolve("policy.json"),
        """
        {"ruleUse": {"tokens": [{"name": "Token1", "timelock": 0, "timeout": 600, "groups": [
           {"name": "Group1", "quorum": 1, "approvals": [
             {"type": "public_key", "name": "alice", "value": "%s"}]}]}]},
         "keyStatus": {"blocked": false}}"""
            .formatted(gated.policies().publicKey("alice")));
  }

  @AfterEach
  void end() {
    tools.forEach(RunningTool::close);
    gated.close();
  }

  private HsmContents contents() {
    return HsmContents.of(gated.hsm());
  }

  private Command keytool(Jdk jdk, String... arguments) {
    Path configuration =
        gated
            .hsm()
            .file(
                folder.resolve("hsmrest.properties"),
                "approval.poll = 5ms..20ms",
                "keygen.policy = " + folder.resolve("policy.json"));
    return Command.of(jdk.tool("keytool"))
        .with(arguments)
        .with("-keystore", "NONE", "-storetype", "HsmRest")
        .with(Registration.ADD_PROVIDER.options(jdk, folder, configuration))
        .with("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC")
        .in(folder);
  }

  private Command genkeypair(Jdk jdk, String... more) {
    return keytool(jdk, "-genkeypair", "-protected", "-alias", "ca", "-keyalg", "EC")
        .with("-dname", "CN=Payments CA", "-providername", "HsmRest")
        .with(more);
  }

  private RunningTool started(Command command) throws IOException {
    RunningTool tool = RunningTool.start(command);
    tools.add(tool);
    return tool;
  }

  /** Its request, once it has said that it waits. */
  private String announced(RunningTool tool) throws Exception {
    String request = gated.awaitRequest();
    String said = tool.awaitErr("request " + request);
    assertThat(said)
        .contains("approval needed to sign with key 'ca': request " + request)
        .contains("may be approved by alice");
    return request;
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void genkeypairWaitsForTheApprovalOfItsSelfSignature(Jdk jdk) throws Exception {
    RunningTool running = started(genkeypair(jdk));
    String request = announced(running);
    assertThat(contents().certificateOf("ca")).isEmpty();
    gated.simulator().approve(request, "alice");

    Command.Result ended = running.result().succeeded();
    assertThat(ended.err()).doesNotContain("stays in the HSM");
    X509Certificate made = contents().certificateOf("ca").orElseThrow();
    made.verify(made.getPublicKey());
    assertThat(gated.requests()).containsExactly(Map.entry(request, "EXECUTED"));
    assertThat(contents().session().client().readKey("ca", null).policy().useRequiresApproval())
        .isTrue();
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void aRejectedGenkeypairNamesTheKeyLeftBehindAndSelfcertFinishesIt(Jdk jdk) throws Exception {
    RunningTool running = started(genkeypair(jdk));
    String request = announced(running);
    gated.simulator().reject(request, "alice");

    Command.Result ended = running.result();
    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.text())
        .contains("request " + request + " to sign with key 'ca' was rejected")
        .contains("rejected by: alice")
        .containsOnlyOnce("key 'ca' was created and stays in the HSM without a certificate")
        .contains("finish it with keytool -selfcert or -certreq, each with -dname OWNER ")
        .contains(" and -J-Dhsmrest.keys.withoutCertificate=placeholder")
        .doesNotContain("\tat ");
    assertThat(contents().hasKey("ca")).isTrue();

    RunningTool finishing =
        started(
            keytool(jdk, "-selfcert", "-storepass", "none", "-alias", "ca")
                .with("-dname", "CN=Payments CA")
                .with("-J-Dhsmrest.keys.withoutCertificate=placeholder"));
    gated.simulator().approve(announced(finishing), "alice");
    finishing.result().succeeded();
    assertThat(contents().certificateOf("ca").orElseThrow().getSubjectX500Principal())
        .isEqualTo(new X500Principal("CN=Payments CA"));
    assertThat(gated.requests().values()).containsExactly("REJECTED", "EXECUTED");
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void aGenkeypairThatIsGivenUpNamesTheKeyLeftBehindAndDeleteRemovesIt(Jdk jdk) throws Exception {
    Command.Result ended = genkeypair(jdk, "-J-Dhsmrest.approval.timeout=300ms").run();

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.text())
        .contains("to sign with key 'ca' was given up")
        .contains("missing: alice")
        .contains("approval.timeout")
        .containsOnlyOnce("key 'ca' was created and stays in the HSM without a certificate")
        .contains("keytool -delete and -J-Dhsmrest.keys.delete=allow");
    assertThat(gated.requests().values()).containsExactly("CANCELLED");

    keytool(jdk, "-delete", "-protected", "-alias", "ca", "-J-Dhsmrest.keys.delete=allow")
        .run()
        .succeeded();
    assertThat(contents().hasKey("ca")).isFalse();
    assertThat(gated.requests()).as("deleting asks nobody").hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void aProgramThatIsEndedWithdrawsItsRequestAndNamesTheKey(Jdk jdk) throws Exception {
    RunningTool running = started(genkeypair(jdk));
    String request = announced(running);
    running.terminate();

    assertThat(running.result().err())
        .containsOnlyOnce("key 'ca' was created and stays in the HSM");
    assertThat(gated.requests()).containsExactly(Map.entry(request, "CANCELLED"));
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void aPolicyFileThatIsWrongMakesNoKey(Jdk jdk) throws Exception {
    Path policy = folder.resolve("policy.json");
    Files.writeString(policy, Files.readString(policy).replace("600", "601"));
    Command.Result ended = genkeypair(jdk).run();

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.text())
        .contains("policy file " + policy + " cannot be used: ruleUse: timeout of 601 seconds")
        .doesNotContain("stays in the HSM");
    assertThat(gated.simulator().requests()).doesNotContainKey("POST /v1/key");
    assertThat(contents().labels()).isEmpty();
  }

  private void makeCa() {
    gated.create("ca", gated.policies().use(1, "alice"));
    contents().attach("ca", CA.issue("ca", contents().publicKeyOf("ca")));
  }

  /** What is redirected into a file is the CSR and nothing else. */
  @ParameterizedTest
  @MethodSource("jdks")
  void certreqWaitsAndItsOutputIsTheCsrAlone(Jdk jdk) throws Exception {
    makeCa();
    RunningTool running = started(keytool(jdk, "-certreq", "-storepass", "none", "-alias", "ca"));
    String request = announced(running);
    gated.simulator().approve(request, "alice");

    Command.Result ended = running.result().succeeded();
    assertThat(ended.out().strip())
        .startsWith("-----BEGIN NEW CERTIFICATE REQUEST-----")
        .endsWith("-----END NEW CERTIFICATE REQUEST-----");
    JcaPKCS10CertificationRequest csr =
        new JcaPKCS10CertificationRequest(PemText.decode(ended.out()).toByteArray());
    assertThat(
            csr.isSignatureValid(
                new JcaContentVerifierProviderBuilder().build(contents().publicKeyOf("ca"))))
        .isTrue();
    assertThat(gated.requests()).containsExactly(Map.entry(request, "EXECUTED"));
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void gencertWaitsAndItsOutputIsTheCertificateAlone(Jdk jdk) throws Exception {
    makeCa();
    KeyPair web = SoftwareKeys.newKeys();
    byte[] csr =
        new JcaPKCS10CertificationRequestBuilder(new X500Principal("CN=web"), web.getPublic())
            .build(new JcaContentSignerBuilder("SHA256withECDSA").build(web.getPrivate()))
            .getEncoded();
    Files.writeString(folder.resolve("web.csr"), CertificateFiles.pem("CERTIFICATE REQUEST", csr));
    RunningTool running =
        started(
            keytool(jdk, "-gencert", "-storepass", "none", "-alias", "ca", "-rfc")
                .with("-infile", "web.csr"));
    String request = announced(running);
    gated.simulator().approve(request, "alice");

    Command.Result ended = running.result().succeeded();
    assertThat(ended.out().strip())
        .startsWith("-----BEGIN CERTIFICATE-----")
        .endsWith("-----END CERTIFICATE-----");
    HsmContents.parsed(ended.out().getBytes(StandardCharsets.US_ASCII))
        .verify(contents().publicKeyOf("ca"));
    assertThat(gated.requests()).containsExactly(Map.entry(request, "EXECUTED"));
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void aRejectedCertreqSaysWhoRejected(Jdk jdk) throws Exception {
    makeCa();
    RunningTool running = started(keytool(jdk, "-certreq", "-storepass", "none", "-alias", "ca"));
    String request = announced(running);
    gated.simulator().reject(request, "alice");

    Command.Result ended = running.result();
    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.text())
        .contains("keytool error: java.security.SignatureException: ")
        .contains("request " + request + " to sign with key 'ca' was rejected")
        .contains("rejected by: alice")
        .doesNotContain("stays in the HSM")
        .doesNotContain("\tat ");
    assertThat(ended.out()).doesNotContain("BEGIN NEW CERTIFICATE REQUEST");
    assertThat(gated.requests()).containsExactly(Map.entry(request, "REJECTED"));
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void listingExportingAndImportingAskNobody(Jdk jdk) throws Exception {
    makeCa();
    keytool(jdk, "-list", "-protected", "-v").run().succeeded();
    keytool(jdk, "-exportcert", "-protected", "-alias", "ca", "-rfc").run().succeeded();
    Files.writeString(
        folder.resolve("reply.pem"),
        CertificateFiles.pem(CA.issue("renewed", contents().publicKeyOf("ca")), CA.certificate()));
    keytool(jdk, "-importcert", "-storepass", "none", "-noprompt", "-alias", "ca")
        .with("-file", "reply.pem")
        .run()
        .succeeded();

    assertThat(contents().certificateOf("ca").orElseThrow().getSubjectX500Principal())
        .isEqualTo(new X500Principal("CN=renewed"));
    assertThat(gated.requests()).isEmpty();
  }
}
