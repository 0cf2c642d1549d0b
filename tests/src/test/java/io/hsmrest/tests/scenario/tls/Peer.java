package io.hsmrest.tests.scenario.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A client with JSSE that trusts the test CA. */
public final class Peer {
  private Peer() {}

  /**
   * What a server answered.
   *
   * @param certificate its own
   * @param body everything it sent
   */
  public record Answer(X509Certificate certificate, String body) {}

  /** One HTTP request on a connection of its own, nothing resumed. */
  public static Answer get(int port, KeyStore trusted) throws IOException {
    return get(port, trusted, "localhost");
  }

  /** The same for a host of that name; nobody compares it with the certificate's names here. */
  public static Answer get(int port, KeyStore trusted, String host) throws IOException {
    SSLContext context = Contexts.context(null, trusted);
    try (SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port)) {
      socket
          .getOutputStream()
          .write(
              ("GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      X509Certificate certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
      return new Answer(
          certificate, new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    }
  }
}
