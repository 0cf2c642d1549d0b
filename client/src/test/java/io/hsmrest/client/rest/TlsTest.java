package io.hsmrest.client.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hsmrest.client.CertificateMaker;
import io.hsmrest.client.Clients;
import io.hsmrest.client.HsmClient;
import io.hsmrest.client.HsmClientConfig;
import io.hsmrest.client.HsmConfigurationException;
import io.hsmrest.client.HsmConnectionException;
import io.hsmrest.client.RawServer;
import io.hsmrest.client.VirtualTime;
import io.hsmrest.client.model.NewKey;
import io.hsmrest.client.model.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS towards the service: private CAs, host names, client certificates. */
@Timeout(60)
class TlsTest {
  @TempDir static Path folder;

  private static CertificateMaker ca;
  private static CertificateMaker otherCa;
  private static Path caFile;
  private static CertificateMaker.Identity forLoopback;

  private final List<String> peers = new CopyOnWriteArrayList<>();
  private @Nullable RawServer server;

  @BeforeAll
  static void makeCertificates() throws Exception {
    ca = new CertificateMaker("Private CA");
    otherCa = new CertificateMaker("Other CA");
    caFile = CertificateMaker.writePem(folder.resolve("ca.pem"), ca.certificate());
    forLoopback = ca.issue("service", "127.0.0.1", "localhost");
  }

  @AfterEach
  void stop() throws IOException {
    if (server != null) {
      server.close();
    }
  }

  private String serve(CertificateMaker.Identity identity, @Nullable X509Certificate clientCa)
      throws Exception {
    return serve(identity, clientCa, "TLSv1.3", "TLSv1.2");
  }

  private String serve(
      CertificateMaker.Identity identity, @Nullable X509Certificate clientCa, String... protocols)
      throws Exception {
    SSLContext context = CertificateMaker.serverContext(identity, clientCa);
    server =
        new RawServer(
            plain -> {
              SSLSocket socket =
                  (SSLSocket) context.getSocketFactory().createSocket(plain.socket(), null, false);
              socket.setNeedClientAuth(clientCa != null);
              socket.setEnabledProtocols(protocols);
              try {
                socket.startHandshake();
                serve(plain.through(socket), socket.getSession(), clientCa != null);
              } catch (SSLException e) {
                // Closing with something unread would overtake the alert.
                plain.awaitEnd();
              }
            });
    return "https://127.0.0.1:" + server.port();
  }

  private void serve(RawServer.Connection connection, SSLSession session, boolean named)
      throws IOException {
    while (connection.readRequest() != null) {
      peers.add(session.getProtocol() + (named ? " " + session.getPeerPrincipal() : ""));
      connection.answer(200, "[]");
    }
  }

