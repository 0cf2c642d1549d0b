package io.hsmrest.tests.scenario;

import java.io.IOException;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** A TLS server on the loopback address that shakes hands with whoever connects. */
public final class LocalTlsServer implements AutoCloseable {
  private final SSLServerSocket socket;
  private final Thread thread;

  private LocalTlsServer(SSLContext context) throws IOException {
    socket =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    thread = new Thread(this::serve, "local-tls-server");
    thread.setDaemon(true);
    thread.start();
  }

  /** With a key of the JDK's own kind, under the empty password. */
  public static LocalTlsServer of(KeyStore software) throws IOException, GeneralSecurityException {
    KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
    factory.init(software, new char[0]);
    return of(factory.getKeyManagers());
  }

  /** With whatever keys these managers have. */
  public static LocalTlsServer of(KeyManager... keys) throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys, null, null);
    return new LocalTlsServer(context);
  }

  /** Where it listens. */
  public int port() {
    return socket.getLocalPort();
  }

  /**
   * Connects, checks the chain and the name, and tells which chain was sent, leaf first. Each time
   * the client is a new one: it might resume a session otherwise, which takes no signature.
   */
  public List<X509Certificate> handshake(KeyStore trusted)
      throws IOException, GeneralSecurityException {
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(trusted);
    SSLContext client = SSLContext.getInstance("TLS");
    client.init(null, factory.getTrustManagers(), null);
    try (SSLSocket connection =
        (SSLSocket) client.getSocketFactory().createSocket("localhost", port())) {
      SSLParameters parameters = connection.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      connection.setSSLParameters(parameters);
      connection.startHandshake();
      return Stream.of(connection.getSession().getPeerCertificates())
          .map(X509Certificate.class::cast)
          .toList();
    }
  }

  private void serve() {
    while (!socket.isClosed()) {
      try (SSLSocket connection = (SSLSocket) socket.accept()) {
        connection.startHandshake();
        connection.getInputStream().read();
      } catch (IOException e) {
        // The client tells what it did not like; or the test is over.
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
