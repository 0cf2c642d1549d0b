package io.hsmrest.tests.scenario.keystore;

import io.hsmrest.tests.scenario.SimulatedHsm;
import java.io.IOException;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Provider;
import java.security.Security;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** A TLS server on the loopback address that shakes hands and hangs up. */
final class TlsServer implements AutoCloseable {
  private final Provider provider;
  private final SSLServerSocket socket;
  private final Thread thread;

  private TlsServer(Provider provider, SSLServerSocket socket) {
    this.provider = provider;
    this.socket = socket;
    this.thread = new Thread(this::serve, "tls-server");
    thread.setDaemon(true);
    thread.start();
  }

  /** Registers a provider for as long as it runs: JSSE finds the signatures by the list. */
  static TlsServer start(SimulatedHsm hsm, KeyStore keys, String keyManagers)
      throws GeneralSecurityException, IOException {
    Provider provider = hsm.provider();
    Security.addProvider(provider);
    KeyManagerFactory factory = KeyManagerFactory.getInstance(keyManagers);
    factory.init(keys, null);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    return new TlsServer(
        provider,
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 10, InetAddress.getLoopbackAddress()));
  }

  private void serve() {
    while (!socket.isClosed()) {
      try (SSLSocket connection = (SSLSocket) socket.accept()) {
        connection.startHandshake();
        connection.getInputStream().readAllBytes();
      } catch (IOException e) {
        // The client tells what went wrong.
      }
    }
  }

  /** A full handshake; the server's certificate. */
  X509Certificate handshake(X509Certificate trusted) throws GeneralSecurityException, IOException {
    KeyStore anchors = KeyStore.getInstance("PKCS12");
    anchors.load(null, null);
    anchors.setCertificateEntry("ca", trusted);
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(anchors);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    try (SSLSocket connection =
        (SSLSocket)
            context
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), socket.getLocalPort())) {
      connection.startHandshake();
      return (X509Certificate) connection.getSession().getPeerCertificates()[0];
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Security.removeProvider(provider.getName());
  }
}
