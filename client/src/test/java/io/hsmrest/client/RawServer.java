package io.hsmrest.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A server on the loopback that does to each connection what a test wants, down to the bytes: what
 * no well-behaved HTTP server would do.
 */
public final class RawServer implements AutoCloseable {

  /** What happens to one connection; it is closed afterwards. */
  @FunctionalInterface
  public interface Script {
    void serve(Connection connection) throws IOException, InterruptedException;
  }

  /** One connection. */
  public static final class Connection {
    private final Socket socket;
    private final int number;

    private Connection(Socket socket, int number) {
      this.socket = socket;
      this.number = number;
    }

    /** 1 for the server's first. */
    public int number() {
      return number;
    }

    public Socket socket() {
      return socket;
    }

    /** The same connection read and written through another socket on top of this one. */
    public Connection through(Socket layered) {
      return new Connection(layered, number);
    }

    /** One request, head and body; null at the end of the connection. */
    public @Nullable String readRequest() throws IOException {
      String head = readUntilEmptyLine();
      if (head == null) {
        return null;
      }
      int length = 0;
      for (String line : head.split("\r\n")) {
        if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
          length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
        }
      }
      byte[] body = socket.getInputStream().readNBytes(length);
      return head + new String(body, StandardCharsets.UTF_8);
    }

    private @Nullable String readUntilEmptyLine() throws IOException {
      ByteArrayOutputStream head = new ByteArrayOutputStream();
      InputStream in = socket.getInputStream();
      while (true) {
        int b = in.read();
        if (b < 0) {
          return null;
        }
        head.write(b);
        String text = head.toString(StandardCharsets.ISO_8859_1);
        if (text.endsWith("\r\n\r\n")) {
          return text;
        }
      }
    }

    public void send(String text) throws IOException {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().flush();
    }

    public void answer(int status, String body) throws IOException {
      send(
          "HTTP/1.1 %d X\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
              .formatted(status, body.getBytes(StandardCharsets.UTF_8).length, body));
    }

    /** Closes with a reset instead of an orderly end. */
    public void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }

    /** Whether the other side closes before so many milliseconds have passed. */
    public boolean endsWithin(int millis) throws IOException {
      socket.setSoTimeout(millis);
      try {
        return socket.getInputStream().read() < 0;
      } catch (SocketTimeoutException e) {
        return false;
      }
    }

    /** Returns when the other side has closed, orderly or not. */
    public void awaitEnd() {
      try {
        while (socket.getInputStream().read() >= 0) {
          // What still arrives is of no interest.
        }
      } catch (IOException e) {
        // Reset.
      }
    }
  }

  private final ServerSocket listener;
  private final Script script;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final List<Thread> threads = new CopyOnWriteArrayList<>();

  public RawServer(Script script) throws IOException {
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.script = script;
    start(this::accept);
  }

  private void start(Runnable task) {
    Thread thread = new Thread(task, "raw-server");
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listener.accept();
        sockets.add(socket);
        int number = sockets.size();
        start(() -> serve(socket, number));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void serve(Socket socket, int number) {
    try (socket) {
      script.serve(new Connection(socket, number));
    } catch (IOException | InterruptedException e) {
      // The client has gone, or the test is over.
    }
  }

  public int port() {
    return listener.getLocalPort();
  }

  public String url() {
    return "http://127.0.0.1:" + port();
  }

  /** How many connections were accepted. */
  public int connections() {
    return sockets.size();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
    threads.forEach(Thread::interrupt);
  }
}
