package io.hsmrest.keystore.aia;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A CA's web server on the loopback address. */
final class CaServer implements AutoCloseable {
  private final HttpServer server;
  private final List<String> asked = new CopyOnWriteArrayList<>();

  CaServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
  }

  String at(String path) {
    return "http://ca.example:" + server.getAddress().getPort() + path;
  }

  int port() {
    return server.getAddress().getPort();
  }

  void serving(String path, byte[] body) {
    answering(path, 200, null, body);
  }

  void redirecting(String path, String location) {
    answering(path, 302, location, new byte[0]);
  }

  void answering(String path, int status, String location, byte[] body) {
    server.createContext(
        path,
        exchange -> {
          asked.add(exchange.getRequestHeaders().getFirst("Host") + exchange.getRequestURI());
          if (location != null) {
            exchange.getResponseHeaders().set("Location", location);
          }
          exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
  }

  /** With chunks, as servers write that do not know the length. */
  void servingInChunks(String path, byte[] body) {
    server.createContext(
        path,
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          for (int i = 0; i < body.length; i += 100) {
            exchange.getResponseBody().write(body, i, Math.min(100, body.length - i));
            exchange.getResponseBody().flush();
          }
          exchange.close();
        });
  }

  /** Host and path of every request, in order. */
  List<String> asked() {
    return asked;
  }

  @Override
  public void close() {
    server.stop(0);
  }

  /** A server that writes these bytes to whoever connects and then neither ends nor goes on. */
  static final class Raw implements AutoCloseable {
    private final ServerSocket server;
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread thread;

    Raw(String answer, boolean staysOpen) throws IOException {
      server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
      thread = new Thread(() -> serve(answer, staysOpen), "raw-ca-server");
      thread.start();
    }

    String at(String path) {
      return "http://ca.example:" + server.getLocalPort() + path;
    }

    private void serve(String answer, boolean staysOpen) {
      try (Socket socket = server.accept()) {
        InputStream in = socket.getInputStream();
        int newlines = 0;
        for (int octet = in.read(); octet >= 0 && newlines < 2; ) {
          newlines = octet == '\n' ? newlines + 1 : octet == '\r' ? newlines : 0;
          octet = newlines < 2 ? in.read() : octet;
        }
        OutputStream out = socket.getOutputStream();
        out.write(answer.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
        if (staysOpen) {
          over.await();
        }
      } catch (IOException e) {
        // The other side has had enough.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void close() throws IOException {
      over.countDown();
      server.close();
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
