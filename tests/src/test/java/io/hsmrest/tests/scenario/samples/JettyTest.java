package io.hsmrest.tests.scenario.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.tests.jdk.Command;
import io.hsmrest.tests.jdk.Jdk;
import io.hsmrest.tests.scenario.tls.Peer;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/samples/jetty as the base of a Jetty as its makers publish it. */
@Tag("scenario")
class JettyTest {
  private final SampleHsm hsm = new SampleHsm("web-tls");

  @AfterEach
  void stop() {
    hsm.close();
  }

  @Test
  void servesWithTheKeyOfTheHsmAndARenewedCertificateWhenTheFileIsTouched(@TempDir Path folder)
      throws IOException {
    Sample sample = Sample.copied("jetty", folder, "lib/hsmrest-provider.jar");
    Command command =
        Command.of(Jdk.current().tool("java"), "-jar")
            .with(Servers.distribution("jetty-home").resolve("start.jar").toString())
            .with("jetty.ssl.port=0", hsm.endpoint())
            .in(sample.folder());
    try (SampleProcess jetty = SampleProcess.start(command)) {
      int port = jetty.port("Started ServerConnector@.*\\(ssl, http/1.1\\).*:(\\d+)}");
      long before = hsm.signatures();
      Peer.Answer answer = Peer.get(port, hsm.ca().trustStore());
      assertThat(answer.certificate()).isEqualTo(hsm.certificate());
      assertThat(answer.body()).startsWith("HTTP/1.1 404");
      assertThat(hsm.signatures()).isEqualTo(before + 1);
      X509Certificate renewed = hsm.certify("renewed");
      sample.touch("etc/hsmrest.properties");
      jetty.await(() -> hsm.isServed(renewed, port));
    }
  }
}
