package io.hsmrest.client.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.hsmrest.client.CertificateMaker;
import io.hsmrest.client.HsmClient;
import io.hsmrest.client.HsmConnectionException;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.HsmResponseException;
import io.hsmrest.client.RawServer;
import io.hsmrest.client.model.CsrRequest;
import io.hsmrest.client.model.ImportedKey;
import io.hsmrest.client.model.NewKey;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.RequestMetadata;
import io.hsmrest.client.model.RequestState;
import io.hsmrest.client.model.SignRequest;
import io.hsmrest.client.model.SubjectAttributes;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything goes through the proxy: the service's name resolves nowhere else. */
@Timeout(60)
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class ProxyTest {
  private static final String PLAIN = "http://service.invalid";
  private static final String SECURE = "https://service.invalid";
  private static final SignRequest SIGN =
      new SignRequest("k", null, "EDDSA", null, Octets.of(new byte[] {1}));

  @RegisterExtension static final WireMockExtension SERVICE = ServiceDouble.start();

  @TempDir Path folder;

  @FunctionalInterface
  private interface OneCall {
    void of(HsmClient client) throws HsmException;
  }

  private static final List<OneCall> EVERY_CALL =
      List.of(
          HsmClient::listKeys,
          client -> client.readKey("k", null),
          client -> client.createKey(NewKey.rsa("k", 2048)),
          client -> client.deleteKey("k", null),
          client ->
              client.importKey(ImportedKey.loneCertificate("k", "RSA", Octets.of(new byte[1]))),
          client -> client.sign(SIGN),
          client -> client.submitSign(SIGN, RequestMetadata.none()),
          client ->
              client.requestCsr(
                  new CsrRequest(
                      "k",
                      null,
                      "EDDSA",
                      SubjectAttributes.ofCommonName("cn"),
                      List.of(),
                      List.of(),
                      List.of())),
          client -> client.importCertificate("k", Octets.of(new byte[1])),
          client -> client.readCertificate("k"),
          client -> client.deleteCertificate("k"),
          client -> client.readRequest("r"),
          client -> client.cancelRequest("r"),
          client -> client.listRequests(Set.of(RequestState.PENDING)),
          HsmClient::version);

  @Test
  void everyCallGoesThroughTheProxy() throws Exception {
    ServiceDouble.always(SERVICE, ServiceDouble.json(418, ""));
    try (RecordingProxy proxy = new RecordingProxy(SERVICE.getPort(), null);
        HsmClient client = RestClients.open(PLAIN, "http.proxy=" + proxy.address())) {
      for (OneCall call : EVERY_CALL) {
        assertThatThrownBy(() -> call.of(client)).hasMessageContaining("HTTP 418");
      }
      // Cancelling looks at the request again when it was refused.
      assertThat(proxy.firstLines())
          .hasSize(EVERY_CALL.size() + 1)
          .allMatch(line -> line.contains(" http://service.invalid/v1/"));
    }
    assertThat(ServiceDouble.arrived(SERVICE)).hasSize(EVERY_CALL.size() + 1);
  }

  @Test
  void answersTheProxysChallenge() throws Exception {
    ServiceDouble.always(SERVICE, ServiceDouble.json(200, "[\"k\"]"));
    try (RecordingProxy proxy = new RecordingProxy(SERVICE.getPort(), "me:test-password");
        HsmClient client =
            RestClients.open(
                PLAIN,
                "http.proxy=" + proxy.address(),
                "http.proxyUser=me",
                "http.proxyPassword=test-password")) {
      assertThat(client.listKeys()).containsExactly("k");
      assertThat(proxy.heads()).hasSize(2);
    }
  }

  @Test
  void aWrongPasswordIsToldAsSuch() throws Exception {
    try (RecordingProxy proxy = new RecordingProxy(SERVICE.getPort(), "me:test-password");
        HsmClient client =
            RestClients.open(
                PLAIN,
                "http.proxy=" + proxy.address(),
                "http.proxyUser=me",
                "http.proxyPassword=other")) {
      assertThatThrownBy(() -> client.createKey(NewKey.rsa("k", 2048)))
          .isInstanceOf(HsmResponseException.class)
          .hasMessage(
              "create key 'k' refused: HTTP 407: check 'http.proxyUser' and"
                  + " 'http.proxyPassword'");
    }
    assertThat(ServiceDouble.arrived(SERVICE)).isEmpty();
  }

  private static RawServer tlsService(CertificateMaker.Identity identity) throws Exception {
    SSLContext context = CertificateMaker.serverContext(identity, null);
    return new RawServer(
        plain -> {
          SSLSocket socket =
              (SSLSocket) context.getSocketFactory().createSocket(plain.socket(), null, true);
          RawServer.Connection connection = plain.through(socket);
          while (connection.readRequest() != null) {
            connection.answer(200, "[\"k\"]");
          }
        });
  }

  @Test
  void tlsGoesThroughATunnelWhoseEndIsTheService() throws Exception {
    CertificateMaker ca = new CertificateMaker("Private CA");
    Path pem = CertificateMaker.writePem(folder.resolve("ca.pem"), ca.certificate());
    try (RawServer service = tlsService(ca.issue("service", "service.invalid"));
        RecordingProxy proxy = new RecordingProxy(service.port(), "me:test-password");
        HsmClient client =
            RestClients.open(
                SECURE,
                "tls.trustedCertificates=" + pem,
                "auth.token=test-token",
                "http.proxy=" + proxy.address(),
                "http.proxyUser=me",
                "http.proxyPassword=test-password")) {
      for (int i = 0; i < 10; i++) {
        assertThat(client.listKeys()).containsExactly("k");
      }
      assertThat(proxy.firstLines())
          .containsOnly("CONNECT service.invalid:443 HTTP/1.1")
          .hasSize(2);
      assertThat(proxy.heads().toString()).doesNotContain("test-token");
      assertThat(service.connections()).isEqualTo(1);
    }
  }

  @ParameterizedTest(name = "HTTP {0}")
  @ValueSource(ints = {403, 502, 503})
  void aTunnelThatIsRefusedLeavesNothingInDoubt(int status) throws Exception {
    try (RawServer proxy =
            new RawServer(
                connection -> {
                  connection.readRequest();
                  connection.answer(status, "<html>no</html>");
                });
        HsmClient client =
            RestClients.open(
                SECURE, "http.proxy=127.0.0.1:" + proxy.port(), "retry.maxAttempts=1")) {
      HsmConnectionException failure =
          catchThrowableOfType(
              HsmConnectionException.class, () -> client.createKey(NewKey.rsa("k", 2048)));
      assertThat(failure)
          .isExactlyInstanceOf(HsmConnectionException.class)
          .hasMessage(
              "create key 'k' failed: no connection to https://service.invalid through proxy"
                  + " 127.0.0.1:"
                  + proxy.port()
                  + ": the proxy refused: HTTP "
                  + status
                  + " (1 attempt)");
      assertThat(failure.maybeExecuted()).isFalse();
    }
  }

  @Test
  void aTunnelWithoutTheRightPasswordIsToldAsSuch() throws Exception {
    try (RecordingProxy proxy = new RecordingProxy(1, "me:test-password");
        HsmClient client =
            RestClients.open(SECURE, "http.proxy=" + proxy.address(), "retry.maxAttempts=1")) {
      assertThatThrownBy(client::listKeys)
          .hasMessageContaining(
              "the proxy refused: HTTP 407; check 'http.proxyUser' and 'http.proxyPassword'");
    }
  }

  @Test
  void aProxyThatIsDownIsNamed() throws Exception {
    try (HsmClient client =
        RestClients.open(PLAIN, "http.proxy=127.0.0.1:1", "retry.maxAttempts=1")) {
      assertThatThrownBy(client::listKeys)
          .hasMessage(
              "list keys failed: no connection to http://service.invalid through proxy"
                  + " 127.0.0.1:1: connection refused; is the service up, is 'endpoint' right?"
                  + " (1 attempt)");
    }
  }

  private static void withProperties(List<String> properties, OneCall call, HsmClient client)
      throws HsmException {
    List<String> before = properties.stream().map(p -> p.split("=", 2)[0]).toList();
    try {
      properties.forEach(p -> System.setProperty(p.split("=", 2)[0], p.split("=", 2)[1]));
      call.of(client);
    } finally {
      before.forEach(System::clearProperty);
    }
  }

  @Test
  void withoutASettingTheJdksPropertiesCount() throws Exception {
    ServiceDouble.always(SERVICE, ServiceDouble.json(200, "[]"));
    try (RecordingProxy proxy = new RecordingProxy(SERVICE.getPort(), null);
        HsmClient client = RestClients.open(PLAIN)) {
      withProperties(
          List.of("http.proxyHost=127.0.0.1", "http.proxyPort=" + proxy.port()),
          HsmClient::listKeys,
          client);
      assertThat(proxy.heads()).hasSize(1);
    }
  }

  @Test
  void theJdksListOfHostsWithoutProxyCountsToo() throws Exception {
    ServiceDouble.always(SERVICE, ServiceDouble.json(200, "[]"));
    try (RecordingProxy proxy = new RecordingProxy(SERVICE.getPort(), null);
        HsmClient client = RestClients.open("http://127.0.0.1:" + SERVICE.getPort())) {
      withProperties(
          List.of(
              "http.proxyHost=127.0.0.1",
              "http.proxyPort=" + proxy.port(),
              "http.nonProxyHosts=localhost|127.*"),
          HsmClient::listKeys,
          client);
      assertThat(proxy.heads()).isEmpty();
    }
    assertThat(ServiceDouble.arrived(SERVICE)).hasSize(1);
  }
}
