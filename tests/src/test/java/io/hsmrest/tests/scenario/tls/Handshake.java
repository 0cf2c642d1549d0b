package io.hsmrest.tests.scenario.tls;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;

/**
 * A TLS connection in memory, on one thread: handshake, a byte in each direction (with which TLS
 * 1.3 hands over its tickets), end.
 */
final class Handshake {
  private static final int PORT = 4433;
  private static final int MOST_STEPS = 1000;

  private final SSLEngine client;
  private final SSLEngine server;
  private final ByteBuffer toServer = ByteBuffer.allocate(1 << 17);
  private final ByteBuffer toClient = ByteBuffer.allocate(1 << 17);
  private final ByteBuffer received = ByteBuffer.allocate(1 << 17);

  private Handshake(
      SSLContext client, SSLContext server, String protocol, boolean clientAuth, String... suites) {
    this.client = client.createSSLEngine("localhost", PORT);
    this.client.setUseClientMode(true);
    this.client.setEnabledProtocols(new String[] {protocol});
    if (suites.length > 0) {
      this.client.setEnabledCipherSuites(suites);
    }
    this.server = server.createSSLEngine();
    this.server.setUseClientMode(false);
    this.server.setEnabledProtocols(new String[] {protocol});
    this.server.setNeedClientAuth(clientAuth);
  }

  /** Connects and ends the connection in order; returns the client's session. */
  static SSLSession run(SSLContext client, SSLContext server, String protocol, boolean clientAuth)
      throws SSLException {
    return new Handshake(client, server, protocol, clientAuth).run();
  }

  /** The same with cipher suites of TLS 1.2, which say what type of key the server needs. */
  static SSLSession run(SSLContext client, SSLContext server, String... suites)
      throws SSLException {
    return new Handshake(client, server, "TLSv1.2", false, suites).run();
  }

  private SSLSession run() throws SSLException {
    ByteBuffer oneByte = ByteBuffer.wrap(new byte[] {1});
    ByteBuffer back = ByteBuffer.wrap(new byte[] {2});
    for (int i = 0; oneByte.hasRemaining() || back.hasRemaining() || received.position() < 2; i++) {
      if (i == MOST_STEPS) {
        throw new SSLException("the handshake does not come to an end");
      }
      step(client, oneByte, toServer, toClient);
      step(server, back, toClient, toServer);
    }
    SSLSession session = client.getSession();
    client.closeOutbound();
    step(client, ByteBuffer.allocate(0), toServer, toClient);
    step(server, ByteBuffer.allocate(0), toClient, toServer);
    return session;
  }

  private void step(SSLEngine engine, ByteBuffer data, ByteBuffer out, ByteBuffer in)
      throws SSLException {
    in.flip();
    while (in.hasRemaining() && !engine.isInboundDone()) {
      SSLEngineResult result = engine.unwrap(in, received);
      runTasks(engine);
      if (result.bytesConsumed() == 0
          && result.getHandshakeStatus() != HandshakeStatus.NEED_TASK
          && engine.getHandshakeStatus() != HandshakeStatus.NEED_UNWRAP) {
        break;
      }
    }
    in.compact();
    for (int i = 0; i < MOST_STEPS && !engine.isOutboundDone(); i++) {
      HandshakeStatus status = engine.getHandshakeStatus();
      boolean hasData = data.hasRemaining() && status == HandshakeStatus.NOT_HANDSHAKING;
      if (status != HandshakeStatus.NEED_WRAP
          && !hasData
          && engine.getSession().isValid()
          && i > 0) {
        break;
      }
      SSLEngineResult result = engine.wrap(data, out);
      runTasks(engine);
      if (result.bytesProduced() == 0 && engine.getHandshakeStatus() != HandshakeStatus.NEED_WRAP) {
        break;
      }
    }
  }

  private static void runTasks(SSLEngine engine) {
    Runnable task;
    while ((task = engine.getDelegatedTask()) != null) {
      task.run();
    }
  }
}
