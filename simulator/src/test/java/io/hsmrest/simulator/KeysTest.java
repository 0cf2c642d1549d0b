package io.hsmrest.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hsmrest.simulator.Caller.Answer;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The life of keys (contract 2.1, 6). */
class KeysTest {
  private static final String DECRYPTS =
      "`attributes`: {`sign`: false, `decrypt`: true, `unwrap`: true, `extractable`: %s,"
          + " `sensitive`: %s, `destroyable`: true}";

  @RegisterExtension static final HsmSimulatorExtension HSM = new HsmSimulatorExtension();

  private Caller caller;

  @BeforeEach
  void connect() {
    caller = new Caller(HSM.simulator());
  }

  private static void assertRefused(Answer answer, int status, int code) {
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.errorCode()).isEqualTo(code);
  }

  @Test
  void thePartitionHasTheSystemKeys() {
    assertThat(caller.get("/v1/key").ok().body())
        .extracting(JsonNode::asText)
        .containsExactlyInAnyOrder("attestation-key", "timestamp-key", "rfc-timestamp-key");
    assertRefused(caller.delete("/v1/key/attestation-key"), 500, 701);
  }

  @Test
  void aLabelIsTakenOnce() {
    caller.post("/v1/key", Bodies.ecKey("k")).ok();
    Answer again = caller.post("/v1/key", Bodies.rsaKey("k"));
    assertRefused(again, 400, 608);
    assertThat(again.message()).isEqualTo("Could not create key. The key name is already in use.");
    caller.post("/v1/key", Bodies.ecKey("K")).ok();
  }

  @Test
  void aKeyIsNotDestroyableUnlessItSaysSo() {
    caller.post("/v1/key", Bodies.ecKey("k").replace(", `destroyable`: true", "")).ok();
    assertRefused(caller.delete("/v1/key/k"), 500, 701);
    assertRefused(caller.post("/v1/key/deleteKey", "{`label`: `k`}"), 500, 701);
  }

  @Test
  void deletingTakesEverythingUnderTheLabel() {
    caller.post("/v1/key", Bodies.ecKey("with space")).ok();
    caller
        .post(
            "/v1/certificate/synchronous/selfsign",
            Bodies.selfSign("with space", "SHA256_WITH_ECDSA"))
        .ok();
    caller.delete("/v1/key/with%20space").ok();
    assertRefused(caller.get("/v1/certificate/with%20space"), 404, 650);
    assertRefused(caller.delete("/v1/key/with%20space"), 404, 650);
  }

  @Test
  void attributesMustMakeSense() {
    assertRefused(
        caller.post("/v1/key", Bodies.ecKey("k").replace("`sign`: true", "`sign`: false")),
        400,
        606);
    assertRefused(
        caller.post(
            "/v1/key", Bodies.ecKey("k").replace("`sign`: true", "`sign`: true, `bip32`: true")),
        400,
        606);
    assertRefused(
        caller.post(
            "/v1/key",
            Bodies.gatedKey("k", "null")
                .replace("`sign`: true", "`sign`: true, `extractable`: true")),
        400,
        606);
  }

  @Test
  void aBadSizeIsRefused() {
    assertRefused(caller.post("/v1/key", Bodies.rsaKey("k").replace("2048", "1000")), 400, 603);
  }

  @Test
  void anAddressNeedsAPolicyAndAKnownCurrency() {
    String body = Bodies.ecKey("k").replaceFirst("\\{", "{`addressFormat`: {`format`: `%s`}, ");
    assertRefused(caller.post("/v1/key", body.formatted("ETH")), 400, 630);
    assertRefused(caller.post("/v1/key", body.formatted("DOGE")), 400, 605);
  }

  @Test
  void namesOfDerivedKeysAreRefusedHonestly() {
    caller.post("/v1/key", Bodies.ecKey("k")).ok();
    assertRefused(caller.post("/v1/synchronousSign", Bodies.sign("k/44'/0'", "p")), 400, 611);
    assertRefused(caller.post("/v1/synchronousSign", Bodies.sign("k/x", "p")), 400, 610);
    assertRefused(caller.post("/v1/synchronousSign", Bodies.sign("none/0", "p")), 404, 650);
    assertRefused(caller.post("/v1/key", Bodies.ecKey("a/b")), 400, 610);
  }

  @Test
  void passwordsAreChangedByThoseWhoKnowThem() {
    caller.post("/v1/key", Bodies.ecKey("k")).ok();
    caller.post("/v1/key/changePassword", "{`label`: `k`, `newPassword`: [`a`]}").ok();
    assertRefused(caller.post("/v1/synchronousSign", Bodies.sign("k", "p")), 400, 620);
    assertRefused(
        caller.post(
            "/v1/key/changePassword", "{`label`: `k`, `password`: [`b`], `newPassword`: null}"),
        400,
        620);
    assertRefused(caller.post("/v1/key/deleteKey", "{`label`: `k`}"), 400, 620);
    caller
        .post("/v1/key/changePassword", "{`label`: `k`, `password`: [`a`], `newPassword`: null}")
        .ok();
    caller.post("/v1/synchronousSign", Bodies.sign("k", "p")).ok();
  }

  @Test
  void anExtractableKeyIsExportedAndImportedAgain() {
    caller
        .post(
            "/v1/key",
            "{`label`: `k`, `algorithm`: `RSA`, `keySize`: 2048, "
                + DECRYPTS.formatted("true", "false")
                + "}")
        .ok();
    JsonNode exported = caller.post("/v1/key/export/plain", "{`label`: `k`}").ok().body();
    assertThat(exported.path("secretKey").isNull()).isTrue();
    Answer imported =
        caller.post(
            "/v1/key/import/plain",
            "{`label`: `copy`, `algorithm`: `RSA`, `privateKey`: `%s`, `publicKey`: `%s`, %s}"
                .formatted(
                    exported.path("privateKey").asText(),
                    exported.path("publicKey").asText(),
                    DECRYPTS.formatted("false", "null")));
    assertThat(imported.status()).isEqualTo(201);
    assertThat(imported.member("xml")).contains("<private_key creation=\"imported\">");
    assertThat(imported.body().at("/json/publicKey")).isEqualTo(exported.path("publicKey"));
    assertThat(imported.body().at("/json/attributes/neverExtractable").asBoolean(true)).isFalse();
    assertRefused(caller.post("/v1/key/export/plain", "{`label`: `copy`}"), 400, 614);
  }

  @Test
  void aSecretKeyIsImported() {
    Answer imported =
        caller.post(
            "/v1/key/import/plain",
            "{`label`: `aes`, `algorithm`: `AES`, `secretKey`: `"
                + Base64.getEncoder().encodeToString(new byte[32])
                + "`, "
                + DECRYPTS.formatted("true", "false")
                + "}");
    assertThat(imported.ok().body().at("/json/keySize").asInt()).isEqualTo(256);
    assertThat(imported.body().at("/json/publicKey").isNull()).isTrue();
    assertRefused(caller.post("/v1/synchronousSign", Bodies.sign("aes", "p")), 400, 613);
    assertThat(caller.post("/v1/key/export/plain", "{`label`: `aes`}").ok().member("secretKey"))
        .isEqualTo(Base64.getEncoder().encodeToString(new byte[32]));
  }

  @Test
  void whatIsNoKeyIsRefused() {
    String body =
        "{`label`: `x`, `algorithm`: `RSA`, %s, " + DECRYPTS.formatted("false", "null") + "}";
    assertRefused(
        caller.post("/v1/key/import/plain", body.formatted("`publicKey`: `QUJD`")), 400, 625);
    assertRefused(
        caller.post("/v1/key/import/plain", body.formatted("`certificate`: `QUJD`")), 400, 626);
    String ec =
        caller.post("/v1/key", Bodies.ecKey("k")).ok().body().at("/json/publicKey").asText();
    assertRefused(
        caller.post("/v1/key/import/plain", body.formatted("`publicKey`: `" + ec + "`")), 400, 407);
  }

  @Test
  void aLoneCertificateIsStoredReplacedReadAndDeleted() {
    String first = certificate("first");
    String second = certificate("second");
    importCertificate("lone", first).ok();
    importCertificate("lone", second).ok();
    Answer read = caller.get("/v1/certificate/lone").ok();
    assertThat(read.member("rawCertificate")).isEqualTo(second);
    assertRefused(caller.post("/v1/key/attributes", "{`label`: `lone`}"), 404, 650);
    assertThat(caller.get("/v1/key").text()).contains("\"lone\"");
    caller.delete("/v1/key/lone").ok();
    assertRefused(caller.get("/v1/certificate/lone"), 404, 650);
  }

  @Test
  void aCertificateUnderTheLabelOfAKeyBecomesTheKeys() {
    String certificate = certificate("k");
    caller.delete("/v1/certificate/k").ok();
    assertRefused(caller.get("/v1/certificate/k"), 400, 402);
    importCertificate("k", certificate).ok();
    assertThat(caller.get("/v1/certificate/k").ok().member("rawCertificate"))
        .isEqualTo(certificate);
    caller.post("/v1/synchronousSign", Bodies.sign("k", "p")).ok();
  }

  private String certificate(String label) {
    caller.post("/v1/key", Bodies.ecKey(label)).ok();
    caller
        .post("/v1/certificate/synchronous/selfsign", Bodies.selfSign(label, "SHA256_WITH_ECDSA"))
        .ok();
    return caller.get("/v1/certificate/" + label).ok().member("rawCertificate");
  }

  private Answer importCertificate(String label, String certificate) {
    return caller.post(
        "/v1/key/import/plain",
        "{`label`: `%s`, `algorithm`: `EC`, `certificate`: `%s`, %s}"
            .formatted(label, certificate, DECRYPTS.formatted("false", "null")));
  }

  @Test
  void aLonePublicKeyVerifies() {
    JsonNode key = caller.post("/v1/key", Bodies.ecKey("k")).ok().body();
    caller
        .post(
            "/v1/key/import/plain",
            "{`label`: `public`, `algorithm`: `EC`, `publicKey`: `%s`, %s}"
                .formatted(key.at("/json/publicKey").asText(), DECRYPTS.formatted("false", "null")))
        .ok();
    String signature =
        caller.post("/v1/synchronousSign", Bodies.sign("k", "p")).ok().member("signature");
    assertThat(
            caller
                .post(
                    "/v1/verify",
                    "{`verifySignatureRequest`: {`signKeyName`: `public`, `signatureAlgorithm`:"
                        + " `SHA256_WITH_ECDSA`, `payload`: `"
                        + Bodies.base64("p")
                        + "`, `signature`: `"
                        + signature
                        + "`}}")
                .ok()
                .text())
        .contains("true");
    assertRefused(caller.post("/v1/synchronousSign", Bodies.sign("public", "p")), 404, 650);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ML-DSA-44", "SLH-DSA-SHA2-128f", "ML-KEM-768", "TDEA", "HMACSHA256", "ED"})
  void algorithmsThatNeedNoSize(String algorithm) {
    JsonNode json = caller.post("/v1/key", Bodies.key("k", algorithm)).ok().body().path("json");
    assertThat(json.path("algorithm").asText()).isEqualTo(algorithm);
  }

  @Test
  void anLmsKeyNeverSignsTwiceWithTheSameState() {
    caller.post("/v1/key", Bodies.key("k", "LMS")).ok();
    String body =
        "{`signRequest`: {`payload`: `QQ==`, `signKeyName`: `k`, `signatureAlgorithm`: `LMS`}}";
    String first = caller.post("/v1/synchronousSign", body).ok().member("signature");
    String second = caller.post("/v1/synchronousSign", body).ok().member("signature");
    byte[] q = Base64.getDecoder().decode(first);
    byte[] next = Base64.getDecoder().decode(second);
    assertThat(next).isNotEqualTo(q);
    assertThat(
            caller
                .post("/v1/key/attributes", "{`label`: `k`}")
                .ok()
                .body()
                .at("/json/algorithm")
                .asText())
        .isEqualTo("HSS-LMS");
  }
}
