package io.hsmrest.client.rest;

import io.hsmrest.client.RawServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A proxy that notes the head of every request, and takes all of them to one port. */
final class RecordingProxy implements AutoCloseable {
  private final RawServer server;
  private final List<String> heads = new CopyOnWriteArrayList<>();
  private final int targetPort;
  private final @Nullable String credentials;

  /**
   * Starts a proxy.
   *
   * @param targetPort where everything goes, whatever the request says
   * @param credentials {@code user:password} that it asks for, null for none
   */
  RecordingProxy(int targetPort, @Nullable String credentials) throws IOException {
    this.targetPort = targetPort;
    this.credentials = credentials;
    this.server = new RawServer(this::serve);
  }

  private void serve(RawServer.Connection connection) throws IOException {
    for (String request = connection.readRequest();
        request != null;
        request = connection.readRequest()) {
      heads.add(request.substring(0, request.indexOf("\r\n\r\n")));
      if (!isWelcome(request)) {
        connection.send(
            "HTTP/1.1 407 Proxy Authentication Required\r\n"
                + "Proxy-Authenticate: Basic realm=\"test\"\r\nContent-Length: 0\r\n\r\n");
      } else if (request.startsWith("CONNECT ")) {
        tunnel(connection);
        return;
      } else {
        forward(request, connection);
      }
    }
  }

  private boolean isWelcome(String request) {
    if (credentials == null) {
      return true;
    }
    String basic = Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    return request.contains("\r\nProxy-Authorization: Basic " + basic + "\r\n");
  }

  private Socket target() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), targetPort);
  }

  private void tunnel(RawServer.Connection connection) throws IOException {
    try (Socket target = target()) {
      connection.send("HTTP/1.1 200 Connection established\r\n\r\n");
      Thread back =
          new Thread(
              () -> {
                try {
                  target.getInputStream().transferTo(connection.socket().getOutputStream());
                  connection.socket().shutdownOutput();
                } catch (IOException e) {
                  // One of the ends has closed.
                }
              });
      back.setDaemon(true);
      back.start();
      connection.socket().getInputStream().transferTo(target.getOutputStream());
    }
  }

  private void forward(String request, RawServer.Connection connection) throws IOException {
    try (Socket target = target()) {
      target
          .getOutputStream()
          .write(
              request
                  .replaceFirst(" http://[^/]+", " ")
                  .replaceFirst("\r\n", "\r\nConnection: close\r\n")
                  .getBytes(StandardCharsets.UTF_8));
      target.getInputStream().transferTo(connection.socket().getOutputStream());
    }
    connection.socket().close();
  }

  String address() {
    return "127.0.0.1:" + server.port();
  }

  int port() {
    return server.port();
  }

  /** Head of each request, tunnels included. */
  List<String> heads() {
    return List.copyOf(heads);
  }

  /** First line of each request. */
  List<String> firstLines() {
    return heads.stream().map(head -> head.lines().findFirst().orElse("")).toList();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
