package io.hsmrest.tests.scenario.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.tests.jdk.Command;
import io.hsmrest.tests.scenario.CertificateFiles;
import io.hsmrest.tests.scenario.Registered;
import io.hsmrest.tests.scenario.Registered.Position;
import io.hsmrest.tests.scenario.tls.Contexts.KeyManagers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** OpenSSL at the other end, as a process of its own. */
@Tag("scenario")
@ResourceLock(Resources.GLOBAL) // the JVM's list of providers
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenSslPeerTest {
  private static final Pattern ACCEPTS = Pattern.compile("ACCEPT .*:(\\d+)");

  private final TlsHsm hsm = new TlsHsm(TlsKey.values());
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterAll
  void stop() {
    threads.shutdownNow();
    hsm.close();
  }

  @ParameterizedTest
  @CsvSource({
    "RSA, TLSv1.2, -tls1_2",
    "RSA, TLSv1.3, -tls1_3",
    "P256, TLSv1.2, -tls1_2",
    "P256, TLSv1.3, -tls1_3",
    "P384, TLSv1.2, -tls1_2",
    "P384, TLSv1.3, -tls1_3",
    "P521, TLSv1.2, -tls1_2",
    "P521, TLSv1.3, -tls1_3",
    "ED25519, TLSv1.2, -tls1_2",
    "ED25519, TLSv1.3, -tls1_3",
    "RSASSA_PSS, TLSv1.2, -tls1_2",
    "RSASSA_PSS, TLSv1.3, -tls1_3"
  })
  void asClientItTrustsTheServer(TlsKey key, String protocol, String option, @TempDir Path folder)
      throws Exception {
    Path trusted =
        Files.writeString(folder.resolve("ca.pem"), CertificateFiles.pem(hsm.ca().certificate()));
    try (Registered registered = Registered.at(Position.LAST, hsm.provider(key))) {
      SSLContext context = Contexts.hsm(registered.provider(), KeyManagers.SUN_X509, null);
      try (SSLServerSocket server =
          (SSLServerSocket)
              context
                  .getServerSocketFactory()
                  .createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        server.setEnabledProtocols(new String[] {protocol});
        long before = hsm.signatures();
        Future<String> served =
            threads.submit(
                () -> {
                  try (SSLSocket socket = (SSLSocket) server.accept()) {
                    socket.getOutputStream().write("hello\n".getBytes(StandardCharsets.US_ASCII));
                    return socket.getSession().getProtocol();
                  }
                });
        String said =
            Command.of("openssl", "s_client", "-connect", "127.0.0.1:" + server.getLocalPort())
                .with("-CAfile", trusted.toString(), "-verify_return_error", option)
                .run()
                .succeeded()
                .text();
        assertThat(said).contains("Verify return code: 0 (ok)");
        assertThat(served.get()).isEqualTo(protocol);
        assertThat(hsm.signatures()).isEqualTo(before + 1);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "RSA, TLSv1.2",
    "RSA, TLSv1.3",
    "P256, TLSv1.2",
    "P256, TLSv1.3",
    "P384, TLSv1.2",
    "P384, TLSv1.3",
    "P521, TLSv1.2",
    "P521, TLSv1.3",
    "ED25519, TLSv1.2",
    "ED25519, TLSv1.3",
    "RSASSA_PSS, TLSv1.2",
    "RSASSA_PSS, TLSv1.3"
  })
  void asServerItTrustsTheClient(TlsKey key, String protocol, @TempDir Path folder)
      throws Exception {
    Path trusted =
        Files.writeString(folder.resolve("ca.pem"), CertificateFiles.pem(hsm.ca().certificate()));
    KeyStore software = hsm.ca().softwareKey("openssl");
    Path own =
        Files.writeString(
            folder.resolve("server.pem"),
            CertificateFiles.pem(software.getCertificate("software"))
                + CertificateFiles.pem(
                    "PRIVATE KEY", software.getKey("software", new char[0]).getEncoded()));
    Process server =
        Command.of("openssl", "s_server", "-accept", "127.0.0.1:0", "-naccept", "1")
            .with("-cert", own.toString(), "-key", own.toString(), "-CAfile", trusted.toString())
            .with("-Verify", "3", "-verify_return_error", "-www")
            .start();
    try (Registered registered = Registered.at(Position.LAST, hsm.provider(key));
        BufferedReader out =
            new BufferedReader(
                new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
      SSLContext context =
          Contexts.hsm(registered.provider(), KeyManagers.NEW_SUN_X509, hsm.ca().trustStore());
      long before = hsm.signatures();
      try (SSLSocket socket =
          (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port(out))) {
        socket.setEnabledProtocols(new String[] {protocol});
        socket
            .getOutputStream()
            .write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        String page = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(page).contains("CN=tls server " + key);
        assertThat(socket.getSession().getProtocol()).isEqualTo(protocol);
      }
      assertThat(hsm.signatures()).isEqualTo(before + 1);
    } finally {
      server.destroyForcibly();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "RSA, FIRST, SUN_X509, TLSv1.2, -tls1_2",
    "RSA, FIRST, BUILDER, TLSv1.3, -tls1_3",
    "RSA, LAST, NEW_SUN_X509, TLSv1.3, -tls1_3",
    "P256, FIRST, NEW_SUN_X509, TLSv1.2, -tls1_2",
    "P256, FIRST, SUN_X509, TLSv1.3, -tls1_3",
    "P256, LAST, BUILDER, TLSv1.2, -tls1_2",
    "ED25519, FIRST, NEW_SUN_X509, TLSv1.3, -tls1_3",
    "ED25519, LAST, BUILDER, TLSv1.2, -tls1_2"
  })
  void asClientItResumesWithoutASignature(
      TlsKey key,
      Position position,
      KeyManagers managers,
      String protocol,
      String option,
      @TempDir Path folder)
      throws Exception {
    Path trusted =
        Files.writeString(folder.resolve("ca.pem"), CertificateFiles.pem(hsm.ca().certificate()));
    String session = folder.resolve("session.pem").toString();
    try (Registered registered = Registered.at(position, hsm.provider(key))) {
      SSLContext context = Contexts.hsm(registered.provider(), managers, null);
      try (SSLServerSocket server =
          (SSLServerSocket)
              context
                  .getServerSocketFactory()
                  .createServerSocket(0, 2, InetAddress.getLoopbackAddress())) {
        server.setEnabledProtocols(new String[] {protocol});
        long before = hsm.signatures();
        for (String what : new String[] {"New", "Reused"}) {
          Future<Integer> served =
              threads.submit(
                  () -> {
                    try (SSLSocket socket = (SSLSocket) server.accept()) {
                      socket.getOutputStream().write("hi\n".getBytes(StandardCharsets.US_ASCII));
                      socket.shutdownOutput();
                      return socket.getInputStream().readAllBytes().length;
                    }
                  });
          String said =
              Command.of("openssl", "s_client", "-connect", "127.0.0.1:" + server.getLocalPort())
                  .with("-CAfile", trusted.toString(), "-verify_return_error", option)
                  .with(what.equals("New") ? "-sess_out" : "-sess_in", session)
                  .with("-ign_eof")
                  .run()
                  .text();
          served.get();
          assertThat(said).contains(what + ", TLSv1.");
        }
        assertThat(hsm.signatures()).isEqualTo(before + 1);
      }
    }
  }

  private static int port(BufferedReader out) throws IOException {
    String line;
    while ((line = out.readLine()) != null) {
      Matcher accepts = ACCEPTS.matcher(line);
      if (accepts.find()) {
        return Integer.parseInt(accepts.group(1));
      }
    }
    throw new IOException("s_server ended");
  }
}
