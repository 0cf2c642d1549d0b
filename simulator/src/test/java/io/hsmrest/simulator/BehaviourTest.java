package io.hsmrest.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hsmrest.simulator.Caller.Answer;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each setting for a point that the contract does not know (section 8). */
class BehaviourTest {
  private static void with(String behaviour, Consumer<Caller> test) {
    withSettings("{\"behaviour\": {" + behaviour.replace('`', '"') + "}}", test);
  }

  private static void withSettings(String settings, Consumer<Caller> test) {
    try (HsmSimulator simulator = HsmSimulator.builder().settings(settings).start()) {
      test.accept(new Caller(simulator));
    }
  }

  @ParameterizedTest
  @CsvSource({"documented, 201, 200", "ok, 200, 200", "created, 201, 201"})
  void u1_statusOfPosts(String setting, int creation, int signature) {
    with(
        "`successStatus`: `" + setting + "`",
        caller -> {
          assertThat(caller.post("/v1/key", Bodies.ecKey("k")).status()).isEqualTo(creation);
          assertThat(caller.post("/v1/synchronousSign", Bodies.sign("k", "p")).status())
              .isEqualTo(signature);
          assertThat(caller.get("/v1/key").status()).isEqualTo(200);
        });
  }

  @ParameterizedTest
  @CsvSource({"200", "204"})
  void u1_statusOfDeletes(int status) {
    with(
        "`deleteStatus`: " + status,
        caller -> {
          caller.post("/v1/key", Bodies.ecKey("k")).ok();
          assertThat(caller.delete("/v1/key/k").status()).isEqualTo(status);
        });
  }

  @ParameterizedTest
  @CsvSource({"raw, 64, -1", "octet_string, 66, 4", "bit_string, 67, 3", "sequence, -1, 48"})
  void u4_encodingOfEddsa(String setting, int length, int firstByte) {
    with(
        "`eddsaEncoding`: `" + setting + "`",
        caller -> {
          byte[] signature = eddsa(caller, "");
          if (length > 0) {
            assertThat(signature).hasSize(length);
          }
          if (firstByte > 0) {
            assertThat(signature[0]).isEqualTo((byte) firstByte);
          }
          assertThat(eddsa(caller, ", `signatureType`: `RAW`")).hasSize(64);
        });
  }

  @Test
  void u4_rawMayBeRefusedOnEdKeys() {
    with(
        "`eddsaRawRefused`: true",
        caller -> {
          caller.post("/v1/key", edKey()).ok();
          Answer answer = caller.post("/v1/synchronousSign", eddsaBody(", `signatureType`: `RAW`"));
          assertThat(answer.status()).isEqualTo(400);
          assertThat(answer.errorCode()).isEqualTo(635);
        });
  }

  private static String edKey() {
    return Bodies.key("ed", "ED").replace("`ED`", "`ED`, `curveOid`: `1.3.101.112`");
  }

  private static String eddsaBody(String more) {
    return "{`signRequest`: {`payload`: `QQ==`, `signKeyName`: `ed`, `signatureAlgorithm`:"
        + " `EDDSA`"
        + more
        + "}}";
  }

  private static byte[] eddsa(Caller caller, String more) {
    caller.post("/v1/key", edKey());
    Answer answer = caller.post("/v1/synchronousSign", eddsaBody(more)).ok();
    return Base64.getDecoder().decode(answer.member("signature"));
  }

  @ParameterizedTest
  @CsvSource({
    "either,              true,  true",
    "common_name,         true,  false",
    "standard_attributes, false, true"
  })
  void u6_subjectOfSelfSigning(String setting, boolean commonName, boolean attributes) {
    with(
        "`certificateSubject`: `" + setting + "`",
        caller -> {
          caller.post("/v1/key", Bodies.ecKey("k")).ok();
          String path = "/v1/certificate/synchronous/selfsign";
          String body = Bodies.selfSign("k", "SHA256_WITH_ECDSA");
          assertThat(caller.post(path, body).status()).isEqualTo(commonName ? 200 : 400);
          String newer =
              body.replace(
                  "`commonName`: `k`", "`standardCertificateAttributes`: {`commonName`: `k`}");
          assertThat(caller.post(path, newer).status()).isEqualTo(attributes ? 200 : 400);
        });
  }

  @ParameterizedTest
  @CsvSource({"invalid_certificate, 400, 402", "key_not_existent, 404, 650"})
  void u9_aKeyWithoutCertificate(String setting, int status, int code) {
    with(
        "`missingCertificate`: `" + setting + "`",
        caller -> {
          caller.post("/v1/key", Bodies.ecKey("k")).ok();
          Answer answer = caller.get("/v1/certificate/k");
          assertThat(answer.status()).isEqualTo(status);
          assertThat(answer.errorCode()).isEqualTo(code);
        });
  }

