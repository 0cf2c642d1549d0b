package io.hsmrest.tests.scenario.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hsmrest.client.model.NewKey;
import io.hsmrest.tests.jdk.Command;
import io.hsmrest.tests.scenario.Policies;
import io.hsmrest.tests.scenario.SoftwareCa;
import io.hsmrest.tests.scenario.tls.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/samples/netty and netty-boringssl, as single-file programs. */
@Tag("scenario")
class NettyTest {
  private static final Pattern COORDINATES =
      Pattern.compile("(netty-[a-z-]+):([\\w.]+)(?::jar:([\\w-]+))?");

  /** What the README's command would fetch, out of what the build has fetched. */
  private static List<Path> jars(String typed) throws IOException {
    List<Path> fetched =
        Arrays.stream(Servers.classPath("netty").split(":", -1)).map(Path::of).toList();
    List<Path> named = new ArrayList<>();
    Matcher jar = COORDINATES.matcher(typed);
    while (jar.find()) {
      String classifier = jar.group(3) == null ? "" : "-" + jar.group(3);
      String file = jar.group(1) + "-" + jar.group(2) + classifier + ".jar";
      named.add(
          fetched.stream()
              .filter(each -> each.getFileName().toString().equals(file))
              .findFirst()
              .orElseThrow(() -> new AssertionError(file + " is not among " + fetched)));
    }
    return named;
  }

  private static SampleProcess start(String name, String program, Path folder, SampleHsm hsm)
      throws IOException {
    Sample sample = Sample.copied(name, folder).withProvider().with(hsm, "hsmrest.properties");
    Files.createDirectories(sample.file("lib"));
    for (Path jar : jars(sample.shell().block("dependency:copy"))) {
      Files.copy(jar, sample.file("lib/" + jar.getFileName()));
    }
    Command command = SampleProcess.withOptions(sample.typed(program), "-Dport=0");
    return SampleProcess.start(command);
  }

  private static int assertServes(SampleProcess netty, SampleHsm hsm) throws IOException {
    int port = netty.port("listening on .*:(\\d+)");
    for (int i = 0; i < 3; i++) {
      long before = hsm.signatures();
      Peer.Answer answer = Peer.get(port, hsm.ca().trustStore());
      assertThat(answer.certificate()).isEqualTo(hsm.certificate());
      assertThat(answer.body()).isEqualTo("hello\n");
      assertThat(hsm.signatures()).isEqualTo(before + 1);
    }
    return port;
  }

  /** Neither is anybody asked, whoever connects. */
  private static void assertRefusesOnceItIsGated(SampleProcess netty, int port, SampleHsm hsm) {
    hsm.hsm().gate("web-tls");
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> Peer.get(port, hsm.ca().trustStore()))
          .isInstanceOf(SSLException.class);
    }
    assertThat(hsm.hsm().simulator().requests()).doesNotContainKey("POST /v1/sign");
    netty.await(() -> netty.output().contains("refused in a TLS handshake"));
  }

  @Test
  void servesWithTheJdksTls(@TempDir Path folder) throws IOException {
    try (SampleHsm hsm = new SampleHsm("web-tls")) {
      try (SampleProcess netty = start("netty", "NettyServer.java", folder, hsm)) {
        assertServes(netty, hsm);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"EC", "RSA"})
  void servesWithBoringSslAndAPrivateKeyMethod(String algorithm, @TempDir Path folder)
      throws IOException {
    NewKey key =
        algorithm.equals("EC")
            ? NewKey.ec("web-tls", "1.2.840.10045.3.1.7")
            : NewKey.rsa("web-tls", 2048);
    try (SampleHsm hsm =
        new SampleHsm(key.withPolicy(Policies.free()), SoftwareCa.root("Test CA"))) {
      try (SampleProcess netty = start("netty-boringssl", "BoringSslServer.java", folder, hsm)) {
        int port = assertServes(netty, hsm);
        assertRefusesOnceItIsGated(netty, port, hsm);
      }
    }
  }
}
