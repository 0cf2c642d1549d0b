package io.hsmrest.tests.scenario.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.tests.scenario.Registered;
import io.hsmrest.tests.scenario.Registered.Position;
import java.io.File;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.Provider;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.KeyStoreBuilderParameters;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.PasswordCallback;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/**
 * The other ways to a {@code KeyStore.Builder}: a file, a store that is open, a password prompt.
 */
@Tag("scenario")
@ResourceLock(Resources.GLOBAL) // the JVM's list of providers
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeyStoreBuilderTest {
  private final TlsHsm hsm = new TlsHsm(TlsKey.P256);
  private final Provider provider = hsm.provider(TlsKey.P256);

  @AfterAll
  void stop() {
    hsm.close();
  }

  private void serves(KeyStore.Builder builder) throws Exception {
    KeyManagerFactory factory = KeyManagerFactory.getInstance("NewSunX509");
    factory.init(new KeyStoreBuilderParameters(builder));
    SSLContext server = Contexts.context(factory.getKeyManagers(), null);
    SSLContext client = Contexts.context(null, hsm.ca().trustStore());
    for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
      long before = hsm.signatures();
      try (Registered registered = Registered.at(Position.LAST, provider)) {
        assertThat(registered.provider()).isSameAs(provider);
        SSLSession session = Handshake.run(client, server, protocol, false);
        assertThat(session.getPeerPrincipal().getName()).isEqualTo("CN=tls server P256");
      }
      assertThat(hsm.signatures()).isEqualTo(before + 1);
    }
  }

  @Test
  void ofAFile(@TempDir Path folder) throws Exception {
    File file =
        hsm.hsm()
            .file(folder.resolve("hsmrest.properties"), "keys.include=" + TlsKey.P256.label())
            .toFile();
    serves(
        KeyStore.Builder.newInstance(
            "HsmRest", provider, file, new KeyStore.PasswordProtection("any".toCharArray())));
  }

  @Test
  void ofAnOpenStore() throws Exception {
    serves(
        KeyStore.Builder.newInstance(
            TlsHsm.keyStore(provider), new KeyStore.PasswordProtection(null)));
  }

  @Test
  void ofSomebodyWhoIsAskedForAPassword() throws Exception {
    serves(
        KeyStore.Builder.newInstance(
            "HsmRest",
            provider,
            new KeyStore.CallbackHandlerProtection(
                callbacks -> {
                  for (Callback each : callbacks) {
                    ((PasswordCallback) each).setPassword("any".toCharArray());
                  }
                })));
  }
}
