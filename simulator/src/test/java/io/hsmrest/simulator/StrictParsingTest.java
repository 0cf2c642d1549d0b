package io.hsmrest.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.simulator.Caller.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with a body is answered as contract 4.2 says. */
class StrictParsingTest {
  private static final String CANNOT_PARSE = "Invalid request. Cannot parse json string";

  @RegisterExtension static final HsmSimulatorExtension HSM = new HsmSimulatorExtension();

  @RegisterExtension
  static final HsmSimulatorExtension LENIENT =
      new HsmSimulatorExtension(builder -> builder.settings("{\"lenient\": true}"));

  private Caller caller;

  @BeforeEach
  void connect() {
    caller = new Caller(HSM.simulator());
    caller.post("/v1/key", Bodies.ecKey("k")).ok();
  }

  private void assertRefused(Answer answer, String message) {
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.errorCode()).isEqualTo(600);
    assertThat(answer.member("reason")).isEqualTo("res.error.input.validation.failed");
    assertThat(answer.message()).isEqualTo(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          `payload`: ``                      | 'signRequest.payload' must not be empty
          `payload`: null                    | 'signRequest.payload' must not be empty
          `payload`: `not base64`            | 'signRequest.payload' is not a valid base64 encoded value
          `payload`: `QQ`                    | 'signRequest.payload' is not a valid base64 encoded value
          `payload`: `QUJD\\nREVG`           | 'signRequest.payload' is not a valid base64 encoded value
          `payload`: {}                      | Invalid request. Cannot parse json string
          `payload`: [`QQ==`]                | Invalid request. Cannot parse json string
          `signKeyName`: ``                  | 'signRequest.signKeyName' must not be empty
          `signatureAlgorithm`: null         | 'signRequest.signatureAlgorithm' must not be null
          `signatureAlgorithm`: `SHA257`     | Value 'SHA257' is not valid for field signRequest
          `payloadType`: `WORD`              | Value 'WORD' is not valid for field signRequest
          `signatureType`: `PEM`             | Value 'PEM' is not valid for field signRequest
          `keyPassword`: [`ab`]              | Invalid request. Cannot parse json string
          `keyPassword`: 5                   | Invalid request. Cannot parse json string
          `signKeyNames`: `k`                | Invalid request. Cannot parse json string
          `signedApprovals`: [`?`]           | 'signRequest.signedApprovals[0]' is not a valid base64 encoded value
          """)
  void aFieldOfASignRequestIsWrong(String field, String message) {
    String name = field.substring(0, field.indexOf(':'));
    String[] right = {
      "`payload`: `QQ==`", "`signKeyName`: `k`", "`signatureAlgorithm`: `SHA256_WITH_ECDSA`"
    };
    StringBuilder body = new StringBuilder(field);
    for (String member : right) {
      if (!member.startsWith(name + ":")) {
        body.append(", ").append(member);
      }
    }
    assertRefused(caller.post("/v1/synchronousSign", "{`signRequest`: {" + body + "}}"), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          `label`: ``                        | 'label' must not be empty
          `attributes`: null                 | 'attributes' must not be null
          `attributes`: {`sign`: true, `decrypt`: true} | 'attributes.unwrap' must not be null
          `attributes`: {`sign`: `maybe`, `decrypt`: true, `unwrap`: true} | Value 'maybe' is not valid for field attributes
          `keySize`: `big`                   | Value 'big' is not valid for field keySize
          `keySize`: 99999999999             | Invalid request. Cannot parse json string
          `neverExtractable`: true           | Invalid request. Cannot parse json string
          `algorithm`: `ROT13`               | Unsupported algorithm: 'ROT13'
          `policy`: {`ruleUse`: null}        | 'policy.keyStatus' must not be null
          `policy`: {`keyStatus`: {`blocked`: false}, `ruleUse`: {`tokens`: [{`timelock`: 0, `timeout`: 90, `groups`: null}]}} | 'policy.ruleUse.tokens[0].timeout' seconds must represent full minutes
          """)
  void aFieldOfAKeyIsWrong(String field, String message) {
    String name = field.substring(0, field.indexOf(':'));
    String[] right = {
      "`label`: `new`",
      "`algorithm`: `AES`",
      "`keySize`: 256",
      "`attributes`: {`sign`: true, `decrypt`: true, `unwrap`: false}"
    };
    StringBuilder body = new StringBuilder(field);
    for (String member : right) {
      if (!member.startsWith(name + ":")) {
        body.append(", ").append(member);
      }
    }
    assertRefused(caller.post("/v1/key", "{" + body + "}"), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {`label`: `k`,}     | Invalid request. Cannot parse json string
          {`label`: `k`       | Invalid request. Cannot parse json string
          [`k`]               | Invalid request. Cannot parse json string
          `k`                 | Invalid request. Cannot parse json string
          null                | Invalid request. See log for details.
          {}                  | 'label' must not be empty
          {`label`: `k`} x    | Invalid request. Cannot parse json string
          """)
  void aBodyIsNoObject(String body, String message) {
    assertRefused(caller.post("/v1/key/attributes", body), message);
  }

  @Test
  void aBodyIsMissing() {
    assertRefused(
        caller.send("POST", "/v1/key/attributes", null), "Invalid request. See log for details.");
  }

  @Test
  void anUnknownPropertyGoesBeforeAMissingOne() {
    assertRefused(caller.post("/v1/key/attributes", "{`label`: ``, `x`: 1}"), CANNOT_PARSE);
  }

  @Test
  void onlyTheFirstFailingFieldIsReported() {
    assertRefused(
        caller.post("/v1/synchronousSign", "{`signRequest`: {}}"),
        "'signRequest.payload' must not be empty");
  }

  @Test
  void theLenientSwitchPassesUnknownPropertiesOver() {
    Caller lenient = new Caller(LENIENT.simulator());
    lenient.post("/v1/key", Bodies.ecKey("k")).ok();
    lenient.post("/v1/key/attributes", "{`label`: `k`, `x`: 1}").ok();
  }

  @Test
  void aPasswordIsAnArrayOfCharactersOrAText() {
    caller.post("/v1/key", Bodies.ecKey("p").replaceFirst("\\{", "{`password`: [`a`, `b`], ")).ok();
    caller.post("/v1/key/attributes", "{`label`: `p`, `password`: `ab`}").ok();
    caller.post("/v1/key/attributes", "{`label`: `p`, `password`: [`a`, `b`]}").ok();
    for (String password : new String[] {"null", "`ba`", "[]", "``"}) {
      Answer answer =
          caller.post("/v1/key/attributes", "{`label`: `p`, `password`: " + password + "}");
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.errorCode()).isEqualTo(620);
    }
  }

  @Test
  void crossFieldRulesHaveTheirOwnMessages() {
    String start = "{`label`: `i`, `algorithm`: `AES`, ";
    String attributes = "`attributes`: {`sign`: false, `decrypt`: true, `unwrap`: false}, ";
    assertRefused(
        caller.post(
            "/v1/key/import/plain",
            start + attributes + "`secretKey`: `QQ==`, `privateKey`: `QQ==`}"),
        "'privateKey' must be empty when 'secretKey' has a value.");
    assertRefused(
        caller.post(
            "/v1/key/import/plain",
            start + attributes + "`publicKey`: `QQ==`, `certificate`: `QQ==`}"),
        "'certificate' must be empty when 'publicKey' has a value.");
  }

  @Test
  void pemHeadersAreTakenOutOfBase64ButLineBreaksAreNot() {
    String spki =
        caller
            .post("/v1/key/attributes", "{`label`: `k`}")
            .ok()
            .body()
            .at("/json/publicKey")
            .asText();
    String body =
        "{`label`: `lone`, `algorithm`: `EC`, `publicKey`: `-----BEGIN PUBLIC KEY-----%s%s%s"
            + "-----END PUBLIC KEY-----`, `attributes`:"
            + " {`sign`: false, `decrypt`: true, `unwrap`: false}}";
    assertRefused(
        caller.post("/v1/key/import/plain", body.formatted("\\n", spki, "\\n")),
        "'publicKey' is not a valid base64 encoded value");
    caller.post("/v1/key/import/plain", body.formatted("", spki, "")).ok();
  }

  @Test
  void approversTimestampsAreIsoTimes() {
    assertRefused(
        caller.post(
            "/v1/filteredSignApprovalTask",
            """
            {"timestamp": "yesterday", "timestampSignature": "QQ==",
             "timestampDigestAlgorithm": "SHA-256", "approverPublicKey": "QQ=="}
            """),
        "'timestamp' is not a valid ISO-8601 timestamp");
    assertRefused(
        caller.post(
            "/v1/filteredSignApprovalTask",
            """
            {"timestamp": "2026-01-31T12:00:00Z", "timestampSignature": "QQ==",
             "timestampDigestAlgorithm": "SHA-256"}
            """),
        "Either PublicKey or Certificate must be provided");
  }

  @Test
  void whatSpringAnswersBeforeTheServiceDoes() {
    Answer unknown = caller.get("/v1/systemTime");
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.member("path")).isEqualTo("/v1/systemTime");
    assertThat(unknown.body().has("errorCode")).isFalse();
    Answer method = caller.send("PUT", "/v1/key", null);
    assertThat(method.status()).isEqualTo(405);
    assertThat(method.response().headers().firstValue("Allow")).hasValue("GET, POST");
    Answer type = caller.send("POST", "/v1/key", "label=k", "Content-Type", "text/plain");
    assertThat(type.status()).isEqualTo(415);
  }

  @Test
  void whatIsLeftOutSaysSo() {
    for (String path :
        new String[] {"importedKey", "derivedKey", "key/address", "key/keyAttestation"}) {
      Answer answer = caller.post("/v1/" + path, "{}");
      assertThat(answer.status()).isEqualTo(501);
      assertThat(answer.errorCode()).isEqualTo(101);
    }
  }
}
