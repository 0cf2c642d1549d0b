package io.hsmrest.keystore.aia;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * One GET over a connection of its own, to an address that was checked. The JDK's and everybody's
 * HTTP clients look names up themselves; here the address that was checked is the one that is used.
 */
final class HttpGet {

  /** TLS, made when it is needed. */
  @FunctionalInterface
  interface Tls {
    SSLSocketFactory sockets() throws IOException;
  }

  private final Hosts hosts;
  private final Tls tls;
  private final int mostBytes;

  HttpGet(Hosts hosts, Tls tls, int mostBytes) {
    this.hosts = hosts;
    this.tls = tls;
    this.mostBytes = mostBytes;
  }

  HttpAnswer get(URI uri, Deadline deadline) throws IOException {
    boolean secure = "https".equalsIgnoreCase(uri.getScheme());
    String host = uri.getHost();
    if (host == null
        || uri.getUserInfo() != null
        || !secure && !"http".equalsIgnoreCase(uri.getScheme())) {
      throw new DownloadException("only http and https addresses are fetched from");
    }
    int port = uri.getPort() > 0 ? uri.getPort() : secure ? 443 : 80;
    String literal = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    try (Socket plain = connect(hosts.addresses(literal), port, deadline)) {
      if (!secure) {
        return exchange(plain, uri, deadline);
      }
      plain.setSoTimeout(deadline.millisecondsLeft());
      try (SSLSocket socket = (SSLSocket) tls.sockets().createSocket(plain, literal, port, true)) {
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        if (!literal.contains(":") && !literal.matches("[0-9.]+")) {
          parameters.setServerNames(List.of(new SNIHostName(literal)));
        }
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return exchange(socket, uri, deadline);
      }
    }
  }

  private static Socket connect(List<InetAddress> addresses, int port, Deadline deadline)
      throws IOException {
    IOException failure = new DownloadException("the host has no address");
    for (InetAddress address : addresses) {
      // Without the JVM's SOCKS proxy, which would look for an address of its own.
      Socket socket = new Socket(Proxy.NO_PROXY);
      try {
        deadline.watch(socket);
        socket.connect(new InetSocketAddress(address, port), deadline.millisecondsLeft());
        return socket;
      } catch (IOException e) {
        socket.close();
        failure = e;
      }
    }
    throw failure;
  }

  private HttpAnswer exchange(Socket socket, URI uri, Deadline deadline) throws IOException {
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    String host = uri.getHost() + (uri.getPort() > 0 ? ":" + uri.getPort() : "");
    String request =
        "GET "
            + URI.create(path + query).toASCIIString()
            + " HTTP/1.1\r\nHost: "
            + host
            + "\r\nAccept: application/pkix-cert, application/pkcs7-mime, */*\r\n"
            + "User-Agent: hsmrest\r\nConnection: close\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
    return HttpAnswer.read(
        new BufferedInputStream(new DeadlineStream(socket, deadline)), mostBytes);
  }
}
