package io.hsmrest.tests.scenario.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.tests.jdk.Jdk;
import io.hsmrest.tests.scenario.tls.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
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
    Sample sample = Sample.copied("tomcat", folder).with(hsm, "conf/hsmrest.properties");
    String home = Servers.distribution("apache-tomcat").toString();
    sample.typed("mkdir").environment("CATALINA_HOME", home).run().succeeded();
    Files.createDirectories(sample.file("webapps/ROOT"));
    Files.writeString(sample.file("webapps/ROOT/index.html"), "a page");
    return SampleProcess.start(
        sample
            .typed("catalina.sh")
            .environment("JAVA_HOME", Jdk.current().home().toString())
            .environment("CATALINA_HOME", home)
            .environment("CATALINA_OPTS", "-Dhttps.port=0 " + String.join(" ", options)));
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
      assertThat(answer.body()).startsWith("HTTP/1.1 200").endsWith("a page");
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
