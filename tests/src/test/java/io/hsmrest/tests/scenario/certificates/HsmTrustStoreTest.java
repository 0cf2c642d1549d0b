package io.hsmrest.tests.scenario.certificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hsmrest.client.model.NewKey;
import io.hsmrest.tests.jdk.Command;
import io.hsmrest.tests.jdk.Jdk;
import io.hsmrest.tests.scenario.CertificateFiles;
import io.hsmrest.tests.scenario.LocalTlsServer;
import io.hsmrest.tests.scenario.SimulatedHsm;
import io.hsmrest.tests.scenario.SoftwareCa;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS clients whose trusted certificates lie in the HSM. */
@Tag("scenario")
class HsmTrustStoreTest {
  private final SoftwareCa trusted = SoftwareCa.root("Trusted Root");
  private final SoftwareCa other = SoftwareCa.root("Other Root");
  private SimulatedHsm service;

  @TempDir Path folder;

  @BeforeEach
  void start() throws Exception {
    service = CertificateService.start();
    service.keyStore().setCertificateEntry("trusted-root", trusted.certificate());
  }

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void aServerBelowATrustedCertificateIsTrustedAndAnotherIsNot() throws Exception {
    KeyStore keyStore = service.keyStore();
    assertThat(keyStore.isCertificateEntry("trusted-root")).isTrue();
    SoftwareCa below = trusted.intermediate("Sub");
    try (LocalTlsServer server = LocalTlsServer.of(below.softwareKey("localhost"))) {
      assertThat(server.handshake(keyStore)).isNotEmpty();
    }
    try (LocalTlsServer server = LocalTlsServer.of(other.softwareKey("localhost"))) {
      assertThatThrownBy(() -> server.handshake(keyStore))
          .isInstanceOf(SSLHandshakeException.class)
          .hasMessageContaining("unable to find valid certification path");
    }
  }

  @Test
  void onlyTrustedCertificateEntriesAreAnchorsOfPaths() throws Exception {
    service.create(NewKey.ec("web", CertificateService.P256));
    service
        .certificates()
        .selfSign("web", io.hsmrest.keystore.CertificateTemplate.ofCommonName("web"));
    assertThat(new PKIXParameters(service.keyStore("name = other")).getTrustAnchors())
        .extracting(TrustAnchor::getTrustedCert)
        .containsExactly(trusted.certificate());
  }

  /** The HSM as trust store of the JVM's default context, while our own calls go their own way. */
  @Test
  void theJvmsDefaultTrustStoreMayBeTheHsmWhoseAddressIsHttpsItself() throws Exception {
    SoftwareCa serviceCa = SoftwareCa.root("Service Root");
    Path root =
        Files.writeString(
            folder.resolve("root.pem"), CertificateFiles.pem(serviceCa.certificate()));
    Path serviceKey = folder.resolve("service.p12");
    try (OutputStream out = Files.newOutputStream(serviceKey)) {
      serviceCa.softwareKey("localhost").store(out, new char[0]);
    }
    try (SimulatedHsm https =
            new SimulatedHsm(
                "{\"tls\": {\"keyStore\": \"" + serviceKey + "\"}}",
                "tls.trustedCertificates = " + root);
        LocalTlsServer server = LocalTlsServer.of(trusted.softwareKey("localhost"))) {
      https.keyStore().setCertificateEntry("trusted-root", trusted.certificate());
      https.simulator().resetRequests();
      Path config = https.file(folder.resolve("hsmrest.properties"));
      Path security =
          Files.writeString(
              folder.resolve("java.security"),
              "security.provider.1=io.hsmrest.provider.HsmRestProvider\n"
                  + "security.provider.2=SUN\nsecurity.provider.3=SunRsaSign\n"
                  + "security.provider.4=SunEC\nsecurity.provider.5=SunJSSE\n"
                  + "security.provider.6=SunJCE\n");
      Command.Result result =
          Command.of(Jdk.current().tool("java"))
              .with("-cp", System.getProperty("java.class.path"))
              .with("-Djava.security.properties=" + security)
              .with("-Djavax.net.ssl.trustStore=" + config)
              .with("-Djavax.net.ssl.trustStoreType=HsmRest")
              .with(DefaultContextClient.class.getName(), String.valueOf(server.port()))
              .run()
              .succeeded();
      assertThat(result.out()).contains("connected to CN=localhost");
      assertThat(https.simulator().requestCount()).isPositive();
    }
  }
}
