package io.hsmrest.client.rest;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static io.hsmrest.client.rest.ServiceDouble.always;
import static io.hsmrest.client.rest.ServiceDouble.error;
import static io.hsmrest.client.rest.ServiceDouble.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.hsmrest.client.Golden;
import io.hsmrest.client.HsmClient;
import io.hsmrest.client.HsmResponseException;
import io.hsmrest.client.UnknownKeyException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that are no success (contract 4). */
class RefusalsTest {
  @RegisterExtension static final WireMockExtension SERVICE = ServiceDouble.start();

  private HsmClient client;

  @BeforeEach
  void open() throws Exception {
    client = RestClients.open(SERVICE.baseUrl(), "retry.maxAttempts=1");
  }

  @AfterEach
  void close() {
    client.close();
  }

  private HsmResponseException refusal() {
    HsmResponseException refusal =
        catchThrowableOfType(HsmResponseException.class, () -> client.readKey("k", null));
    assertThat(refusal).isNotNull();
    return refusal;
  }

  @ParameterizedTest(name = "code {1} with HTTP {0}: {2}")
  @CsvSource({
    "400, 608, KeyExistsException",
    "409, 608, KeyExistsException",
    "400, 620, KeyPasswordException",
    "404, 650, UnknownKeyException",
    "400, 650, UnknownKeyException",
    "404, 651, UnknownRequestException",
    "400, 609, UnknownRequestException",
    "401, 631, AuthenticationException",
    "400, 631, AuthenticationException",
    "400, 406, AuthenticationException",
    "401, 416, AuthenticationException",
    "403, 450, AuthenticationException",
    "403, 451, AuthenticationException",
    "500, 617, AuthenticationException",
    "400, 618, AuthenticationException",
    "401, 999, AuthenticationException",
    "429, 999, RateLimitedException",
    "500, 701, HsmResponseException",
    "400, 600, HsmResponseException",
    "501, 101, HsmResponseException",
  })
  void classifiesByCodeBeforeStatus(int status, int code, String type) {
    always(SERVICE, error(status, code, "res.error.some", "text"));
    HsmResponseException refusal = refusal();
    assertThat(refusal.getClass().getSimpleName()).isEqualTo(type);
    assertThat(refusal.status()).isEqualTo(status);
    assertThat(refusal.error().code()).isEqualTo(code);
    assertThat(refusal.error().reason()).isEqualTo("res.error.some");
    assertThat(refusal.error().message()).startsWith("text");
  }

