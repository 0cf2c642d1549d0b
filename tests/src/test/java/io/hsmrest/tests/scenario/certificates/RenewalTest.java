package io.hsmrest.tests.scenario.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.client.model.NewKey;
import io.hsmrest.keystore.HsmCertificates;
import io.hsmrest.keystore.HsmPrivateKey;
import java.security.KeyStore;
import java.security.Provider;
import java.security.Security;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.KeyStoreBuilderParameters;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
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
    try (CertificateService service = CertificateService.start()) {
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
      Security.addProvider(provider);
      KeyManagerFactory keys = KeyManagerFactory.getInstance("NewSunX509");
      keys.init(
          new KeyStoreBuilderParameters(
              KeyStore.Builder.newInstance(
                  "HsmRest", provider, new KeyStore.PasswordProtection(null))));
      SSLContext client = trusting(roots);
      Set<List<Certificate>> seen = ConcurrentHashMap.newKeySet();
      AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
      AtomicBoolean over = new AtomicBoolean();
      try (LocalTlsServer server = LocalTlsServer.of(keys.getKeyManagers())) {
        Thread handshakes =
            new Thread(
                () -> {
                  try {
                    while (!over.get()) {
                      client.getClientSessionContext().setSessionTimeout(1);
                      seen.add(List.of(server.serverChain(client)));
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
          while (failure.get() == null && !seen.contains(List.<Certificate>copyOf(chain))) {
            Thread.onSpinWait();
          }
          assertThat(seen.size()).isBetween(before, before + 1);
        }
        over.set(true);
        handshakes.join();
      } finally {
        Security.removeProvider(provider.getName());
      }
      assertThat(failure.get()).isNull();
      assertThat(seen).hasSize(RENEWALS);
      assertThat(seen).isEqualTo(Set.copyOf(chains));
    }
  }

  private static SSLContext trusting(List<SoftwareCa> roots) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    for (SoftwareCa root : roots) {
      store.setCertificateEntry("ca-" + store.size(), root.chain().get(0));
    }
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(store);
    SSLContext context = SSLContext.getInstance("TLSv1.2");
    context.init(null, factory.getTrustManagers(), null);
    return context;
  }
}
