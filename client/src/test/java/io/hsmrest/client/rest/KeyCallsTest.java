package io.hsmrest.client.rest;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.deleteRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
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
import io.hsmrest.client.UnknownKeyException;
import io.hsmrest.client.model.ImportedKey;
import io.hsmrest.client.model.KeyDescription;
import io.hsmrest.client.model.KeyFlags;
import io.hsmrest.client.model.NewKey;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.Policy;
import io.hsmrest.client.model.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bytes of the key operations (contract 2.1). */
class KeyCallsTest {
  private static final Octets APPROVER =
      Octets.ofBase64(
          "MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAESrZBShcM6wK7WaLQIiYnjLpsAMQtZRaAOBesW6U3f262N5v3WZzY"
              + "NMZ/O4Mfbu/A/Ij1RKKqWr7AnSHaK9iSfrRu8oDXKDO3hB2+azs4RQkzJsttcn2+5PTl9gYFESoi");

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
  void createsAnEcKeyWithItsPasswordAsAnArray() throws Exception {
    SERVICE.stubFor(on("POST", "/v1/key").willReturn(json(201, Golden.text("keyAttributes.json"))));
    client.createKey(NewKey.ec("demo-key", "1.3.132.0.10").withPassword(Secret.of("REPLACE")));
    SERVICE.verify(
        postRequestedFor(urlEqualTo("/v1/key"))
            .withHeader("Content-Type", equalTo("application/json"))
            .withHeader("Accept", equalTo("application/json"))
            .withRequestBody(equalToJson(Golden.text("createEcKey.request.json"))));
  }

  @Test
  void createsAnRsaKeyWithoutAPasswordMember() throws Exception {
    SERVICE.stubFor(on("POST", "/v1/key").willReturn(json(201, Golden.text("keyAttributes.json"))));
    client.createKey(NewKey.rsa("demo-key", 2048));
    SERVICE.verify(
        postRequestedFor(urlEqualTo("/v1/key"))
            .withRequestBody(equalToJson(Golden.text("createRsaKey.request.json"))));
  }

  @Test
  void neverSendsAnEmptyPassword() throws Exception {
    SERVICE.stubFor(on("POST", "/v1/key").willReturn(json(201, Golden.text("keyAttributes.json"))));
    client.createKey(NewKey.rsa("demo-key", 2048).withPassword(Secret.of("")));
    SERVICE.verify(
        postRequestedFor(urlEqualTo("/v1/key"))
            .withRequestBody(equalToJson(Golden.text("createRsaKey.request.json"))));
  }

  @Test
  void sendsAPasswordCharacterByCharacterWhateverTheCharacters() throws Exception {
    SERVICE.stubFor(
        on("POST", "/v1/key/attributes").willReturn(json(200, Golden.text("keyAttributes.json"))));
    client.readKey("k", Secret.of("ä\"\\ 漢"));
    SERVICE.verify(
        postRequestedFor(urlEqualTo("/v1/key/attributes"))
            .withRequestBody(
                equalToJson(
                    """
                    {"label": "k", "password": ["ä", "\\"", "\\\\", " ", "漢"]}""")));
  }

  @Test
  void createsAGatedKeyWithItsWholePolicy() throws Exception {
    SERVICE.stubFor(
        on("POST", "/v1/key").willReturn(json(201, Golden.text("gatedKeyAttributes.json"))));
    Policy.Rule rule =
        new Policy.Rule(
            List.of(
                new Policy.Token(
                    "Token1",
                    Duration.ZERO,
                    Duration.ofMinutes(10),
                    List.of(
                        new Policy.Group(
                            "Group1",
                            1,
                            List.of(
                                new Policy.Approver("public_key", "ApproverKey1", APPROVER)))))));
    KeyDescription created =
        client.createKey(
            NewKey.ed25519("TESTKEY2024-08-14_20-02-48.72168016257020")
                .withPolicy(new Policy(rule, rule, rule, rule, false)));
    SERVICE.verify(
        postRequestedFor(urlEqualTo("/v1/key"))
            .withRequestBody(equalToJson(Golden.text("createGatedKey.request.json"))));
    assertThat(created.policy()).isEqualTo(new Policy(rule, rule, rule, rule, false));
    assertThat(created.requiresApproval()).isTrue();
  }

  @Test
  void leavesOutRulesThatAreNotSet() throws Exception {
    SERVICE.stubFor(
        on("POST", "/v1/key").willReturn(json(201, Golden.text("gatedKeyAttributes.json"))));
    client.createKey(NewKey.rsa("k", 3072).withPolicy(new Policy(null, null, null, null, true)));
    SERVICE.verify(
        postRequestedFor(urlEqualTo("/v1/key"))
            .withRequestBody(
                equalToJson(
                    """
                    {"label": "k", "algorithm": "RSA", "keySize": 3072,
                     "attributes": {"decrypt": false, "sign": true, "unwrap": false,
                       "extractable": false, "modifiable": true, "destroyable": true},
                     "policy": {"keyStatus": {"blocked": true}}}""")));
  }

