package io.hsmrest.tests.scenario.certificates;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/** TLS in front of a plain service, as a gateway has it. */
final class TlsFront implements AutoCloseable {
  private final SSLServerSocket socket;
  private final URI behind;
  private final AtomicInteger connections = new AtomicInteger();

  private TlsFront(SSLServerSocket socket, URI behind) {
    this.socket = socket;
    this.behind = behind;
    start(this::accept);
  }

  static TlsFront of(URI behind, KeyPair pair, List<X509Certificate> chain)
      throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(LocalTlsServer.keyManagers(pair, chain), null, null);
    return new TlsFront(
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress()),
        behind);
  }

  int port() {
    return socket.getLocalPort();
  }

  int connections() {
    return connections.get();
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        connections.incrementAndGet();
        Socket server = new Socket(behind.getHost(), behind.getPort());
        start(() -> copy(client, server));
        start(() -> copy(server, client));
      } catch (IOException e) {
        // The test is over.
      }
    }
  }

  private static void copy(Socket from, Socket to) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      in.transferTo(out);
    } catch (IOException e) {
      // One side has ended, and so does the other.
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "tls-front");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
