package io.hsmrest.tests.scenario.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.tests.jdk.Command;
import io.hsmrest.tests.jdk.Jdk;
import io.hsmrest.tests.jdk.ProviderJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.Provider;
import java.security.Security;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The key store and the trust store of a whole JVM, the provider first and last in its list. */
@Tag("scenario")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JvmWideTest {

  /** A server and a client of the JVM's default context, with client authentication. */
  private static final String PROGRAM =
      """
      import javax.net.ssl.*;
      public class Program {
        public static void main(String[] args) throws Exception {
          SSLContext context = SSLContext.getDefault();
          try (SSLServerSocket server = (SSLServerSocket) context.getServerSocketFactory()
              .createServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            server.setNeedClientAuth(true);
            Thread serving = new Thread(() -> {
              try (SSLSocket socket = (SSLSocket) server.accept()) {
                socket.getOutputStream().write(1);
              } catch (java.io.IOException e) {
                e.printStackTrace();
              }
            });
            serving.start();
            try (SSLSocket socket = (SSLSocket) context.getSocketFactory()
                .createSocket("127.0.0.1", server.getLocalPort())) {
              socket.getInputStream().read();
              System.out.println("peer "
                  + socket.getSession().getPeerPrincipal() + ", local "
                  + socket.getSession().getLocalPrincipal());
            }
            serving.join();
          }
        }
      }
      """;

  private final TlsHsm hsm = new TlsHsm(TlsKey.P256);

  JvmWideTest() throws Exception {
    KeyStore store = hsm.hsm().keyStore();
    store.setCertificateEntry("trusted-ca", hsm.ca().certificate());
  }

  @AfterAll
  void stop() {
    hsm.close();
  }

  private static String registration(String position, Path configuration) {
    List<String> names = new ArrayList<>();
    for (Provider provider : Security.getProviders()) {
      if (provider.getClass().getModule().getName() != null
          && !provider.getName().startsWith("HsmRest")) {
        names.add(provider.getName());
      }
    }
    String ours = "io.hsmrest.provider.HsmRestProvider " + configuration;
    if (position.equals("first")) {
      names.add(0, ours);
    } else {
      names.add(ours);
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < names.size(); i++) {
      text.append("security.provider." + (i + 1) + "=" + names.get(i) + "\n");
    }
    return text.toString();
  }

  @ParameterizedTest
  @CsvSource({"first, NONE", "last, FILE"})
  void servesAndTrustsWithTheHsmAlone(String position, String store, @TempDir Path folder)
      throws IOException {
    Path configuration =
        hsm.hsm()
            .file(
                folder.resolve("hsmrest.properties"),
                "keys.include=" + TlsKey.P256.label() + ",trusted-ca");
    Path security =
        Files.writeString(folder.resolve("java.security"), registration(position, configuration));
    String location = store.equals("NONE") ? "NONE" : configuration.toString();
    long before = hsm.signatures();
    Command.Result result =
        Command.of(Jdk.current().tool("java"), "-cp", ProviderJar.path().toString())
            .with("-Djava.security.properties=" + security)
            .with("-Djavax.net.ssl.keyStore=" + location, "-Djavax.net.ssl.keyStoreType=HsmRest")
            .with("-Djavax.net.ssl.keyStorePassword=any")
            .with("-Djavax.net.ssl.trustStore=" + location)
            .with("-Djavax.net.ssl.trustStoreType=HsmRest")
            .with(Files.writeString(folder.resolve("Program.java"), PROGRAM).toString())
            .run()
            .succeeded();
    assertThat(result.out())
        .contains("peer CN=tls server P256, local CN=tls server P256")
        .doesNotContain("Exception");
    assertThat(hsm.signatures()).isEqualTo(before + 2);
  }
}
