package io.hsmrest.tests.scenario.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.tests.jdk.Command;
import io.hsmrest.tests.jdk.Jdk;
import io.hsmrest.tests.scenario.tls.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/samples/tomcat in a Tomcat as its makers publish it. */
@Tag("scenario")
class TomcatTest {
  private static final String LISTENS = "Starting ProtocolHandler \\[\"https-.*-(\\d+)\"\\]";

  private final SampleHsm hsm = new SampleHsm("web-tls");

  @AfterEach
  void stop() {
    hsm.close();
  }

  private SampleProcess start(Path folder, String... options) throws IOException {
    Sample sample = Sample.copied("tomcat", folder, "bin/hsmrest-provider.jar");
    for (String each : List.of("logs", "temp", "webapps", "work")) {
      Files.createDirectories(sample.file(each));
    }
    Path home = Servers.distribution("apache-tomcat");
    return SampleProcess.start(
        Command.of("sh", home.resolve("bin/catalina.sh").toString(), "run")
            .environment("JAVA_HOME", Jdk.current().home().toString())
            .environment("CATALINA_HOME", home.toString())
            .environment("CATALINA_BASE", sample.folder().toString())
            .environment(
                "CATALINA_OPTS", hsm.endpoint() + " -Dhttps.port=0 " + String.join(" ", options)));
  }

  @Test
  void servesWithTheKeyOfTheHsmAndTakesARenewedCertificateByItself(@TempDir Path folder)
      throws IOException {
    // More days than a certificate has, so that each look finds one to renew.
    try (SampleProcess tomcat = start(folder, "-Dtls.checkPeriod=1", "-Dtls.daysBefore=400")) {
      int port = tomcat.port(LISTENS);
      long before = hsm.signatures();
      Peer.Answer answer = Peer.get(port, hsm.ca().trustStore());
      assertThat(answer.certificate()).isEqualTo(hsm.certificate());
      assertThat(answer.body()).startsWith("HTTP/1.1 404");
      assertThat(hsm.signatures()).isEqualTo(before + 1);
      X509Certificate renewed = hsm.certify("renewed");
      tomcat.await(() -> hsm.isServed(renewed, port));
    }
  }

  @Test
  void needsNoFileAsKeyStore(@TempDir Path folder) throws IOException {
    try (SampleProcess tomcat = start(folder, "-Dhsmrest.keystore=NONE")) {
      Peer.Answer answer = Peer.get(tomcat.port(LISTENS), hsm.ca().trustStore());
      assertThat(answer.certificate()).isEqualTo(hsm.certificate());
    }
  }
}