  @Test
  void readsTheAttributesOfAPlainKey() throws Exception {
    SERVICE.stubFor(
        on("POST", "/v1/key/attributes").willReturn(json(200, Golden.text("keyAttributes.json"))));
    KeyDescription key = client.readKey("unwrapped-ec-key", null);
    SERVICE.verify(
        postRequestedFor(urlEqualTo("/v1/key/attributes"))
            .withRequestBody(equalToJson("{\"label\": \"unwrapped-ec-key\"}")));
    assertThat(key.label()).isEqualTo("unwrapped-ec-key");
    assertThat(key.algorithm()).isEqualTo("EC");
    assertThat(key.curveOid()).isEqualTo("1.3.132.0.10");
    assertThat(key.keySizeBits()).isNull();
    assertThat(key.created()).isEqualTo(Instant.parse("2024-11-21T12:05:20Z"));
    assertThat(key.publicKey()).isNotNull().extracting(Octets::size).isEqualTo(88);
    assertThat(key.flags()).isEqualTo(new KeyFlags(true, true, true, false, true, false));
    assertThat(key.policy()).isNull();
    assertThat(key.requiresApproval()).isFalse();
  }

  @Test
  void readsTheAttributesOfAGatedKeyOfANewerService() throws Exception {
    SERVICE.stubFor(
        on("POST", "/v1/key/attributes")
            .willReturn(json(200, Golden.text("gatedKeyAttributes.json"))));
    KeyDescription key = client.readKey("k", null);
    assertThat(key.algorithm()).isEqualTo("ED");
    assertThat(key.curveOid()).isNull();
    assertThat(key.requiresApproval()).isTrue();
  }

  @ParameterizedTest(name = "ruleUse {0}: gated {1}")
  @CsvSource(
      delimiter = '|',
      nullValues = "absent",
      value = {
        "absent                | false",
        "null                  | false",
        "{\"tokens\": []}      | false",
        "{\"tokens\": null}    | true",
        "{}                    | true",
        "{\"tokens\": [{\"name\": null, \"timelock\": 0, \"timeout\": 0, \"groups\": null}]} | false",
        "{\"tokens\": [{\"timelock\": 60, \"timeout\": 0, \"groups\": []}]}                  | true",
      })
  void understandsEveryEchoOfARule(String rule, boolean gated) throws Exception {
    String ruleUse = rule == null ? "" : "\"ruleUse\": " + rule + ", ";
    SERVICE.stubFor(
        on("POST", "/v1/key/attributes")
            .willReturn(
                json(
                    200,
                    """
                    {"json": {"label": "k", "algorithm": "RSA", "attributes": {"sign": true},
                     "policy": {%s "ruleModify": null, "keyStatus": {"blocked": false}}}}"""
                        .formatted(ruleUse))));
    assertThat(client.readKey("k", null).requiresApproval()).isEqualTo(gated);
  }