  @ParameterizedTest
  @CsvSource({"2.5.1, true", "2.2.0, false"})
  void u11_requestedExtensionsCameAfter22(String version, boolean present) {
    withSettings(
        "{\"version\": \"" + version + "\"}",
        caller -> {
          caller.post("/v1/key", Bodies.ecKey("k")).ok();
          caller
              .post(
                  "/v1/certificate/synchronous/selfsign", Bodies.selfSign("k", "SHA256_WITH_ECDSA"))
              .ok();
          String request =
              caller
                  .post(
                      "/v1/certificate/synchronous/request",
                      "{`signKeyName`: `k`, `signatureAlgorithm`: `SHA256_WITH_ECDSA`,"
                          + " `standardCertificateAttributes`: {`commonName`: `leaf`}}")
                  .ok()
                  .member("certificateSigningRequest");
          String pem =
              caller
                  .post(
                      "/v1/certificate/synchronous/sign",
                      "{`signKeyName`: `k`, `signatureAlgorithm`: `SHA256_WITH_ECDSA`,"
                          + " `commonName`: `leaf`, `keyUsage`: [`DIGITAL_SIGNATURE`],"
                          + " `certificateSigningRequest`: `"
                          + request.replace("\n", "\\n")
                          + "`}")
                  .ok()
                  .member("certificate");
          assertThat(keyUsage(pem) != null).isEqualTo(present);
        });
  }

