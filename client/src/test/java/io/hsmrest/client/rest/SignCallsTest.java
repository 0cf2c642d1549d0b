package io.hsmrest.client.rest;

import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static io.hsmrest.client.rest.ServiceDouble.error;
import static io.hsmrest.client.rest.ServiceDouble.json;
import static io.hsmrest.client.rest.ServiceDouble.on;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.hsmrest.client.Golden;
import io.hsmrest.client.HsmClient;
import io.hsmrest.client.HsmProtocolException;
import io.hsmrest.client.HsmResponseException;
import io.hsmrest.client.InsufficientApprovalsException;
import io.hsmrest.client.RequestOutcomeUnknownException;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.RequestMetadata;
import io.hsmrest.client.model.Secret;
import io.hsmrest.client.model.SignAnswer;
import io.hsmrest.client.model.SignRequest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bytes of signatures, direct and asked for (contract 2.2). */
class SignCallsTest {
  private static final SignRequest REQUEST =
      new SignRequest("k", null, "NONESHA256_WITH_RSA", null, Octets.of(new byte[32]));

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

  @Test
  void signsDirectly() throws Exception {
    SERVICE.stubFor(
        on("POST", "/v1/synchronousSign")
            .willReturn(json(200, Golden.text("synchronousSign.json"))));
    SignAnswer answer =
        client.sign(
            new SignRequest(
                "demo-key",
                Secret.of("REPLACE"),
                "SHA256_WITH_ECDSA",
                null,
                Octets.of("SignPayloadDemo".getBytes(StandardCharsets.UTF_8))));
    SERVICE.verify(
        postRequestedFor(urlEqualTo("/v1/synchronousSign"))
            .withRequestBody(equalToJson(Golden.text("synchronousSign.request.json"))));
    assertThat(answer.signature().toBase64())
        .isEqualTo(GoldenJson.member("synchronousSign.json", "signature"));
  }

