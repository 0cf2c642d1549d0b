package io.hsmrest.keystore.aia;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.hsmrest.keystore.TestCertificate;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Downloads over TLS: the certificate has to be trusted and to carry the name in the address. */
class HttpsDownloadTest {
  private KeyPair key;
  private X509Certificate serverCertificate;
  private HttpsServer server;

  @BeforeEach
  void start() throws Exception {
    key = KeyPairGenerator.getInstance("EC").generateKeyPair();
    serverCertificate =
        TestCertificate.root("CN=ca.example", key)
            .endEntity()
            .valid("2020-01-01", "2056-01-01")
            .with(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(new GeneralName(GeneralName.dNSName, "ca.example")))
            .make();
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("s", key.getPrivate(), new char[0], new Certificate[] {serverCertificate});
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, new char[0]);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    byte[] body = serverCertificate.getEncoded();
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private IssuerDownload download(HttpGet.Tls tls) {
    return new IssuerDownload(
        new Hosts(host -> new InetAddress[] {InetAddress.getLoopbackAddress()}, address -> true),
        tls,
        Duration.ofSeconds(30),
        Clock.systemUTC());
  }

  private SSLContext trusting() throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("ca", serverCertificate);
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private X509Certificate childAt(String host) {
    return TestCertificate.of("CN=leaf", key, serverCertificate, key)
        .issuerAt("https://" + host + ":" + server.getAddress().getPort() + "/ca.crt")
        .make();
  }

  @Test
  void aTrustedServerIsFetchedFrom() throws Exception {
    SSLContext context = trusting();
    assertThat(download(context::getSocketFactory).issuersOf(childAt("ca.example")))
        .containsExactly(serverCertificate);
  }

  @Test
  void aServerWithAnotherNameIsNot() throws Exception {
    SSLContext context = trusting();
    IssuerDownload download = download(context::getSocketFactory);
    assertThat(download.issuersOf(childAt("other.example"))).isEmpty();
    assertThat(download.issuersOf(childAt("127.0.0.1"))).isEmpty();
  }

  @Test
  void norIsOneThatNobodyTrusts() {
    assertThat(download(new CacertsTls()).issuersOf(childAt("ca.example"))).isEmpty();
  }
}
