package io.hsmrest.tests.scenario.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.tests.documents.Checkout;
import io.hsmrest.tests.scenario.tls.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/samples/spring-boot, the executable jar that its own pom.xml builds. */
@Tag("scenario")
class SpringBootTest {
  private final SampleHsm hsm = new SampleHsm("web-tls");

  @AfterEach
  void stop() {
    hsm.close();
  }

  private Sample sample(Path folder) throws IOException {
    Path application = Checkout.file("docs/samples/spring-boot/target/web.jar");
    assertThat(application).as("build docs/samples/spring-boot first").isRegularFile();
    Sample sample =
        Sample.copied("spring-boot", folder).withProvider().with(hsm, "conf/hsmrest.properties");
    Files.createDirectories(sample.file("target"));
    Files.copy(application, sample.file("target/web.jar"));
    return sample;
  }

  private SampleProcess start(Sample sample, String settings) throws IOException {
    String typed =
        sample.shell().block("JarLauncher").replace("=ssl-bundle/", "=" + settings + "/");
    return SampleProcess.start(
        sample
            .shell()
            .command(typed, "--server.port=0", "--spring.ssl.bundle.watch.file.quiet-period=200ms")
            .in(sample.folder()));
  }

  private int assertServes(SampleProcess application) throws IOException {
    int port = application.port("Tomcat started on port (\\d+) \\(https\\)");
    long before = hsm.signatures();
    Peer.Answer answer = Peer.get(port, hsm.ca().trustStore());
    assertThat(answer.certificate()).isEqualTo(hsm.certificate());
    assertThat(answer.body()).startsWith("HTTP/1.1 200").contains("hello");
    assertThat(hsm.signatures()).isEqualTo(before + 1);
    return port;
  }

  @Test
  void servesWithServerSsl(@TempDir Path folder) throws IOException {
    try (SampleProcess application = start(sample(folder), "server-ssl")) {
      assertServes(application);
    }
  }

  @Test
  void servesWithABundleAndARenewedCertificateWhenTheFileIsTouched(@TempDir Path folder)
      throws IOException {
    Sample sample = sample(folder);
    try (SampleProcess application = start(sample, "ssl-bundle")) {
      int port = assertServes(application);
      X509Certificate renewed = hsm.certify("renewed");
      sample.touch("conf/hsmrest.properties");
      application.await(() -> hsm.isServed(renewed, port));
    }
  }
}
