package io.hsmrest.tests.scenario.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.client.model.NewKey;
import io.hsmrest.keystore.HsmCertificates;
import io.hsmrest.keystore.HsmPrivateKey;
import io.hsmrest.tests.scenario.LocalTlsServer;
import io.hsmrest.tests.scenario.Registered;
import io.hsmrest.tests.scenario.Registered.Position;
import io.hsmrest.tests.scenario.SimulatedHsm;
import io.hsmrest.tests.scenario.SoftwareCa;
import java.security.KeyStore;
import java.security.Provider;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.KeyStoreBuilderParameters;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Certificates replaced while a server runs. */
@Tag("scenario")
class RenewalTest {
  private static final int RENEWALS = 8;

  /**
   * The server opens its key store anew for each handshake ({@code KeyStore.Builder}), and keeps
   * nothing ({@code keys.cacheTtl=0s}), so that it meets every state there is. Each handshake is
   * verified by a client that trusts the roots alone: a leaf with another's chain would fail.
   */
  @Test
  void everyHandshakeGetsAnOldOrANewCertificateWithAllOfItsChain() throws Exception {
    try (SimulatedHsm service = CertificateService.start()) {
      HsmPrivateKey key = service.create(NewKey.ec("web", CertificateService.P256));
      List<SoftwareCa> roots = new ArrayList<>();
      List<List<X509Certificate>> chains = new ArrayList<>();
      for (int i = 0; i < RENEWALS; i++) {
        roots.add(SoftwareCa.root("Root " + i));
        chains.add(
            roots.get(i).intermediate("Issuing " + i).chainFor("localhost", key.publicKey()));
      }
      HsmCertificates operator = service.certificates();
      operator.importCertificate("web", chains.get(0));
      Provider provider = service.provider("keys.cacheTtl = 0s", "name = renewal");
      KeyStore trusted = trusting(roots);
      Set<List<X509Certificate>> seen = ConcurrentHashMap.newKeySet();
      AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
      AtomicBoolean over = new AtomicBoolean();
      try (Registered registered = Registered.at(Position.LAST, provider);
          LocalTlsServer server = LocalTlsServer.of(keyManagers(registered.provider()))) {
        Thread handshakes =
            new Thread(
                () -> {
                  try {
                    while (!over.get()) {
                      seen.add(server.handshake(trusted));
                    }
                  } catch (Exception e) {
                    failure.set(e);
                  }
                });
        handshakes.start();
        for (List<X509Certificate> chain : chains) {
          int before = seen.size();
          operator.importCertificate("web", chain);
          // The next renewal comes when this one has been served.
          while (failure.get() == null && !seen.contains(chain)) {
            Thread.onSpinWait();
          }
          assertThat(seen.size()).isBetween(before, before + 1);
        }
        over.set(true);
        handshakes.join();
      }
      assertThat(failure.get()).isNull();
      assertThat(seen).hasSize(RENEWALS);
      assertThat(seen).isEqualTo(Set.copyOf(chains));
    }
  }

  private static KeyManager[] keyManagers(Provider provider) throws Exception {
    KeyManagerFactory factory = KeyManagerFactory.getInstance("NewSunX509");
    factory.init(
        new KeyStoreBuilderParameters(
            KeyStore.Builder.newInstance(
                "HsmRest", provider, new KeyStore.PasswordProtection(null))));
    return factory.getKeyManagers();
  }

  private static KeyStore trusting(List<SoftwareCa> roots) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    for (SoftwareCa root : roots) {
      store.setCertificateEntry("ca-" + store.size(), root.certificate());
    }
    return store;
  }
}
