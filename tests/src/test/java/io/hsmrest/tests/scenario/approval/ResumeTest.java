package io.hsmrest.tests.scenario.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.client.model.PemText;
import io.hsmrest.tests.jdk.Command;
import io.hsmrest.tests.jdk.Jdk;
import io.hsmrest.tests.jdk.Registration;
import io.hsmrest.tests.scenario.HsmContents;
import io.hsmrest.tests.scenario.SoftwareCa;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that end while people decide, and are run again. */
@Tag("scenario")
class ResumeTest {
  private static final SoftwareCa CA = SoftwareCa.root("Test CA");
  private static final String RESUME = "approval.resume = true";

  @TempDir Path folder;

  private final GatedHsm gated = new GatedHsm();
  private final List<RunningTool> tools = new ArrayList<>();

  @BeforeEach
  void makeKey() {
    gated.create("ca", gated.policies().use(1, "alice"));
    HsmContents contents = HsmContents.of(gated.hsm());
    contents.attach("ca", CA.issue("ca", contents.publicKeyOf("ca")));
  }

  @AfterEach
  void end() {
    tools.forEach(RunningTool::close);
    gated.close();
  }

  /** Asks for a CSR, whose content is the same each time. */
  private RunningTool certreq(String... settings) throws IOException {
    List<String> lines = new ArrayList<>(List.of("approval.poll = 5ms..20ms"));
    lines.addAll(List.of(settings));
    Path configuration =
        gated.hsm().file(folder.resolve("hsmrest.properties"), lines.toArray(String[]::new));
    RunningTool tool =
        RunningTool.start(
            Command.of(Jdk.current().tool("keytool"), "-certreq", "-storepass", "none")
                .with("-alias", "ca", "-keystore", "NONE", "-storetype", "HsmRest")
                .with(Registration.ADD_PROVIDER.options(Jdk.current(), folder, configuration))
                .with("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC")
                .with("-J-Duser.home=" + folder)
                .in(folder));
    tools.add(tool);
    return tool;
  }

  private String announced(RunningTool tool) throws Exception {
    String request = gated.awaitRequest();
    tool.awaitErr("approval needed to sign with key 'ca': request " + request);
    return request;
  }

  private void isGood(Command.Result ended) throws Exception {
    JcaPKCS10CertificationRequest csr =
        new JcaPKCS10CertificationRequest(PemText.decode(ended.succeeded().out()).toByteArray());
    assertThat(
            csr.isSignatureValid(
                new JcaContentVerifierProviderBuilder()
                    .build(HsmContents.of(gated.hsm()).publicKeyOf("ca"))))
        .isTrue();
  }

  private List<String> notes() throws IOException {
    Path notes = folder.resolve(".hsmrest/requests");
    if (!Files.exists(notes)) {
      return List.of();
    }
    List<String> contents = new ArrayList<>();
    try (Stream<Path> files = Files.list(notes)) {
      for (Path file : files.toList()) {
        contents.add(Files.readString(file).strip());
      }
    }
    return contents;
  }

  @Test
  void whatIsStillOpenIsTakenUp() throws Exception {
    RunningTool first = certreq(RESUME);
    String request = announced(first);
    first.close();
    first.result();
    assertThat(gated.requests()).containsExactly(Map.entry(request, "PENDING"));
    assertThat(notes()).containsExactly(request);

    RunningTool second = certreq(RESUME);
    announced(second);
    assertThat(second.awaitErr("earlier run")).contains("taking up request " + request);
    gated.simulator().approve(request, "alice");
    isGood(second.result());
    assertThat(gated.requests()).containsExactly(Map.entry(request, "EXECUTED"));
    assertThat(notes()).isEmpty();
  }

  @Test
  void whatPeopleHaveApprovedMeanwhileIsThereAtOnce() throws Exception {
    RunningTool first = certreq(RESUME);
    String request = announced(first);
    first.close();
    first.result();
    gated.simulator().approve(request, "alice");

    isGood(certreq(RESUME).result());
    assertThat(gated.requests()).containsExactly(Map.entry(request, "EXECUTED"));

    RunningTool third = certreq(RESUME);
    String next = announced(third);
    assertThat(next).as("what is over is not used a second time").isNotEqualTo(request);
  }

  @Test
  void whoeverIsAskedToEndLeavesTheRequestForTheNextRun() throws Exception {
    RunningTool first = certreq(RESUME);
    String request = announced(first);
    first.terminate();
    first.result();
    assertThat(gated.requests()).containsExactly(Map.entry(request, "PENDING"));

    RunningTool second = certreq(RESUME);
    announced(second);
    gated.simulator().approve(request, "alice");
    isGood(second.result());
    assertThat(gated.requests()).containsExactly(Map.entry(request, "EXECUTED"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"cancel", "expire", "reject"})
  void whatHasEndedBadlyIsSaidOrAskedForAnew(String end) throws Exception {
    RunningTool first = certreq(RESUME);
    String request = announced(first);
    first.close();
    first.result();
    switch (end) {
      case "cancel" -> HsmContents.of(gated.hsm()).session().client().cancelRequest(request);
      case "expire" -> gated.simulator().expire(request);
      default -> gated.simulator().reject(request, "alice");
    }

    RunningTool second = certreq(RESUME);
    if (end.equals("reject")) {
      Command.Result ended = second.result();
      assertThat(ended.exitCode()).isEqualTo(1);
      assertThat(ended.text())
          .contains("request " + request + " to sign with key 'ca' was rejected")
          .contains("rejected by: alice");
      assertThat(gated.requests()).hasSize(1);
    } else {
      String next = announced(second);
      gated.simulator().approve(next, "alice");
      isGood(second.result());
      assertThat(gated.requests().values()).hasSize(2).contains("EXECUTED");
    }
    assertThat(notes()).isEmpty();
  }

  @Test
  void withoutTheSettingPeopleAreAskedAnewAndNothingIsNoted() throws Exception {
    RunningTool first = certreq();
    String request = announced(first);
    first.close();
    first.result();
    assertThat(notes()).isEmpty();
    RunningTool second = certreq();
    second.awaitErr("approval needed");

    assertThat(gated.requests()).hasSize(2).containsEntry(request, "PENDING");
  }
}