  private static String trusting(Path pem) {
    return "tls.trustedCertificates=" + pem;
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void trustsAPrivateCa(String protocol) throws Exception {
    String url = serve(forLoopback, null, protocol);
    try (HsmClient client = RestClients.open(url, trusting(caFile))) {
      assertThat(client.listKeys()).isEmpty();
      assertThat(client.listKeys()).isEmpty();
    }
    assertThat(peers).containsExactly(protocol, protocol);
    assertThat(server).isNotNull().extracting(RawServer::connections).isEqualTo(1);
  }

  @Test
  void theFileMayHoldSeveralCas() throws Exception {
    Path both =
        CertificateMaker.writePem(
            folder.resolve("both.pem"), otherCa.certificate(), ca.certificate());
    try (HsmClient client = RestClients.open(serve(forLoopback, null), trusting(both))) {
      assertThat(client.listKeys()).isEmpty();
    }
  }

  @Test
  void theHostMayBeAName() throws Exception {
    String url = serve(forLoopback, null).replace("127.0.0.1", "localhost");
    try (HsmClient client = RestClients.open(url, trusting(caFile))) {
      assertThat(client.listKeys()).isEmpty();
    }
  }

  @Test
  void refusesACaThatIsNotTheOneAndSaysWhatToDo() throws Exception {
    String url = serve(forLoopback, null);
    Path other = CertificateMaker.writePem(folder.resolve("other.pem"), otherCa.certificate());
    try (HsmClient client = RestClients.open(url, trusting(other), "retry.maxAttempts=1")) {
      HsmConnectionException failure =
          catchThrowableOfType(
              HsmConnectionException.class, () -> client.createKey(NewKey.rsa("k", 2048)));
      assertThat(failure)
          .isExactlyInstanceOf(HsmConnectionException.class)
          .hasMessageStartingWith(
              "create key 'k' failed: no connection to "
                  + url
                  + ": TLS failed: the certificate is not trusted: PKIX path")
          .hasMessageEndingWith("; name its CA in 'tls.trustedCertificates' (1 attempt)");
      assertThat(failure.maybeExecuted()).isFalse();
    }
    assertThat(peers).isEmpty();
  }

  @Test
  void withoutASettingOnlyTheJdksCasAreTrusted() throws Exception {
    String url = serve(forLoopback, null);
    try (HsmClient client = RestClients.open(url, "retry.maxAttempts=1")) {
      assertThatThrownBy(client::listKeys)
          .hasMessageContaining("the certificate is not trusted")
          .hasMessageContaining("name its CA in 'tls.trustedCertificates'");
    }
  }

  @Test
  void refusesACertificateForAnotherHost() throws Exception {
    String url = serve(ca.issue("service", "hsm.example.org"), null);
    for (String address : List.of(url, url.replace("127.0.0.1", "localhost"))) {
      try (HsmClient client = RestClients.open(address, trusting(caFile), "retry.maxAttempts=1")) {
        assertThatThrownBy(client::listKeys)
            .isInstanceOf(HsmConnectionException.class)
            .hasMessageContaining("TLS failed: the certificate is for another host: No ")
            .hasMessageContaining("write the certificate's host name into 'endpoint'");
      }
    }
    assertThat(peers).isEmpty();
  }

  @Test
  void refusesACertificateThatNamesNoHostAtAll() throws Exception {
    String url = serve(ca.issue("127.0.0.1"), null);
    try (HsmClient client = RestClients.open(url, trusting(caFile), "retry.maxAttempts=1")) {
      assertThatThrownBy(client::listKeys)
          .hasMessageContaining("the certificate is for another host");
    }
  }

  @Test
  void saysThatTheServiceDoesNotSpeakTls() throws Exception {
    server =
        new RawServer(
            connection -> {
              if (connection.socket().getInputStream().read() >= 0) {
                connection.answer(400, "plain");
              }
            });
    try (HsmClient client =
        RestClients.open("https://127.0.0.1:" + server.port(), "retry.maxAttempts=1")) {
      assertThatThrownBy(client::listKeys)
          .hasMessageContaining(
              "TLS failed: the service does not speak TLS there; is 'endpoint' right?");
    }
  }

  @Test
  void aHandshakeThatNeverEndsEndsInATimeOut() throws Exception {
    server = new RawServer(RawServer.Connection::awaitEnd);
    try (HsmClient client =
        RestClients.open(
            "https://127.0.0.1:" + server.port(),
            "http.connectTimeout=100ms",
            "http.responseTimeout=1h",
            "http.deadline=1h",
            "retry.maxAttempts=1")) {
      assertThatThrownBy(() -> client.createKey(NewKey.rsa("k", 2048)))
          .isExactlyInstanceOf(HsmConnectionException.class)
          .hasMessageContaining("time out");
    }
  }

  private static Path clientKeys() throws Exception {
    return CertificateMaker.writePkcs12(folder.resolve("client.p12"), ca.issue("client"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void showsItsCertificate(String protocol) throws Exception {
    String url = serve(forLoopback, ca.certificate(), protocol);
    try (HsmClient client =
        RestClients.open(
            url,
            trusting(caFile),
            "auth.clientKeyStore=" + clientKeys(),
            "auth.clientKeyStorePassword=" + CertificateMaker.PASSWORD)) {
      assertThat(client.listKeys()).isEmpty();
    }
    assertThat(peers).containsExactly(protocol + " CN=client");
  }

  @Test
  void itsPasswordMayBeTheStorePassword() throws Exception {
    String url = serve(forLoopback, ca.certificate());
    HsmClientConfig config =
        Clients.config(
            Secret.of(CertificateMaker.PASSWORD),
            url,
            trusting(caFile),
            "auth.clientKeyStore=" + clientKeys(),
            "auth.clientKeyStorePassword=storepass:");
    try (HsmClient client = RestClients.open(new VirtualTime(), config)) {
      assertThat(client.listKeys()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void withoutACertificateTheServiceRefusesAndNothingIsInDoubt(String protocol) throws Exception {
    String url = serve(forLoopback, ca.certificate(), protocol);
    try (HsmClient client = RestClients.open(url, trusting(caFile), "retry.maxAttempts=1")) {
      assertThatThrownBy(() -> client.createKey(NewKey.rsa("k", 2048)))
          .isExactlyInstanceOf(HsmConnectionException.class)
          .hasMessageStartingWith(
              "create key 'k' failed: no connection to " + url + ": TLS failed: ")
          .hasMessageContaining(
              "does the service ask for a client certificate, is 'auth.clientKeyStore' right?");
    }
    assertThat(peers).isEmpty();
  }

  @Test
  void aHandshakeThatEndsWithoutAWordRemindsOfTheClientCertificate() throws Exception {
    server = new RawServer(RawServer.Connection::reset);
    String url = "https://127.0.0.1:" + server.port();
    try (HsmClient client = RestClients.open(url, "retry.maxAttempts=1")) {
      assertThatThrownBy(client::listKeys)
          .isInstanceOf(HsmConnectionException.class)
          .hasMessageStartingWith("list keys failed: no connection to " + url + ": ")
          .hasMessageContaining("the service ended the TLS handshake: ")
          .hasMessageContaining("is 'auth.clientKeyStore' right?");
    }
  }

  private static void refusesToOpen(String message, String... settings) {
    assertThatThrownBy(() -> RestClients.open("https://127.0.0.1:1", settings))
        .isInstanceOf(HsmConfigurationException.class)
        .hasMessage(message);
  }

  @Test
  void saysWhatIsWrongWithTheTrustedCertificates() throws Exception {
    Path missing = folder.resolve("missing.pem");
    refusesToOpen(
        "tls.trustedCertificates: " + missing + " cannot be read (NoSuchFileException)",
        trusting(missing));
    Path empty = Files.writeString(folder.resolve("empty.pem"), "\n");
    refusesToOpen(
        "tls.trustedCertificates: " + empty + " holds no certificates in PEM", trusting(empty));
    Path text = Files.writeString(folder.resolve("text.pem"), "-----BEGIN CERTIFICATE-----\n?\n");
    refusesToOpen(
        "tls.trustedCertificates: " + text + " holds no certificates in PEM", trusting(text));
  }

  @Test
  void saysWhatIsWrongWithTheClientKeyStore() throws Exception {
    Path missing = folder.resolve("missing.p12");
    refusesToOpen(
        "auth.clientKeyStore: " + missing + " cannot be read (NoSuchFileException)",
        "auth.clientKeyStore=" + missing);
    Path keys = clientKeys();
    String unreadable =
        "auth.clientKeyStore: "
            + keys
            + " cannot be read as PKCS#12; is auth.clientKeyStorePassword right?";
    refusesToOpen(unreadable, "auth.clientKeyStore=" + keys, "auth.clientKeyStorePassword=wrong");
    refusesToOpen(unreadable, "auth.clientKeyStore=" + keys);
    KeyStore onlyTrusted = KeyStore.getInstance("PKCS12");
    onlyTrusted.load(null, null);
    onlyTrusted.setCertificateEntry("ca", ca.certificate());
    Path trusted = folder.resolve("trusted.p12");
    try (var out = Files.newOutputStream(trusted)) {
      onlyTrusted.store(out, CertificateMaker.PASSWORD.toCharArray());
    }
    refusesToOpen(
        "auth.clientKeyStore: " + trusted + " holds no private key",
        "auth.clientKeyStore=" + trusted,
        "auth.clientKeyStorePassword=" + CertificateMaker.PASSWORD);
  }
}
