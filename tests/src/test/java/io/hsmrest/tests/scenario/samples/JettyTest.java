package io.hsmrest.tests.scenario.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.simulator.control.Fault;
import io.hsmrest.tests.jdk.Command;
import io.hsmrest.tests.scenario.tls.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
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

  private Peer.Answer get(int port, String host) throws IOException {
    return Peer.get(port, hsm.ca().trustStore(), host);
  }

  @Test
  void servesWithTheKeyOfTheHsmAndARenewedCertificateWhenTheFileIsTouched(@TempDir Path folder)
      throws IOException {
    Sample sample = Sample.copied("jetty", folder).with(hsm, "etc/hsmrest.properties");
    sample.typed("mkdir").run().succeeded();
    Files.createDirectories(sample.file("webapps/ROOT"));
    Files.writeString(sample.file("webapps/ROOT/index.html"), "a page");
    Command command =
        sample
            .typed("start.jar", "jetty.ssl.port=0")
            .environment("JETTY_HOME", Servers.distribution("jetty-home").toString());
    try (SampleProcess jetty = SampleProcess.start(command)) {
      int port = jetty.port("Started ServerConnector@.*\\(ssl, http/1.1\\).*:(\\d+)}");
      long before = hsm.signatures();
      Peer.Answer answer = get(port, SampleHsm.HOST);
      assertThat(answer.certificate()).isEqualTo(hsm.certificate());
      assertThat(answer.body()).startsWith("HTTP/1.1 200").endsWith("a page");
      assertThat(hsm.signatures()).isEqualTo(before + 1);
      assertThat(get(port, "localhost").body()).startsWith("HTTP/1.1 400").contains("Invalid SNI");
      X509Certificate renewed = hsm.certify("renewed");
      assertIsNotTouchedWhileTheServiceRefuses(sample);
      assertThat(sample.typed("touch").run().succeeded().out()).contains("PrivateKeyEntry");
      jetty.await(() -> hsm.isServed(renewed, port));
    }
  }

  /** A reload that fails would end TLS until the next one. */
  private void assertIsNotTouchedWhileTheServiceRefuses(Sample sample) throws IOException {
    Path file = sample.file("etc/hsmrest.properties");
    FileTime before = Files.getLastModifiedTime(file);
    hsm.hsm().simulator().faults().add(Fault.answer(401, "text/plain", "").times(20));
    assertThat(sample.typed("touch").run().exitCode()).isNotZero();
    hsm.hsm().simulator().faults().clear();
    assertThat(Files.getLastModifiedTime(file)).isEqualTo(before);
  }
}
