package io.hsmrest.tests.scenario.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hsmrest.tests.scenario.tls.Registered.Position;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.Provider;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLEngine;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;
import org.apache.tomcat.util.IntrospectionUtils;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that read a key store by its type and file, as their configuration names them. */
@Tag("scenario")
@ResourceLock(Resources.GLOBAL) // the JVM's list of providers
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServersTest {
  private final TlsHsm hsm = new TlsHsm(TlsKey.P256, TlsKey.RSA);

  private final Path folder;

  ServersTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @AfterAll
  void stop() {
    hsm.close();
  }

  private Path configuration() {
    return hsm.hsm()
        .file(
            folder.resolve("hsmrest.properties"),
            "keys.include=" + TlsKey.P256.label() + "," + TlsKey.RSA.label());
  }

  private Registered registered() {
    return Registered.at(
        Position.LAST,
        new io.hsmrest.provider.HsmRestProvider().configure(configuration().toString()));
  }

  private void assertServes(int port, TlsKey key) throws IOException {
    long before = hsm.signatures();
    Peer.Answer answer = Peer.get(port, hsm.ca().trustStore());
    assertThat(answer.certificate().getSubjectX500Principal().getName())
        .isEqualTo("CN=tls server " + key);
    assertThat(answer.body()).startsWith("HTTP/1.1 404");
    assertThat(hsm.signatures()).isEqualTo(before + 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"NONE", "FILE"})
  void tomcat(String store) throws LifecycleException, IOException {
    try (Registered registered = registered()) {
      assertThat(registered.provider().getName()).isEqualTo("HsmRest");
      SSLHostConfig host = new SSLHostConfig();
      SSLHostConfigCertificate certificate =
          new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.UNDEFINED);
      ServersPage.block("tomcat", configuration(), TlsKey.P256)
          .forEach(
              (name, value) ->
                  assertThat(IntrospectionUtils.setProperty(certificate, name, value))
                      .as(name)
                      .isTrue());
      if (store.equals("NONE")) {
        certificate.setCertificateKeystoreFile("NONE");
      }
      host.addCertificate(certificate);
      Connector connector = new Connector();
      connector.setPort(0);
      connector.setProperty("address", "127.0.0.1");
      connector.setProperty("SSLEnabled", "true");
      connector.setSecure(true);
      connector.setScheme("https");
      connector.addSslHostConfig(host);
      Tomcat tomcat = new Tomcat();
      tomcat.setBaseDir(folder.resolve("tomcat").toString());
      tomcat.setSilent(true);
      tomcat.setConnector(connector);
      tomcat.addContext("", null);
      try {
        tomcat.start();
        assertServes(connector.getLocalPort(), TlsKey.P256);
      } finally {
        tomcat.stop();
        tomcat.destroy();
      }
    }
  }

  @Test
  void jetty() throws Exception {
    try (Registered registered = registered()) {
      SslContextFactory.Server tls = new SslContextFactory.Server();
      tls.setKeyStoreType("HsmRest");
      tls.setKeyStoreProvider(registered.provider().getName());
      tls.setKeyStorePath(configuration().toString());
      tls.setKeyStorePassword("any");
      tls.setCertAlias(TlsKey.RSA.label());
      tls.setSniRequired(false);
      Server server = new Server();
      ServerConnector connector = new ServerConnector(server, tls, new HttpConnectionFactory());
      connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
      connector.setPort(0);
      server.addConnector(connector);
      try {
        server.start();
        assertServes(connector.getLocalPort(), TlsKey.RSA);
      } finally {
        server.stop();
      }
    }
  }

  @Test
  void kafkaReadsItsSettingsAndMakesEngines() throws Exception {
    try (Registered registered = registered();
        DefaultSslEngineFactory factory = new DefaultSslEngineFactory()) {
      Provider unused = registered.provider();
      Map<String, Object> settings =
          new HashMap<>(ServersPage.block("kafka", configuration(), TlsKey.P256));
      settings.replace(
          "ssl.keystore.password",
          new Password(String.valueOf(settings.get("ssl.keystore.password"))));
      factory.configure(settings);
      SSLEngine engine = factory.createServerSslEngine("localhost", 9093);
      assertThat(engine.getUseClientMode()).isFalse();
      assertThat(factory.keystore().size()).isEqualTo(2);
    }
  }

  @Test
  void kafkaRefusesAStoreWithoutAPassword() {
    try (Registered registered = registered();
        DefaultSslEngineFactory factory = new DefaultSslEngineFactory()) {
      Provider unused = registered.provider();
      assertThatThrownBy(
              () ->
                  factory.configure(
                      Map.of(
                          "ssl.protocol", "TLSv1.3",
                          "ssl.keystore.type", "HsmRest",
                          "ssl.keystore.location", configuration().toString())))
          .hasMessageContaining("password");
    }
  }
}
