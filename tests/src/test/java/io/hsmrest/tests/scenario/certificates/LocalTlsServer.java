package io.hsmrest.tests.scenario.certificates;

import java.io.IOException;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** A TLS server on the loopback address that shakes hands with whoever connects. */
final class LocalTlsServer implements AutoCloseable {
  private final SSLServerSocket socket;
  private final Thread thread;

  private LocalTlsServer(SSLContext context) throws IOException {
    socket =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    thread = new Thread(this::serve, "local-tls-server");
    thread.start();
  }

  /** With a software key below this CA, for {@code localhost}. */
  static LocalTlsServer of(SoftwareCa ca) throws IOException, GeneralSecurityException {
    KeyPair pair = SoftwareCa.newKeys();
    return of(keyManagers(pair, ca.chainFor("localhost", pair.getPublic())));
  }

  /** With whatever keys these managers have. */
  static LocalTlsServer of(KeyManager... keys) throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys, null, null);
    return new LocalTlsServer(context);
  }

  static KeyManager[] keyManagers(KeyPair pair, List<X509Certificate> chain)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("key", pair.getPrivate(), new char[0], chain.toArray(new Certificate[0]));
    KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
    factory.init(store, new char[0]);
    return factory.getKeyManagers();
  }

  int port() {
    return socket.getLocalPort();
  }

  /** Connects, checks the name, and tells whose certificate was shown. */
  X509Certificate serverCertificate(SSLContext client) throws IOException {
    return (X509Certificate) serverChain(client)[0];
  }

  /** The same with the chain as it was sent. */
  Certificate[] serverChain(SSLContext client) throws IOException {
    try (SSLSocket connection =
        (SSLSocket) client.getSocketFactory().createSocket("localhost", port())) {
      SSLParameters parameters = connection.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      connection.setSSLParameters(parameters);
      connection.startHandshake();
      return connection.getSession().getPeerCertificates();
    }
  }

  private void serve() {
    while (!socket.isClosed()) {
      try (SSLSocket connection = (SSLSocket) socket.accept()) {
        connection.startHandshake();
        connection.getInputStream().read();
      } catch (IOException e) {
        // The client did not like us, or the test is over.
      }
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
  }
}
