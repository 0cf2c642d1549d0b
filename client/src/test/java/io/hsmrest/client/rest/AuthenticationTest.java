package io.hsmrest.client.rest;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static io.hsmrest.client.rest.ServiceDouble.arrived;
import static io.hsmrest.client.rest.ServiceDouble.error;
import static io.hsmrest.client.rest.ServiceDouble.json;
import static io.hsmrest.client.rest.ServiceDouble.withKey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.hsmrest.client.AuthenticationException;
import io.hsmrest.client.Clients;
import io.hsmrest.client.Golden;
import io.hsmrest.client.HsmClient;
import io.hsmrest.client.HsmConfigurationException;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.HsmResponseException;
import io.hsmrest.client.RawServer;
import io.hsmrest.client.VirtualTime;
import io.hsmrest.client.model.ImportedKey;
import io.hsmrest.client.model.NewKey;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.RequestMetadata;
import io.hsmrest.client.model.RequestState;
import io.hsmrest.client.model.Secret;
import io.hsmrest.client.model.SignRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens and API keys (contract 1.3). */
class AuthenticationTest {
  private static final SignRequest SIGN =
      new SignRequest("k", null, "EDDSA", null, Octets.of(new byte[] {1}));
  private static final ResponseDefinitionBuilder WRONG_KEY =
      error(401, 631, "res.error.invalid.api.key", "Invalid API key");

  @RegisterExtension static final WireMockExtension SERVICE = ServiceDouble.start();

  @TempDir Path folder;

  private static List<String> apiKeys() {
    return arrived(SERVICE).stream().map(request -> request.getHeader("X-API-KEY")).toList();
  }

  private static List<String> tokens() {
    return arrived(SERVICE).stream().map(request -> request.getHeader("Authorization")).toList();
  }

  @Test
  void sendsNothingWhenNothingIsSet() throws Exception {
    ServiceDouble.always(SERVICE, json(200, "[]"));
    try (HsmClient client = RestClients.open(SERVICE.baseUrl())) {
      client.listKeys();
    }
    assertThat(ServiceDouble.only(SERVICE).containsHeader("Authorization")).isFalse();
    assertThat(ServiceDouble.only(SERVICE).containsHeader("X-API-KEY")).isFalse();
    assertThat(ServiceDouble.only(SERVICE).containsHeader("Cookie")).isFalse();
  }

  @Test
  void sendsTheTokenWithEveryCall() throws Exception {
    ServiceDouble.always(SERVICE, json(200, "{\"signature\": \"AQID\"}"));
    try (HsmClient client = RestClients.open(SERVICE.baseUrl(), "auth.token=header.payload.sig")) {
      client.sign(SIGN);
      client.sign(SIGN);
    }
    assertThat(tokens()).containsOnly("Bearer header.payload.sig").hasSize(2);
  }

  @Test
  void theTokenMayBeTheStorePassword() throws Exception {
    ServiceDouble.always(SERVICE, json(200, "[]"));
    try (HsmClient client =
        RestClients.open(
            new VirtualTime(),
            Clients.config(Secret.of("typed"), SERVICE.baseUrl(), "auth.token=storepass:"))) {
      client.listKeys();
    }
    assertThat(tokens()).containsExactly("Bearer typed");
  }

  @Test
  void withoutAStorePasswordNothingIsSent() throws Exception {
    try (HsmClient client = RestClients.open(SERVICE.baseUrl(), "auth.token=storepass:")) {
      assertThatThrownBy(client::listKeys)
          .isInstanceOf(HsmConfigurationException.class)
          .hasMessage(
              "test.properties: auth.token: storepass: stands for the key store password, and none"
                  + " was given");
    }
    assertThat(arrived(SERVICE)).isEmpty();
  }

  private interface OneCall {
    void of(HsmClient client) throws HsmException;
  }

  static List<Arguments> rolesOfCalls() {
    return List.of(
        Arguments.of("management", (OneCall) HsmClient::listKeys),
        Arguments.of("management", (OneCall) client -> client.readKey("k", null)),
        Arguments.of("management", (OneCall) client -> client.deleteKey("k", null)),
        Arguments.of("management", (OneCall) client -> client.createKey(NewKey.ed25519("k"))),
        Arguments.of(
            "management",
            (OneCall)
                client ->
                    client.importKey(
                        ImportedKey.loneCertificate("k", "RSA", Octets.of(new byte[1])))),
        Arguments.of("operation", (OneCall) client -> client.sign(SIGN)),
        Arguments.of(
            "operation", (OneCall) client -> client.submitSign(SIGN, RequestMetadata.none())),
        Arguments.of("operation", (OneCall) client -> client.readCertificate("k")),
        Arguments.of("operation", (OneCall) client -> client.deleteCertificate("k")),
        Arguments.of(
            "operation", (OneCall) client -> client.importCertificate("k", Octets.of(new byte[1]))),
        Arguments.of("operation", (OneCall) client -> client.readRequest("r")),
        Arguments.of("operation", (OneCall) client -> client.cancelRequest("r")),
        Arguments.of(
            "operation", (OneCall) client -> client.listRequests(Set.of(RequestState.PENDING))),
        Arguments.of("service", (OneCall) HsmClient::version));
  }

