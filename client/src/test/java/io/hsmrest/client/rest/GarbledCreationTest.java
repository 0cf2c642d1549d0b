package io.hsmrest.client.rest;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.hsmrest.client.HsmClient;
import io.hsmrest.client.HsmResponseException;
import io.hsmrest.client.RawServer;
import io.hsmrest.client.RequestOutcomeUnknownException;
import io.hsmrest.client.model.NewKey;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.RequestMetadata;
import io.hsmrest.client.model.SignRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers to a creation that came, and from which nobody can tell what was created. */
class GarbledCreationTest {
  private static final SignRequest SIGN =
      new SignRequest("k", null, "EDDSA", null, Octets.of(new byte[] {1}));

  @RegisterExtension static final WireMockExtension SERVICE = ServiceDouble.start();

  private HsmClient client;

  @BeforeEach
  void open() throws Exception {
    client = RestClients.open(SERVICE.baseUrl());
  }

  @AfterEach
  void close() {
    client.close();
  }

  private void assertInDoubt(HsmClient asked) {
    assertThatThrownBy(() -> asked.submitSign(SIGN, RequestMetadata.none()))
        .isInstanceOf(RequestOutcomeUnknownException.class)
        .hasMessageStartingWith("request to sign with key 'k' failed: ")
        .hasMessageEndingWith(
            "; it was not sent again: approvers may be asked already; look at the open requests"
                + " before you try again");
    assertThatThrownBy(() -> asked.createKey(NewKey.rsa("fresh", 2048)))
        .isInstanceOf(RequestOutcomeUnknownException.class)
        .hasMessageStartingWith("create key 'fresh' failed: ")
        .hasMessageEndingWith("look whether key 'fresh' exists before you try again");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{\"signReq",
        "<html>Welcome</html>",
        "[]",
        "null",
        "{}",
        "{\"signRequestId\": null}",
        "{\"signRequestId\": \"\"}",
        "{\"signRequestId\": 5}",
      })
  void aSuccessThatIsNotTheServicesIsALostAnswer(String body) {
    ServiceDouble.always(SERVICE, aResponse().withStatus(201).withBody(body));
    assertInDoubt(client);
    // Nothing of it was sent twice.
    assertThat(ServiceDouble.arrived(SERVICE)).hasSize(2);
  }

  @Test
  void anAnswerThatEndsWithItsConnectionInTheMiddleIsLost() throws Exception {
    try (RawServer server =
            new RawServer(
                connection -> {
                  connection.readRequest();
                  connection.send("HTTP/1.1 201 Created\r\nConnection: close\r\n\r\n{\"signReq");
                });
        HsmClient raw = RestClients.open(server.url())) {
      assertInDoubt(raw);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 501, 502, 503, 504, 520, 524, 599})
  void aFailureThatIsNotTheServicesIsALostAnswer(int status) {
    ServiceDouble.always(SERVICE, aResponse().withStatus(status).withBody("<html>gateway</html>"));
    assertInDoubt(client);
    assertThat(ServiceDouble.arrived(SERVICE)).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 500, 503})
  void aRefusalOfTheServiceLeavesNothingInDoubt(int status) {
    ServiceDouble.always(SERVICE, ServiceDouble.error(status, 701, "res.error.in.hsm", "no"));
    assertThatThrownBy(() -> client.submitSign(SIGN, RequestMetadata.none()))
        .isInstanceOf(HsmResponseException.class);
    assertThatThrownBy(() -> client.createKey(NewKey.rsa("fresh", 2048)))
        .isInstanceOf(HsmResponseException.class);
  }
}
