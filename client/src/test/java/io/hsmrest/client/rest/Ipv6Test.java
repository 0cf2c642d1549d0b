package io.hsmrest.client.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.hsmrest.client.HsmClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class Ipv6Test {
  private static ServerSocket listen() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getByName("::1"));
  }

  private static boolean isThere() {
    try (ServerSocket socket = listen()) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void anEndpointMayBeAnAddressInBrackets() throws Exception {
    assumeThat(isThere()).as("this machine has IPv6 on the loopback").isTrue();
    try (ServerSocket listener = listen();
        HsmClient client = RestClients.open("http://[::1]:" + listener.getLocalPort())) {
      CompletableFuture<String> head = CompletableFuture.supplyAsync(() -> answerOne(listener));
      assertThat(client.listKeys()).isEmpty();
      assertThat(head.join())
          .startsWith("GET /v1/key HTTP/1.1\r\n")
          .contains("\r\nHost: [::1]:" + listener.getLocalPort() + "\r\n");
    }
  }

  private static String answerOne(ServerSocket listener) {
    try (Socket socket = listener.accept()) {
      byte[] head = new byte[4096];
      int length = socket.getInputStream().read(head);
      socket
          .getOutputStream()
          .write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]".getBytes(StandardCharsets.UTF_8));
      return new String(head, 0, length, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
