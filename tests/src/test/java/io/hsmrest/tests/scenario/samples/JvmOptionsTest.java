package io.hsmrest.tests.scenario.samples;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.hsmrest.client.model.NewKey;
import io.hsmrest.tests.jdk.Command;
import io.hsmrest.tests.scenario.CertificateFiles;
import io.hsmrest.tests.scenario.SoftwareCa;
import io.hsmrest.tests.scenario.tls.Contexts;
import java.io.IOException;
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

/** docs/samples/https-client: a program with the keys of its JVM. */
@Tag("scenario")
class JvmOptionsTest {
  private static final String CURVE = "1.2.840.10045.3.1.7";

  @Test
  void anHttpsClientShowsTheCertificateOfItsKeyInTheHsm(@TempDir Path folder)
      throws IOException, GeneralSecurityException {
    try (SampleHsm hsm =
        new SampleHsm(NewKey.ec("client-tls", CURVE), SoftwareCa.root("Test CA"))) {
      Sample sample =
          Sample.copied("https-client", folder).withProvider().with(hsm, "hsmrest.properties");
      Files.writeString(sample.file("ca.pem"), CertificateFiles.pem(hsm.ca().certificate()));
      sample.typed("keytool -importcert").run().succeeded();
      HttpsServer server = asksForCertificates(hsm);
      server.start();
      try {
        long before = hsm.signatures();
        String typed =
            sample
                .shell()
                .block("HttpsClient.java")
                .replace(
                    "https://server.example.org/",
                    "https://localhost:" + server.getAddress().getPort() + "/");
        Command.Result result = sample.shell().command(typed).in(sample.folder()).run().succeeded();
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
