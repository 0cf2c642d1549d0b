package io.hsmrest.tests.scenario.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.client.model.NewKey;
import io.hsmrest.tests.jdk.Command;
import io.hsmrest.tests.jdk.Jdk;
import io.hsmrest.tests.scenario.SoftwareCa;
import io.hsmrest.tests.scenario.tls.Peer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/samples/netty and netty-boringssl, as single-file programs. */
@Tag("scenario")
class NettyTest {

  private static void assertServes(String name, String program, Path folder, SampleHsm hsm)
      throws IOException {
    Sample sample = Sample.copied(name, folder, "hsmrest-provider.jar");
    Command command =
        Command.of(Jdk.current().tool("java"))
            .with("-cp", "hsmrest-provider.jar:" + Servers.classPath("netty"))
            .with("-Djava.security.properties=java.security", hsm.endpoint(), "-Dport=0")
            .with(program)
            .in(sample.folder());
    try (SampleProcess netty = SampleProcess.start(command)) {
      int port = netty.port("listening on .*:(\\d+)");
      for (int i = 0; i < 3; i++) {
        long before = hsm.signatures();
        Peer.Answer answer = Peer.get(port, hsm.ca().trustStore());
        assertThat(answer.certificate()).isEqualTo(hsm.certificate());
        assertThat(answer.body()).isEqualTo("hello\n");
        assertThat(hsm.signatures()).isEqualTo(before + 1);
      }
    }
  }

  @Test
  void servesWithTheJdksTls(@TempDir Path folder) throws IOException {
    try (SampleHsm hsm = new SampleHsm("web-tls")) {
      assertServes("netty", "NettyServer.java", folder, hsm);
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
    try (SampleHsm hsm = new SampleHsm(key, SoftwareCa.root("Test CA"))) {
      assertServes("netty-boringssl", "BoringSslServer.java", folder, hsm);
    }
  }
}
