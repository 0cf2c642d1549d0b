package io.hsmrest.tests.scenario.samples;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.hsmrest.tests.jdk.Command;
import io.hsmrest.tests.jdk.Jdk;
import io.hsmrest.tests.scenario.tls.Contexts;
import io.hsmrest.tests.scenario.tls.Peer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/samples/jvm-wide and https-client: programs with the keys of their JVM. */
@Tag("scenario")
class JvmOptionsTest {

  private static Command java(Sample sample, SampleHsm hsm) {
    return Command.of(Jdk.current().tool("java"), "@jvm.options", hsm.endpoint())
        .in(sample.folder());
  }

  @Test
  void aServerServesWithTheKeyOfTheHsm(@TempDir Path folder) throws IOException {
    Sample sample = Sample.copied("jvm-wide", folder, "hsmrest-provider.jar");
    try (SampleHsm hsm = new SampleHsm("web-tls");
        SampleProcess server =
            SampleProcess.start(java(sample, hsm).with("-Dport=0", "Server.java"))) {
      int port = server.port("listening on .*:(\\d+)");
      long before = hsm.signatures();
      Peer.Answer answer = Peer.get(port, hsm.ca().trustStore());
      assertThat(answer.certificate()).isEqualTo(hsm.certificate());
      assertThat(answer.body()).endsWith("hello\n");
      assertThat(hsm.signatures()).isEqualTo(before + 1);
    }
  }

  @Test
  void anHttpsClientShowsTheCertificateOfItsKeyInTheHsm(@TempDir Path folder)
      throws IOException, GeneralSecurityException {
    Sample sample = Sample.copied("https-client", folder, "hsmrest-provider.jar");
    try (SampleHsm hsm = new SampleHsm("client-tls")) {
      try (OutputStream out = Files.newOutputStream(sample.file("truststore.p12"))) {
        hsm.ca().trustStore().store(out, "changeit".toCharArray());
      }
      HttpsServer server = asksForCertificates(hsm);
      server.start();
      try {
        long before = hsm.signatures();
        Command.Result result =
            SampleProcess.surrounded(java(sample, hsm))
                .with("HttpsClient.java")
                .with("https://localhost:" + server.getAddress().getPort() + "/")
                .run()
                .succeeded();
        assertThat(result.out())
            .isEqualTo("200 hello, serial " + hsm.certificate().getSerialNumber() + "\n");
        assertThat(hsm.signatures()).isEqualTo(before + 1);
      } finally {
        server.stop(0);
      }
    }
  }

  /** A server with a software key that tells each client the number of its certificate. */
  private static HttpsServer asksForCertificates(SampleHsm hsm) throws IOException {
    SSLContext context =
        Contexts.software(hsm.ca().softwareKey("localhost"), hsm.ca().trustStore());
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(context) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters tls = context.getDefaultSSLParameters();
            tls.setNeedClientAuth(true);
            parameters.setSSLParameters(tls);
          }
        });
    server.createContext(
        "/",
        exchange -> {
          var client =
              (X509Certificate) ((HttpsExchange) exchange).getSSLSession().getPeerCertificates()[0];
          byte[] body =
              ("hello, serial " + client.getSerialNumber()).getBytes(StandardCharsets.US_ASCII);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    return server;
  }
}