  @Test
  void understandsAPublicKeyInPem() throws Exception {
    SERVICE.stubFor(
        on("POST", "/v1/key/attributes")
            .willReturn(
                json(
                    200,
                    """
                    {"json": {"label": "k", "algorithm": "RSA", "attributes": {},
                     "publicKey": "-----BEGIN PUBLIC KEY-----\\nAQID\\nBAUG\\n-----END PUBLIC KEY-----\\n"}}
                    """)));
    assertThat(client.readKey("k", null).publicKey())
        .isEqualTo(Octets.of(new byte[] {1, 2, 3, 4, 5, 6}));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"json\": {\"algorithm\": \"RSA\", \"attributes\": {}}} | json.label is missing",
        "{\"json\": {\"label\": 7, \"algorithm\": \"RSA\", \"attributes\": {}}} | json.label is not a string",
        "{\"json\": {\"label\": \"k\", \"algorithm\": \"RSA\"}}   | json.attributes is not a JSON object",
        "{\"json\": []}                                           | json is not a JSON object",
        "{\"json\": {\"label\": \"k\", \"algorithm\": \"RSA\", \"attributes\": {\"sign\": 1}}} | json.attributes.sign is not true or false",
        "{\"json\": {\"label\": \"k\", \"algorithm\": \"RSA\", \"attributes\": {}, \"keySize\": \"2048\"}} | json.keySize is not a whole number",
        "{\"json\": {\"label\": \"k\", \"algorithm\": \"RSA\", \"attributes\": {}, \"publicKey\": \"?\"}} | json.publicKey is not base64",
      })
  void namesThePlaceOfWhatItDoesNotUnderstand(String body, String place) {
    SERVICE.stubFor(on("POST", "/v1/key/attributes").willReturn(json(200, body)));
    assertThatThrownBy(() -> client.readKey("k", null))
        .isInstanceOf(HsmProtocolException.class)
        .hasMessage("HTTP 200 answer of POST /v1/key/attributes." + place);
  }

  @Test
  void listsTheLabels() throws Exception {
    SERVICE.stubFor(
        on("GET", "/v1/key").willReturn(json(200, "[\"b\", \"attestation-key\", \"a/1\"]")));
    assertThat(client.listKeys()).containsExactly("b", "attestation-key", "a/1");
    assertThat(ServiceDouble.only(SERVICE).getBodyAsString()).isEmpty();
  }

  @Test
  void anEmptyPartitionIsAnEmptyList() throws Exception {
    SERVICE.stubFor(on("GET", "/v1/key").willReturn(json(200, "[]")));
    assertThat(client.listKeys()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "null", "[1]", "[null]", "\"k\""})
  void aListThatIsNoneIsNeverAnEmptyOne(String body) {
    SERVICE.stubFor(on("GET", "/v1/key").willReturn(json(200, body)));
    assertThatThrownBy(client::listKeys)
        .isInstanceOf(HsmProtocolException.class)
        .hasMessage("HTTP 200 answer of GET /v1/key is not a list of strings");
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 204})
  void deletesAKey(int status) throws Exception {
    SERVICE.stubFor(on("POST", "/v1/key/deleteKey").willReturn(aResponse().withStatus(status)));
    client.deleteKey("old", Secret.of("pw"));
    SERVICE.verify(
        postRequestedFor(urlEqualTo("/v1/key/deleteKey"))
            .withRequestBody(equalToJson("{\"label\": \"old\", \"password\": [\"p\", \"w\"]}")));
    assertThat(ServiceDouble.arrived(SERVICE)).hasSize(1);
  }

  @ParameterizedTest(name = "HTTP {0} with {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "404 | ''",
        "405 | ''",
        "404 | {\"timestamp\": \"2026-01-31T12:00:00Z\", \"status\": 404, \"error\": \"Not Found\", \"path\": \"/v1/key/deleteKey\"}",
        "405 | <html>Method Not Allowed</html>",
      })
  void fallsBackToTheOlderDelete(int status, String body) throws Exception {
    SERVICE.stubFor(on("POST", "/v1/key/deleteKey").willReturn(json(status, body)));
    SERVICE.stubFor(on("DELETE", "/v1/key/old%20key").willReturn(aResponse().withStatus(200)));
    client.deleteKey("old key", null);
    SERVICE.verify(deleteRequestedFor(urlEqualTo("/v1/key/old%20key")));
  }

  @Test
  void doesNotFallBackWhenTheServiceKnowsTheCall() {
    SERVICE.stubFor(
        on("POST", "/v1/key/deleteKey")
            .willReturn(error(404, 650, "res.error.key.not.existent", "no such key")));
    assertThatThrownBy(() -> client.deleteKey("old", null))
        .isInstanceOf(UnknownKeyException.class)
        .hasMessage(
            "delete key 'old' refused: HTTP 404, error 650 (res.error.key.not.existent):"
                + " no such key");
    assertThat(ServiceDouble.arrived(SERVICE)).hasSize(1);
  }

  @Test
  void importsALoneCertificate() throws Exception {
    SERVICE.stubFor(on("POST", "/v1/key/import/plain").willReturn(aResponse().withStatus(201)));
    client.importKey(ImportedKey.loneCertificate("ca", "RSA", Octets.of(new byte[] {0x30, 1, 0})));
    SERVICE.verify(
        postRequestedFor(urlEqualTo("/v1/key/import/plain"))
            .withRequestBody(
                equalToJson(
                    """
                    {"label": "ca", "algorithm": "RSA", "certificate": "MAEA",
                     "attributes": {"decrypt": false, "sign": true, "unwrap": false,
                       "extractable": false, "modifiable": true, "destroyable": true}}""")));
  }

  @Test
  void importsAKeyPair() throws Exception {
    SERVICE.stubFor(on("POST", "/v1/key/import/plain").willReturn(json(201, "{\"anything\": 1}")));
    client.importKey(
        new ImportedKey(
            "k",
            "EC",
            Octets.of(new byte[] {1}),
            Octets.of(new byte[] {2}),
            null,
            KeyFlags.forSigning().withDestroyable(false)));
    SERVICE.verify(
        postRequestedFor(urlEqualTo("/v1/key/import/plain"))
            .withRequestBody(
                equalToJson(
                    """
                    {"label": "k", "algorithm": "EC", "privateKey": "AQ==", "publicKey": "Ag==",
                     "attributes": {"decrypt": false, "sign": true, "unwrap": false,
                       "extractable": false, "modifiable": true, "destroyable": false}}""")));
  }
}
