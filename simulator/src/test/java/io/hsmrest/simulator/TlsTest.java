package io.hsmrest.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HTTPS and client certificates. */
class TlsTest {
  private static final char[] PASSWORD = "test".toCharArray();

  private final Path directory;
  private KeyStore server;
  private KeyStore client;

  TlsTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @BeforeEach
  void makeKeys() throws Exception {
    server = keyStore("127.0.0.1");
    client = keyStore("client");
    try (OutputStream out = Files.newOutputStream(directory.resolve("server.p12"))) {
      server.store(out, PASSWORD);
    }
    Files.writeString(
        directory.resolve("clients.pem"),
        "-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder().encodeToString(client.getCertificate("key").getEncoded())
            + "\n-----END CERTIFICATE-----\n",
        StandardCharsets.US_ASCII);
  }

  private static KeyStore keyStore(String name) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    KeyPair keys = generator.generateKeyPair();
    X500Name subject = new X500Name("CN=" + name);
    X509v3CertificateBuilder builder =
        new X509v3CertificateBuilder(
            subject,
            BigInteger.ONE,
            Date.from(Instant.now().minusSeconds(60)),
            Date.from(Instant.now().plusSeconds(3600)),
            subject,
            SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()));
    builder.addExtension(
        Extension.subjectAlternativeName,
        false,
        new GeneralNames(new GeneralName(GeneralName.iPAddress, "127.0.0.1")));
    X509Certificate certificate =
        new JcaX509CertificateConverter()
            .getCertificate(
                builder.build(
                    new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("key", keys.getPrivate(), PASSWORD, new Certificate[] {certificate});
    return store;
  }

  private Caller caller(HsmSimulator simulator, @Nullable KeyStore identity) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("server", server.getCertificate("key"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(identity, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return new Caller(HttpClient.newBuilder().sslContext(context).build(), simulator.baseUri());
  }

  private String settings(String clientAuth) {
    return """
    {"tls": {"keyStore": "%s", "keyStorePassword": "test", "clientAuth": "%s",
             "trustedCertificates": "%s"}}
    """
        .formatted(directory.resolve("server.p12"), clientAuth, directory.resolve("clients.pem"));
  }

  @Test
  void theServerSpeaksTls() throws Exception {
    try (HsmSimulator simulator = HsmSimulator.builder().settings(settings("none")).start()) {
      assertThat(simulator.baseUri()).hasScheme("https");
      caller(simulator, null).get("/v1/versionInfo").ok();
    }
  }

  @Test
  void aClientCertificateIsDemanded() throws Exception {
    try (HsmSimulator simulator = HsmSimulator.builder().settings(settings("need")).start()) {
      caller(simulator, client).get("/v1/versionInfo").ok();
      Caller nobody = caller(simulator, null);
      assertThatThrownBy(() -> nobody.trySend("GET", "/v1/versionInfo", null))
          .isInstanceOf(IOException.class);
      Caller foreign = caller(simulator, keyStore("foreign"));
      assertThatThrownBy(() -> foreign.trySend("GET", "/v1/versionInfo", null))
          .isInstanceOf(IOException.class);
    }
  }
}