  @ParameterizedTest(name = "call {index} takes the {0} key")
  @MethodSource("rolesOfCalls")
  void eachCallTakesTheKeyOfItsRole(String key, OneCall call) throws Exception {
    ServiceDouble.always(SERVICE, error(418, 0, "", ""));
    try (HsmClient client =
        RestClients.open(
            SERVICE.baseUrl(),
            "auth.apiKey.keyManagement=management",
            "auth.apiKey.keyOperation=operation",
            "auth.apiKey.service=service",
            "auth.apiKey.approver=approver",
            "retry.maxAttempts=1")) {
      assertThatThrownBy(() -> call.of(client)).isInstanceOf(HsmResponseException.class);
    }
    assertThat(apiKeys()).containsOnly(key);
  }

  private static void onlyAccepts(String apiKey) {
    SERVICE.stubFor(any(anyUrl()).willReturn(WRONG_KEY).atPriority(9));
    SERVICE.stubFor(withKey(any(anyUrl()), apiKey).willReturn(json(200, "[]")));
  }

  @Test
  void triesTheKeysOfARoleInTurn() throws Exception {
    onlyAccepts("third");
    try (HsmClient client =
        RestClients.open(SERVICE.baseUrl(), "auth.apiKey.keyManagement = first, second, third")) {
      client.listKeys();
    }
    assertThat(apiKeys()).containsExactly("first", "second", "third");
  }

  @Test
  void beginsWithTheKeyThatWasAcceptedLast() throws Exception {
    onlyAccepts("second");
    try (HsmClient client =
        RestClients.open(SERVICE.baseUrl(), "auth.apiKey.keyManagement=first,second,third")) {
      client.listKeys();
      client.listKeys();
      SERVICE.resetAll();
      onlyAccepts("first");
      client.listKeys();
    }
    assertThat(apiKeys()).containsExactly("second", "third", "first");
  }

  @Test
  void failsWhenNoKeyIsLeft() throws Exception {
    onlyAccepts("another");
    try (HsmClient client =
        RestClients.open(SERVICE.baseUrl(), "auth.apiKey.keyManagement=first,second")) {
      assertThatThrownBy(client::listKeys)
          .isInstanceOf(AuthenticationException.class)
          .hasMessage(
              "list keys refused: HTTP 401, error 631 (res.error.invalid.api.key): Invalid API key;"
                  + " check 'auth.apiKey.keyManagement'");
    }
    assertThat(apiKeys()).containsExactly("first", "second");
  }

  @ParameterizedTest(name = "HTTP {0}, code {1}")
  @CsvSource({"400, 631", "403, 631", "401, 416", "401, 0"})
  void aKeyIsRefusedByCodeOrByStatus(int status, int code) throws Exception {
    SERVICE.stubFor(any(anyUrl()).willReturn(error(status, code, "r", "m")).atPriority(9));
    SERVICE.stubFor(withKey(any(anyUrl()), "second").willReturn(json(200, "[]")));
    try (HsmClient client =
        RestClients.open(SERVICE.baseUrl(), "auth.apiKey.keyManagement=first,second")) {
      client.listKeys();
    }
    assertThat(apiKeys()).containsExactly("first", "second");
  }

  @ParameterizedTest(name = "HTTP {0}, code {1}")
  @CsvSource({"403, 450", "403, 0", "404, 650", "400, 600"})
  void otherRefusalsAreNoReasonForAnotherKey(int status, int code) throws Exception {
    ServiceDouble.always(SERVICE, error(status, code, "r", "m"));
    try (HsmClient client =
        RestClients.open(SERVICE.baseUrl(), "auth.apiKey.keyManagement=first,second")) {
      assertThatThrownBy(client::listKeys).isInstanceOf(HsmResponseException.class);
    }
    assertThat(apiKeys()).containsExactly("first");
  }

  @Test
  void aCreationRefusedForItsKeyIsSentWithTheNext() throws Exception {
    SERVICE.stubFor(any(anyUrl()).willReturn(WRONG_KEY).atPriority(9));
    SERVICE.stubFor(
        withKey(any(anyUrl()), "second").willReturn(json(201, Golden.text("sign.json"))));
    try (HsmClient client =
        RestClients.open(SERVICE.baseUrl(), "auth.apiKey.keyOperation=first,second")) {
      client.submitSign(SIGN, RequestMetadata.none());
    }
    assertThat(apiKeys()).containsExactly("first", "second");
  }

  @Test
  void readsTheTokenFileForEachCall() throws Exception {
    Path file = Files.writeString(folder.resolve("token"), "  old-token \n");
    ServiceDouble.always(SERVICE, json(200, "[]"));
    try (HsmClient client = RestClients.open(SERVICE.baseUrl(), "auth.token=file:" + file)) {
      client.listKeys();
      Files.writeString(file, "new-token");
      client.listKeys();
    }
    assertThat(tokens()).containsExactly("Bearer old-token", "Bearer new-token");
  }

