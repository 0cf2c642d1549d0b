package io.hsmrest.client.rest;

import static io.hsmrest.client.rest.ServiceDouble.always;
import static io.hsmrest.client.rest.ServiceDouble.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.hsmrest.client.HsmClient;
import io.hsmrest.client.HsmProtocolException;
import io.hsmrest.client.HsmResponseException;
import io.hsmrest.client.RawServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Answers that nobody needs are not swallowed. */
@Timeout(60)
class LimitsTest {
  @RegisterExtension static final WireMockExtension SERVICE = ServiceDouble.start();

  private static String listOf(int bytes) {
    // Brackets and quotes take four.
    return "[\"" + "x".repeat(bytes - 4) + "\"]";
  }

  @Test
  void anAnswerOfTheLargestSizeIsTaken() throws Exception {
    always(SERVICE, json(200, listOf(2048)));
    try (HsmClient client = RestClients.open(SERVICE.baseUrl(), "http.maxResponseBytes=2k")) {
      assertThat(client.listKeys()).hasSize(1);
    }
  }

  @Test
  void aLargerOneIsRefusedAndNotAskedForAgain() throws Exception {
    always(SERVICE, json(200, listOf(2049)));
    try (HsmClient client = RestClients.open(SERVICE.baseUrl(), "http.maxResponseBytes=2k")) {
      assertThatThrownBy(client::listKeys)
          .isInstanceOf(HsmProtocolException.class)
          .hasMessage(
              "list keys failed: the answer from "
                  + SERVICE.baseUrl()
                  + " is larger than http.maxResponseBytes (2048 bytes)");
    }
    assertThat(ServiceDouble.arrived(SERVICE)).hasSize(1);
  }

  @Test
  void anAnswerWithoutEndIsNotReadToTheEnd() throws Exception {
    try (RawServer server =
            new RawServer(
                connection -> {
                  connection.readRequest();
                  connection.send("HTTP/1.1 200 OK\r\n\r\n[");
                  while (true) {
                    connection.send("\"x\",".repeat(1000));
                  }
                });
        HsmClient client = RestClients.open(server.url())) {
      assertThatThrownBy(client::listKeys)
          .hasMessageContaining("larger than http.maxResponseBytes (4194304 bytes)");
    }
  }

  @Test
  void aRefusalWithoutEndIsNotReadToTheEndEither() throws Exception {
    try (RawServer server =
            new RawServer(
                connection -> {
                  connection.readRequest();
                  connection.send("HTTP/1.1 500 Error\r\n\r\n");
                  while (true) {
                    connection.send("<p>error</p>".repeat(1000));
                  }
                });
        HsmClient client = RestClients.open(server.url())) {
      assertThatThrownBy(client::listKeys).hasMessageContaining("larger than http.maxResponse");
    }
  }

  @Test
  void whatIsNestedTooDeeplyIsRefused() throws Exception {
    always(SERVICE, json(200, "{\"a\":".repeat(40) + "1" + "}".repeat(40)));
    try (HsmClient client = RestClients.open(SERVICE.baseUrl())) {
      assertThatThrownBy(client::version)
          .isInstanceOf(HsmProtocolException.class)
          .hasMessageContaining("answer of GET /v1/versionInfo")
          .cause()
          .hasMessageContaining("depth (33) exceeds the maximum allowed (32");
    }
  }

  @Test
  void anErrorBodyThatIsNestedTooDeeplyIsNoErrorBody() throws Exception {
    always(SERVICE, json(404, "{\"errorCode\": 650, \"a\":" + "[".repeat(100_000)));
    try (HsmClient client = RestClients.open(SERVICE.baseUrl())) {
      assertThatThrownBy(client::version)
          .isExactlyInstanceOf(HsmResponseException.class)
          .hasMessageContaining("HTTP 404: is 'endpoint' the address");
    }
  }

  @Test
  void aStringThatIsTooLongIsRefused() throws Exception {
    always(SERVICE, json(200, listOf((1 << 20) + 5)));
    try (HsmClient client = RestClients.open(SERVICE.baseUrl())) {
      assertThatThrownBy(client::listKeys)
          .isInstanceOf(HsmProtocolException.class)
          .cause()
          .hasMessageContaining("JSON beyond the limits");
    }
  }
}
