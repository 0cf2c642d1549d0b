package io.hsmrest.tests.scenario.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.tests.jdk.Command;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/servers.md says to type, by the letter, with docs/samples/jvm-wide as the server. */
@Tag("scenario")
class ServersPageTest {
  private final SampleHsm hsm = new SampleHsm();
  private final Shell page = Shell.of("docs/servers.md");

  @AfterEach
  void stop() {
    hsm.close();
  }

  /** A shell forgets its variables, so each block is typed behind the one that sets them. */
  private Command.Result typed(Sample sample, String block) {
    String variables = page.block("hsm=");
    return page.command(variables + "\n" + block).in(sample.folder()).run().succeeded();
  }

  @Test
  void leadsFromNothingToAServedCertificate(@TempDir Path folder) throws IOException {
    Sample sample =
        Sample.copied("jvm-wide", folder).withProvider().with(hsm, "hsmrest.properties");
    typed(sample, page.block("-genkeypair"));
    typed(sample, page.block("openssl"));
    assertThat(typed(sample, page.block("-importcert")).out())
        .contains("PrivateKeyEntry", "Certificate chain length: 2", "Issuer: CN=Try CA")
        .contains("DNSName: www.example.org");
    Command command = SampleProcess.withOptions(sample.typed("Server.java"), "-Dport=0");
    try (SampleProcess server = SampleProcess.start(command)) {
      String port = Integer.toString(server.port("listening on .*:(\\d+)"));
      long before = hsm.signatures();
      assertThat(typed(sample, page.block("curl").replace("8443", port)).out())
          .isEqualTo("hello\n");
      assertThat(hsm.signatures()).isEqualTo(before + 1);
    }
  }
}
