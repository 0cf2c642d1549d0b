package io.hsmrest.keystore.aia;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** A CA's web server on the loopback address, and downloads that may go there. */
public final class LoopbackDownloads implements AutoCloseable {
  private final CaServer server;

  public LoopbackDownloads() throws java.io.IOException {
    server = new CaServer();
  }

  public IssuerDownload download() {
    return new IssuerDownload(
        new Hosts(host -> new InetAddress[] {InetAddress.getLoopbackAddress()}, address -> true),
        new CacertsTls(),
        Duration.ofSeconds(30),
        Clock.systemUTC());
  }

  public String at(String path) {
    return server.at(path);
  }

  public void serving(String path, byte[] body) {
    server.serving(path, body);
  }

  public List<String> asked() {
    return server.asked();
  }

  @Override
  public void close() {
    server.close();
  }
}