  /** Refuses once, changing the file before it answers, and then looks at what comes. */
  private static RawServer refusing(Path tokenFile, String answer, List<String> seen)
      throws IOException {
    return new RawServer(
        connection -> {
          for (String request = connection.readRequest();
              request != null;
              request = connection.readRequest()) {
            seen.add(
                request
                    .lines()
                    .filter(line -> line.startsWith("Authorization: Bearer "))
                    .map(line -> line.substring(22))
                    .findFirst()
                    .orElse("none"));
            if (seen.size() == 1) {
              Files.writeString(tokenFile, "new-token");
              connection.answer(401, answer);
            } else {
              connection.answer(seen.get(1).equals("new-token") ? 200 : 401, "[]");
            }
          }
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>Jwt is expired</html>",
        "{\"errorCode\": 617, \"reason\": \"res.error.invalid.access.token\"}",
        "{\"errorCode\": 406, \"reason\": \"res.error.missing.access.token\"}",
        "{\"errorCode\": 618, \"reason\": \"res.error.insufficient.login.information\"}",
      })
  void readsTheTokenFileAgainOnceWhenTheTokenIsRefused(String refusal) throws Exception {
    Path file = Files.writeString(folder.resolve("token"), "old-token");
    List<String> seen = new CopyOnWriteArrayList<>();
    try (RawServer server = refusing(file, refusal, seen);
        HsmClient client = RestClients.open(server.url(), "auth.token=file:" + file)) {
      assertThat(client.listKeys()).isEmpty();
    }
    assertThat(seen).containsExactly("old-token", "new-token");
  }

  @Test
  void aRenewedTokenDoesNotUseUpTheApiKeys() throws Exception {
    Path file = Files.writeString(folder.resolve("token"), "old-token");
    List<String> seen = new CopyOnWriteArrayList<>();
    try (RawServer server = refusing(file, "", seen);
        HsmClient client =
            RestClients.open(
                server.url(),
                "auth.token=file:" + file,
                "auth.apiKey.keyManagement=good-key,other-key")) {
      client.listKeys();
    }
    assertThat(seen).containsExactly("old-token", "new-token");
  }

  @Test
  void theTokenIsReadAgainOnceEvenWhenItKeepsChanging() throws Exception {
    Path file = Files.writeString(folder.resolve("token"), "token-0");
    AtomicInteger refused = new AtomicInteger();
    try (RawServer server =
            new RawServer(
                connection -> {
                  while (connection.readRequest() != null) {
                    Files.writeString(file, "token-" + refused.incrementAndGet());
                    connection.answer(401, "");
                  }
                });
        HsmClient client = RestClients.open(server.url(), "auth.token=file:" + file)) {
      assertThatThrownBy(client::listKeys).isInstanceOf(AuthenticationException.class);
    }
    assertThat(refused).hasValue(2);
  }

  @Test
  void certificatesTakeTheKeyForManagementWhenTheOneForOperationsIsRefused() throws Exception {
    SERVICE.stubFor(any(anyUrl()).willReturn(WRONG_KEY).atPriority(9));
    SERVICE.stubFor(
        withKey(any(anyUrl()), "management").willReturn(json(200, "{\"certificate\": \"MAEA\"}")));
    try (HsmClient client =
        RestClients.open(
            SERVICE.baseUrl(),
            "auth.apiKey.keyManagement=management",
            "auth.apiKey.keyOperation=operation")) {
      assertThat(client.readCertificate("k")).isPresent();
      assertThat(client.readCertificate("k")).isPresent();
      // Other operations never do.
      assertThatThrownBy(() -> client.sign(SIGN)).isInstanceOf(AuthenticationException.class);
    }
    assertThat(apiKeys()).containsExactly("operation", "management", "management", "operation");
  }

  @Test
  void aTokenThatHasNotChangedIsNotSentAgain() throws Exception {
    Path file = Files.writeString(folder.resolve("token"), "same");
    ServiceDouble.always(SERVICE, error(401, 617, "res.error.invalid.access.token", "expired"));
    try (HsmClient client = RestClients.open(SERVICE.baseUrl(), "auth.token=file:" + file)) {
      assertThatThrownBy(client::listKeys).isInstanceOf(AuthenticationException.class);
    }
    assertThat(arrived(SERVICE)).hasSize(1);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "auth.token                | two\\u0020words",
        "auth.apiKey.keyManagement | line\\nX-Injected: yes",
        "auth.token                | \\u00fcmlaut",
      })
  void aSecretThatFitsIntoNoHeaderIsRefusedWithoutShowingIt(String setting, String secret)
      throws Exception {
    try (HsmClient client = RestClients.open(SERVICE.baseUrl(), setting + "=" + secret)) {
      assertThatThrownBy(client::listKeys)
          .isInstanceOf(HsmConfigurationException.class)
          .hasMessage(
              setting
                  + ": the secret holds blanks, line breaks or other characters no header can"
                  + " hold");
    }
    assertThat(arrived(SERVICE)).isEmpty();
  }
}