  private static boolean @Nullable [] keyUsage(String pem) {
    try {
      return ((X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(
                      new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII))))
          .getKeyUsage();
    } catch (CertificateException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @CsvSource({"true_text, true", "pem, -----BEGIN CERTIFICATE-----", "base64, MII"})
  void u12_resultOfSelfSigning(String setting, String start) {
    with(
        "`selfSignResult`: `" + setting + "`",
        caller -> {
          caller.post("/v1/key", Bodies.ecKey("k")).ok();
          String id =
              caller
                  .post(
                      "/v1/certificate/selfsign",
                      "{`selfSignCertificateRequest`: "
                          + Bodies.selfSign("k", "SHA256_WITH_ECDSA")
                          + "}")
                  .ok()
                  .member("signRequestId");
          String result = caller.get("/v1/request/" + id).ok().member("result");
          assertThat(result.startsWith(start) || start.equals("MII") && result.startsWith("MI"))
              .isTrue();
        });
  }

  @ParameterizedTest
  @CsvSource({"PATCH, 404, 405", "DELETE, 405, 404"})
  void u14_methodOfRejections(String only, int patch, int delete) {
    withSettings(
        "{\"behaviour\": {\"rejectMethods\": [\"" + only + "\"]}}",
        caller -> {
          try (HsmSimulator clock = HsmSimulator.start()) {
            TestApprover alice = TestApprover.ec("alice", clock);
            String body =
                "{\"id\": \"00000000-0000-0000-0000-000000000000\", "
                    + alice.authentication()
                    + "}";
            String[] json = {"Content-Type", "application/json"};
            assertThat(caller.send("PATCH", "/v1/task", body, json).status()).isEqualTo(patch);
            assertThat(caller.send("DELETE", "/v1/task", body, json).status()).isEqualTo(delete);
          }
        });
  }

  @Test
  void u15_aResultMayBeHandedOutOnce() {
    with(
        "`resultOnce`: true",
        caller -> {
          caller.post("/v1/key", Bodies.ecKey("k")).ok();
          String id = caller.post("/v1/sign", Bodies.sign("k", "p")).ok().member("signRequestId");
          assertThat(caller.get("/v1/request/" + id).body().path("result").isNull()).isFalse();
          assertThat(caller.get("/v1/request/" + id).body().path("result").isNull()).isTrue();
        });
  }

  @ParameterizedTest
  @CsvSource({"2.5.1, 200", "2.2.0, 405"})
  void u16_deletingByPostCameAfter22(String version, int status) {
    withSettings(
        "{\"version\": \"" + version + "\"}",
        caller -> {
          caller.post("/v1/key", Bodies.ecKey("k")).ok();
          assertThat(caller.post("/v1/key/deleteKey", "{`label`: `k`}").status()).isEqualTo(status);
        });
  }

  @Test
  void u16_aCertificateMayOutliveItsKey() {
    with(
        "`deleteKeepsCertificate`: true",
        caller -> {
          caller.post("/v1/key", Bodies.ecKey("k")).ok();
          caller
              .post(
                  "/v1/certificate/synchronous/selfsign", Bodies.selfSign("k", "SHA256_WITH_ECDSA"))
              .ok();
          caller.delete("/v1/key/k").ok();
          caller.get("/v1/certificate/k").ok();
          assertThat(caller.post("/v1/key/attributes", "{`label`: `k`}").errorCode())
              .isEqualTo(650);
        });
  }

  @ParameterizedTest
  @CsvSource({"all, true", "keys, false"})
  void u19_loneObjectsInTheList(String setting, boolean listed) {
    with(
        "`listedObjects`: `" + setting + "`",
        caller -> {
          JsonNode key = caller.post("/v1/key", Bodies.ecKey("k")).ok().body();
          caller
              .post(
                  "/v1/key/import/plain",
                  "{`label`: `lone`, `algorithm`: `EC`, `publicKey`: `"
                      + key.at("/json/publicKey").asText()
                      + "`, `attributes`: {`sign`: false, `decrypt`: false, `unwrap`: false}}")
              .ok();
          assertThat(caller.get("/v1/key").text().contains("\"lone\"")).isEqualTo(listed);
        });
  }

  @ParameterizedTest
  @CsvSource({"failed, 201, 0", "refused, 500, 701"})
  void u25_asynchronousRequestsOnABlockedKey(String setting, int status, int code) {
    with(
        "`blockedAsync`: `" + setting + "`",
        caller -> {
          caller.post("/v1/key", Bodies.gatedKey("k", "null")).ok();
          caller.post("/v1/synchronousBlock", "{`blockRequest`: {`blockKeyName`: `k`}}").ok();
          Answer answer = caller.post("/v1/sign", Bodies.sign("k", "p"));
          assertThat(answer.status()).isEqualTo(status);
          assertThat(answer.errorCode()).isEqualTo(code);
        });
  }

  @ParameterizedTest
  @CsvSource({"null_value, null", "absent, ''", "empty_tokens, '{\"tokens\":[]}'"})
  void u26_aRuleWithoutConditions(String setting, String shown) {
    with(
        "`emptyRuleEcho`: `" + setting + "`",
        caller -> {
          JsonNode policy =
              caller.post("/v1/key", Bodies.gatedKey("k", "null")).ok().body().at("/json/policy");
          assertThat(policy.path("ruleUse").toString()).isEqualTo(shown);
        });
  }

  @ParameterizedTest
  @CsvSource({"allowed, EXECUTED", "never, REJECTED"})
  void u36_aRuleWithAnEmptyListOfTokens(String setting, String status) {
    with(
        "`emptyTokens`: `" + setting + "`",
        caller -> {
          caller.post("/v1/key", Bodies.gatedKey("k", "{`tokens`: []}")).ok();
          String id = caller.post("/v1/sign", Bodies.sign("k", "p")).ok().member("signRequestId");
          assertThat(caller.get("/v1/request/" + id).member("status")).isEqualTo(status);
        });
  }

  @Test
  void u37_anOlderServiceMayAnswerANullSignature() {
    withSettings(
        "{\"version\": \"2.2.0\", \"behaviour\": {\"unknownSignatureType\": \"null_signature\"}}",
        caller -> {
          caller.post("/v1/key", Bodies.ecKey("k")).ok();
          Answer answer =
              caller
                  .post(
                      "/v1/synchronousSign",
                      Bodies.sign("k", "p")
                          .replace("`signKeyName`", "`signatureType`: `RAW`, `signKeyName`"))
                  .ok();
          assertThat(answer.text()).isEqualTo("{\"signature\":null}");
        });
  }

  @ParameterizedTest
  @CsvSource({
    "`signatureType`: `RAW`;             `signatureAlgorithm`: `SHA256_WITH_ECDSA`",
    "`payloadType`: `HEX`;               `signatureAlgorithm`: `SHA256_WITH_ECDSA`",
    "`payloadType`: `UNSPECIFIED`;       `signatureAlgorithm`: `DOUBLE_SHA256_WITH_ECDSA`",
    "`payloadType`: `UNSPECIFIED`;       `signatureAlgorithm`: `NONESHA256_WITH_RSA_PSS`"
  })
  void u37_whatIsNewerThan22IsUnknownTo22(String members) {
    withSettings(
        "{\"version\": \"2.2.0\"}",
        caller -> {
          caller.post("/v1/key", Bodies.ecKey("k")).ok();
          Answer answer =
              caller.post(
                  "/v1/synchronousSign",
                  "{`signRequest`: {`payload`: `QQ==`, `signKeyName`: `k`, "
                      + members.replace(';', ',')
                      + "}}");
          assertThat(answer.status()).isEqualTo(400);
          assertThat(answer.errorCode()).isEqualTo(600);
          assertThat(answer.message()).endsWith("is not valid for field signRequest");
        });
  }
}