  @Test
  void asksForTheEncodingThatIsWanted() throws Exception {
    SERVICE.stubFor(
        on("POST", "/v1/synchronousSign").willReturn(json(200, "{\"signature\": \"AQID\"}")));
    client.sign(new SignRequest("k", null, "SHA256_WITH_ECDSA", "RAW", Octets.of(new byte[] {1})));
    SERVICE.verify(
        postRequestedFor(urlEqualTo("/v1/synchronousSign"))
            .withRequestBody(
                equalToJson(
                    """
                    {"signRequest": {"payload": "AQ==", "payloadType": "UNSPECIFIED",
                     "signKeyName": "k", "signatureAlgorithm": "SHA256_WITH_ECDSA",
                     "signatureType": "RAW"}}\
                    """)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"signature\": \"AQID\"}",
        "{\"signature\": \"AQID\", \"keyVersion\": null, \"publicNonce\": null}",
        "{\"signature\": \"AQID\", \"keyVersion\": \"3\", \"somethingNew\": {\"deep\": [1, 2]}}",
        "{\"signResponse\": {\"signature\": \"AQID\", \"keyVersion\": \"1\"}}",
        "{\"signResponse\": null, \"signature\": \"AQID\"}",
        "{\"signature\": \"AQ\\nID\\n\"}",
      })
  void understandsEveryFormOfTheAnswer(String body) throws Exception {
    SERVICE.stubFor(on("POST", "/v1/synchronousSign").willReturn(json(200, body)));
    assertThat(client.sign(REQUEST))
        .isEqualTo(new SignAnswer(Octets.of(new byte[] {1, 2, 3}), 200));
  }

  @Test
  void anySuccessCodeIsASuccess() throws Exception {
    SERVICE.stubFor(
        on("POST", "/v1/synchronousSign").willReturn(json(201, "{\"signature\": \"AQID\"}")));
    assertThat(client.sign(REQUEST))
        .isEqualTo(new SignAnswer(Octets.of(new byte[] {1, 2, 3}), 201));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}                                | .signature is missing or empty",
        "{\"signature\": null}             | .signature is missing or empty",
        "{\"signature\": \"\"}             | .signature is missing or empty",
        "{\"signature\": \"%%%\"}          | .signature is not base64",
        "{\"signature\": 5}                | .signature is not a string",
        "{\"signature\": [\"AQID\"]}       | .signature is not a string",
        "{\"signResponse\": {}}            | .signResponse.signature is missing or empty",
        "{\"signResponse\": \"AQID\"}      | .signResponse is not a JSON object",
        "[]                                | ` is not a JSON object`",
        "\"AQID\"                          | ` is not a JSON object`",
      })
  void aSuccessWithoutASignatureIsAnError(String body, String what) {
    SERVICE.stubFor(on("POST", "/v1/synchronousSign").willReturn(json(200, body)));
    assertThatThrownBy(() -> client.sign(REQUEST))
        .isInstanceOf(HsmProtocolException.class)
        .hasMessage("HTTP 200 answer of POST /v1/synchronousSign" + what);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``                                       | empty",
        "<html><body>Maintenance</body></html>    | no JSON",
        "{\"signature\": \"AQID\"} trailing       | no JSON",
        "{\"signature\": \"AQID\"                 | no JSON",
      })
  void aSuccessThatIsNoJsonIsAnError(String body, String what) {
    SERVICE.stubFor(on("POST", "/v1/synchronousSign").willReturn(json(200, body)));
    assertThatThrownBy(() -> client.sign(REQUEST))
        .isInstanceOf(HsmProtocolException.class)
        .hasMessage(
            "HTTP 200 answer of POST /v1/synchronousSign from "
                + SERVICE.baseUrl()
                + " is "
                + what
                + "; is 'endpoint' the address of the REST API?");
  }

  @Test
  void asksForASignatureThatPeopleApprove() throws Exception {
    SERVICE.stubFor(on("POST", "/v1/sign").willReturn(json(201, Golden.text("sign.json"))));
    String id =
        client.submitSign(
            new SignRequest(
                "TSB_TUTORIAL_1-RSA",
                null,
                "SHA256_WITH_RSA",
                null,
                Octets.of("ApproveSignTaskPayload".getBytes(StandardCharsets.UTF_8))),
            RequestMetadata.none());
    SERVICE.verify(
        postRequestedFor(urlEqualTo("/v1/sign"))
            .withRequestBody(equalToJson(Golden.text("sign.request.json"))));
    assertThat(id).isEqualTo("4e8731d8-0ae6-4444-8a8c-b73ab5f0ba18");
  }

  @Test
  void showsApproversTheMetadataAndItsSignature() throws Exception {
    SERVICE.stubFor(on("POST", "/v1/sign").willReturn(json(201, Golden.text("sign.json"))));
    client.submitSign(
        REQUEST, new RequestMetadata(Octets.of(new byte[] {1}), Octets.of(new byte[] {2})));
    SERVICE.verify(
        postRequestedFor(urlEqualTo("/v1/sign"))
            .withRequestBody(
                equalToJson(
                    """
                    {"signRequest": {
                     "payload": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                     "payloadType": "UNSPECIFIED", "signKeyName": "k",
                     "signatureAlgorithm": "NONESHA256_WITH_RSA",
                     "metaData": "AQ==", "metaDataSignature": "Ag=="}}\
                    """)));
  }

  @Test
  void aRequestWithoutAnIdIsAnError() {
    SERVICE.stubFor(on("POST", "/v1/sign").willReturn(json(201, "{\"id\": \"x\"}")));
    assertThatThrownBy(() -> client.submitSign(REQUEST, RequestMetadata.none()))
        .isInstanceOf(RequestOutcomeUnknownException.class)
        .hasMessageContaining("HTTP 201 answer of POST /v1/sign.signRequestId is missing");
  }

  @Test
  void tellsWhenAKeyTurnsOutToNeedApprovals() {
    SERVICE.stubFor(
        on("POST", "/v1/synchronousSign")
            .willReturn(
                error(
                    500,
                    701,
                    "res.error.in.hsm",
                    "Error creating signature. The provided approvals are insufficient.")));
    assertThatThrownBy(() -> client.sign(REQUEST))
        .isInstanceOf(InsufficientApprovalsException.class)
        .hasMessageStartingWith("sign with key 'k' refused: HTTP 500, error 701");
    assertThat(ServiceDouble.arrived(SERVICE)).hasSize(1);
  }

  @Test
  void doesNotRepeatWhatTheHsmRefuses() {
    SERVICE.stubFor(
        on("POST", "/v1/synchronousSign")
            .willReturn(json(500, Golden.text("functionNotPermitted.error.json"))));
    assertThatThrownBy(() -> client.sign(REQUEST))
        .isExactlyInstanceOf(HsmResponseException.class)
        .hasMessage(
            "sign with key 'k' refused: HTTP 500, error 701 (res.error.in.hsm):"
                + " KEY_FUNCTION_NOT_PERMITTED");
    assertThat(ServiceDouble.arrived(SERVICE)).hasSize(1);
  }

  /** What is taken out of the message is taken out after it was understood. */
  @Test
  void aSecretOfOneLetterHidesNoGate() throws Exception {
    SERVICE.stubFor(
        on("POST", "/v1/synchronousSign")
            .willReturn(error(500, 701, "res.error.in.hsm", "approvals are insufficient")));
    try (HsmClient other = RestClients.open(SERVICE.baseUrl(), "auth.apiKey.keyOperation=u")) {
      assertThatThrownBy(() -> other.sign(REQUEST))
          .isInstanceOf(InsufficientApprovalsException.class)
          .hasMessageNotContaining("insufficient");
    }
  }
}
