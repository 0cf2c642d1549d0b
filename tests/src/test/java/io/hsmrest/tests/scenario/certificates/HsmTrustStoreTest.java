package io.hsmrest.tests.scenario.certificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hsmrest.client.model.NewKey;
import io.hsmrest.tests.jdk.Command;
import io.hsmrest.tests.jdk.Jdk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
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
  private CertificateService service;

  @TempDir Path folder;

  @BeforeEach
  void start() throws Exception {
    service = CertificateService.start();
    service.keyStore().setCertificateEntry("trusted-root", trusted.chain().get(0));
  }

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void aServerBelowATrustedCertificateIsTrustedAndAnotherIsNot() throws Exception {
    KeyStore keyStore = service.keyStore();
    assertThat(keyStore.isCertificateEntry("trusted-root")).isTrue();
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(keyStore);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);

    try (LocalTlsServer server = LocalTlsServer.of(trusted.intermediate("Sub"))) {
      assertThat(server.serverCertificate(context)).isNotNull();
    }
    try (LocalTlsServer server = LocalTlsServer.of(other)) {
      assertThatThrownBy(() -> server.serverCertificate(context))
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
        .containsExactly(trusted.chain().get(0));
  }

  /** The HSM as trust store of the JVM's default context, while our own calls go their own way. */
  @Test
  void theJvmsDefaultTrustStoreMayBeTheHsmWhoseAddressIsHttpsItself() throws Exception {
    SoftwareCa serviceCa = SoftwareCa.root("Service Root");
    java.security.KeyPair serviceKey = SoftwareCa.newKeys();
    List<X509Certificate> serviceChain = serviceCa.chainFor("localhost", serviceKey.getPublic());
    Path serviceRoot =
        Files.copy(new OpenSsl(folder).pem(serviceCa.chain().get(0)), folder.resolve("root.pem"));
    try (TlsFront front = TlsFront.of(service.simulator().baseUri(), serviceKey, serviceChain);
        LocalTlsServer server = LocalTlsServer.of(trusted)) {
      Path config =
          Files.writeString(
              folder.resolve("hsmrest.properties"),
              "endpoint = https://localhost:"
                  + front.port()
                  + "\ntls.trustedCertificates = "
                  + serviceRoot
                  + "\n");
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
      assertThat(front.connections()).isPositive();
    }
  }
}