  @ParameterizedTest(name = "HTTP {0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "401 | AuthenticationException | read key 'k' refused: HTTP 401: check 'auth.token' and 'auth.apiKey.keyManagement'",
        "403 | AuthenticationException | read key 'k' refused: HTTP 403: check 'auth.token' and 'auth.apiKey.keyManagement'",
        "404 | HsmResponseException    | read key 'k' refused: HTTP 404: is 'endpoint' the address of the REST API?",
        "405 | HsmResponseException    | read key 'k' refused: HTTP 405: is 'endpoint' the address of the REST API?",
        "407 | HsmResponseException    | read key 'k' refused: HTTP 407: check 'http.proxyUser' and 'http.proxyPassword'",
        "429 | RateLimitedException    | read key 'k' refused: HTTP 429",
        "500 | HsmResponseException    | read key 'k' refused: HTTP 500",
        "503 | HsmResponseException    | read key 'k' refused: HTTP 503",
      })
  void classifiesByStatusWhereThereIsNoCode(int status, String type, String message) {
    always(SERVICE, aResponse().withStatus(status));
    HsmResponseException refusal = refusal();
    assertThat(refusal.getClass().getSimpleName()).isEqualTo(type);
    assertThat(refusal).hasMessage(message);
    assertThat(refusal.error().code()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html><head><title>502 Bad Gateway</title></head></html>",
        "null",
        "[]",
        "\"text\"",
        "{",
        "{\"errorCode\": \"650\"}",
        "{\"errorCode\": 6.5e2}",
        "{\"errorCode\": 99999999999}",
        "{\"errorCode\": null, \"reason\": 5, \"message\": {\"a\": 1}}",
      })
  void survivesEveryBody(String body) {
    always(SERVICE, aResponse().withStatus(418).withBody(body));
    assertThat(refusal()).hasMessage("read key 'k' refused: HTTP 418");
  }

  @Test
  void survivesBytesThatAreNoText() {
    always(
        SERVICE, aResponse().withStatus(418).withBody(new byte[] {(byte) 0xff, 0, 1, (byte) 0xc3}));
    assertThat(refusal()).hasMessage("read key 'k' refused: HTTP 418");
  }

  @Test
  void tellsTheMessageOfAnErrorWithoutACode() {
    always(SERVICE, json(500, "{\"message\": \"something went wrong\"}"));
    assertThat(refusal()).hasMessage("read key 'k' refused: HTTP 500: something went wrong");
  }

  @Test
  void readsTheErrorsThatTheLiveServiceWasSeenToSend() {
    always(SERVICE, json(404, Golden.text("unknownKey.error.json")));
    assertThat(refusal())
        .isInstanceOf(UnknownKeyException.class)
        .hasMessage(
            "read key 'k' refused: HTTP 404, error 650 (res.error.key.not.existent): Key with name"
                + " NOPE not found");
    always(SERVICE, json(500, Golden.text("unwrapFailed.error.json")));
    assertThat(refusal())
        .hasMessage(
            "read key 'k' refused: HTTP 500, error 701 (res.error.in.hsm): Error unwrapping key");
  }

  @Test
  void putsLongAndManyLinedTextOnOneLineOfBoundedLength() {
    always(SERVICE, error(500, 701, "res.error.in.hsm", "first\\nsecond\\t" + "x".repeat(5000)));
    String message = refusal().getMessage();
    assertThat(message).contains("first second xxx").endsWith("xxx...").hasSizeLessThan(700);
  }

  @Test
  void takesTheTeethOutOfEscapeSequences() {
    always(SERVICE, error(500, 701, "res", "\\u001b[31mred\\u001b[0m\\u0007 \\u202ereversed"));
    assertThat(refusal().error().message()).isEqualTo("?[31mred?[0m? ?reversed");
  }

  @Test
  void saysWhichSettingHoldsTheKeyThatWasRefused() {
    always(SERVICE, error(401, 631, "res.error.invalid.api.key", "Invalid API key"));
    assertThatThrownBy(() -> client.version())
        .hasMessage(
            "read the version refused: HTTP 401, error 631 (res.error.invalid.api.key): Invalid API"
                + " key; check 'auth.apiKey.service'");
    assertThatThrownBy(() -> client.readRequest("1"))
        .hasMessageEndingWith("; check 'auth.apiKey.keyOperation'");
    assertThatThrownBy(() -> client.listKeys())
        .hasMessageEndingWith("; check 'auth.apiKey.keyManagement'");
  }

  @Test
  void saysThatTheTokenWasRefused() {
    always(SERVICE, error(401, 617, "res.error.invalid.access.token", "expired"));
    assertThat(refusal())
        .hasMessage(
            "read key 'k' refused: HTTP 401, error 617 (res.error.invalid.access.token): expired;"
                + " check 'auth.token'");
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void followsNoRedirect(int status) {
    always(
        SERVICE,
        aResponse().withStatus(status).withHeader("Location", SERVICE.url("/somewhere-else")));
    assertThat(refusal())
        .hasMessage(
            "read key 'k' refused: HTTP "
                + status
                + ": is 'endpoint' the address of the REST API?");
    assertThat(ServiceDouble.only(SERVICE).getUrl()).isEqualTo("/v1/key/attributes");
  }
}
