package io.hsmrest.client.rest;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static io.hsmrest.client.rest.ServiceDouble.always;
import static io.hsmrest.client.rest.ServiceDouble.error;
import static io.hsmrest.client.rest.ServiceDouble.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.hsmrest.client.ApiKeyRole;
import io.hsmrest.client.CapturedLogs;
import io.hsmrest.client.Clients;
import io.hsmrest.client.HsmClient;
import io.hsmrest.client.HsmClientConfig;
import io.hsmrest.client.HsmConfigurationException;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.HsmResponseException;
import io.hsmrest.client.SecretSource;
import io.hsmrest.client.Settings;
import io.hsmrest.client.VirtualTime;
import io.hsmrest.client.model.ImportedKey;
import io.hsmrest.client.model.KeyFlags;
import io.hsmrest.client.model.NewKey;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.Secret;
import io.hsmrest.client.model.SignRequest;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** Secrets that were planted are nowhere to be found afterwards. */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class SecrecyTest {
  private static final String PLANTED = "PLANTED";
  private static final String TOKEN = "PLANTED-token-eyJhbGciOi.J9";
  private static final String API_KEY = "PLANTED-tsb-x-token_0123";
  private static final String PASSWORD = "PLANTED-key-password";

  @RegisterExtension static final WireMockExtension SERVICE = ServiceDouble.start();

  private CapturedLogs logs;
  private final StringWriter seen = new StringWriter();

  @BeforeEach
  void listen() {
    logs = new CapturedLogs("");
  }

  @AfterEach
  void stopListening() {
    logs.close();
  }

  private void note(Object value) {
    seen.append(String.valueOf(value)).append('\n');
  }

  private void note(Throwable failure) {
    failure.printStackTrace(new PrintWriter(seen, true));
    if (failure instanceof HsmResponseException refusal) {
      note((Object) refusal.error());
    }
  }

  private interface OneCall {
    Object of(HsmClient client) throws HsmException;
  }

  private void call(HsmClient client, OneCall call) {
    try {
      note(call.of(client));
    } catch (HsmException e) {
      note(e);
    }
  }

  private void callEverything(HsmClient client) {
    Secret password = Secret.of(PASSWORD);
    SignRequest sign =
        new SignRequest(
            "k", password, "EDDSA", null, Octets.of(PASSWORD.getBytes(StandardCharsets.UTF_8)));
    note(sign);
    call(client, c -> c.sign(sign));
    call(client, c -> c.readKey("k", password));
    call(client, c -> c.createKey(NewKey.rsa("k", 2048).withPassword(password)));
    call(client, HsmClient::listKeys);
    call(client, HsmClient::version);
    call(
        client,
        c -> {
          c.deleteKey("k", password);
          return "deleted";
        });
  }

  static List<ResponseDefinitionBuilder> answers() {
    return List.of(
        json(200, "[]"),
        json(200, "\"" + TOKEN + "\""),
        json(200, TOKEN),
        json(200, "{\"signature\": \"" + API_KEY + "!\", \"json\": {\"label\": 1}}"),
        error(401, 617, TOKEN, "the token " + TOKEN + " has expired, " + API_KEY + " has not"),
        error(400, 631, "reason", API_KEY),
        error(500, 701, "r", "Bearer " + TOKEN),
        aResponse().withStatus(502).withBody("<html>" + TOKEN + "</html>"),
        aResponse().withStatus(307).withHeader("Location", "http://127.0.0.1:1/" + TOKEN),
        aResponse().withStatus(429).withHeader("Retry-After", API_KEY),
        aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void noAnswerBringsThemOut(ResponseDefinitionBuilder answer) throws Exception {
    always(SERVICE, answer);
    HsmClientConfig config =
        Clients.config(
            Secret.of(PASSWORD),
            SERVICE.baseUrl(),
            "auth.token=" + TOKEN,
            "auth.apiKey.keyManagement=" + API_KEY,
            "auth.apiKey.keyOperation=" + API_KEY,
            "auth.apiKey.service=" + API_KEY,
            "auth.clientKeyStorePassword=storepass:");
    note(config);
    try (HsmClient client = RestClients.open(new VirtualTime(), config)) {
      note(client);
      callEverything(client);
    }
    assertThat(seen.toString()).isNotBlank().doesNotContain(PLANTED);
    assertThat(logs.text()).contains("io.hsmrest.client").doesNotContain(PLANTED);
    assertThat(ServiceDouble.arrived(SERVICE).get(0).getHeader("Authorization")).contains(TOKEN);
  }

  @Test
  void noFailureOfAConnectionBringsThemOut() throws Exception {
    try (HsmClient client =
        RestClients.open(
            "http://127.0.0.1:1",
            "auth.token=" + TOKEN,
            "auth.apiKey.keyManagement=" + API_KEY,
            "http.proxy=127.0.0.1:1",
            "http.proxyUser=user",
            "http.proxyPassword=PLANTED-proxy-password")) {
      callEverything(client);
    }
    assertThat(seen.toString()).contains("connection refused").doesNotContain(PLANTED);
    assertThat(logs.text()).isNotBlank().doesNotContain(PLANTED);
  }

  @Test
  void noConfigurationErrorBringsThemOut() {
    List.of(
            "auth.tokn=" + TOKEN,
            "auth.token=" + TOKEN + "\nhttp.deadline=soon",
            "auth.apiKey.service=" + API_KEY + "\nretry.maxAttempts=0",
            "http.proxy=me:" + PASSWORD + "@proxy:8080",
            "http.proxyPassword=" + PASSWORD,
            "auth.clientKeyStorePassword=" + PASSWORD + "\napproval.poll=1s",
            "endpoint=https://me:" + PASSWORD + "@host")
        .forEach(
            line -> {
              try {
                note(Clients.config("http://host", line));
              } catch (HsmConfigurationException e) {
                note(e);
              }
            });
    assertThat(seen.toString())
        .contains("unknown setting 'auth.tokn'; did you mean 'auth.token'?")
        .contains("test.properties: http.deadline: 'soon' is not a duration")
        .doesNotContain(PLANTED);
  }

  @Test
  void nothingThatCarriesThemPrintsThem() throws Exception {
    Settings settings = Clients.settings("auth.token=" + TOKEN, "endpoint=http://host");
    note(settings);
    note(SecretSource.of("auth.token", TOKEN));
    note(Secret.of(PASSWORD));
    note(NewKey.rsa("k", 2048).withPassword(Secret.of(PASSWORD)));
    Octets key = Octets.of(PASSWORD.getBytes(StandardCharsets.UTF_8));
    note(new ImportedKey("k", "RSA", key, null, null, KeyFlags.forSigning()));
    note(
        Call.once(
            "create",
            "/v1/key",
            ApiKeyRole.KEY_MANAGEMENT,
            RequestBodies.labelled("k", Secret.of(PASSWORD))));
    note(
        new HttpTransport.Request(
            "GET",
            URI.create("http://host/v1/key"),
            Map.of("Authorization", "Bearer " + TOKEN),
            key,
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            true,
            null));
    note(new HttpTransport.Answer(200, key, null));
    assertThat(seen.toString()).contains("(secret)").doesNotContain(PLANTED).doesNotContain("P, L");
  }

  @Test
  void theHttpLibraryLogsNothing() throws Exception {
    always(SERVICE, json(200, "[]"));
    try (HsmClient client = RestClients.open(SERVICE.baseUrl(), "auth.token=" + TOKEN)) {
      client.listKeys();
    }
    assertThat(LoggerFactory.getILoggerFactory().getClass().getName())
        .isEqualTo("org.slf4j.helpers.NOPLoggerFactory");
    assertThat(logs.text()).doesNotContain("org.apache");
  }
}
