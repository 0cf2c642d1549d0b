package io.hsmrest.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hsmrest.simulator.Caller.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Encryption and wrapping (contract 2.5). */
class CipherTest {
  private static final String ATTRIBUTES =
      "`attributes`: {`sign`: %s, `decrypt`: true, `unwrap`: true, `extractable`: true,"
          + " `destroyable`: true}";

  @RegisterExtension static final HsmSimulatorExtension HSM = new HsmSimulatorExtension();

  private Caller caller;

  @BeforeEach
  void connect() {
    caller = new Caller(HSM.simulator());
    String attributes = ATTRIBUTES.formatted("false");
    caller
        .post("/v1/key", "{`label`: `aes`, `algorithm`: `AES`, `keySize`: 256, " + attributes + "}")
        .ok();
    caller
        .post(
            "/v1/key",
            "{`label`: `rsa`, `algorithm`: `RSA`, `keySize`: 2048, "
                + ATTRIBUTES.formatted("true")
                + "}")
        .ok();
  }

  private Answer encrypt(String label, String cipher) {
    return caller.post(
        "/v1/encrypt",
        """
        {`encryptRequest`: {`payload`: `%s`, `encryptKeyName`: `%s`, `cipherAlgorithm`: `%s`}}
        """
            .formatted(Bodies.base64("sixteen bytes...".repeat(2)), label, cipher));
  }

  private static String decryption(String label, String cipher, Answer encrypted) {
    JsonNode vector = encrypted.body().path("initializationVector");
    return """
    {`decryptRequest`: {`encryptedPayload`: `%s`, `decryptKeyName`: `%s`,
      `cipherAlgorithm`: `%s`, `initializationVector`: %s}}
    """
        .formatted(
            encrypted.member("encryptedPayload"),
            label,
            cipher,
            vector.isNull() ? "null" : "`" + vector.asText() + "`");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rsa RSA_PADDING_OAEP_WITH_SHA256",
        "rsa RSA_PADDING_PKCS",
        "aes AES_GCM",
        "aes AES_CTR",
        "aes AES_CBC_NO_PADDING",
        "aes AES_ECB"
      })
  void whatIsEncryptedIsDecryptedAgain(String keyAndCipher) {
    String label = keyAndCipher.substring(0, 3);
    String cipher = keyAndCipher.substring(4);
    Answer encrypted = encrypt(label, cipher).ok();
    String payload = Bodies.base64("sixteen bytes...".repeat(2));
    String body = decryption(label, cipher, encrypted);
    assertThat(caller.post("/v1/synchronousDecrypt", body).ok().member("payload"))
        .isEqualTo(payload);
    String id = caller.post("/v1/decrypt", body).ok().member("decryptRequestId");
    assertThat(caller.get("/v1/request/" + id).ok().member("result")).isEqualTo(payload);
  }

  @Test
  void aCipherThatDoesNotFitIsRefused() {
    assertThat(encrypt("rsa", "AES_GCM").errorCode()).isEqualTo(607);
    assertThat(encrypt("aes", "AES_XTS").errorCode()).isEqualTo(600);
  }

  @Test
  void aWrappedKeyIsUnwrappedUnderAnotherLabel() {
    String wrapped =
        caller
            .post(
                "/v1/wrap",
                """
                {`wrapKeyRequest`: {`keyToBeWrapped`: `rsa`, `wrapKeyName`: `aes`,
                  `wrapMethod`: `AES_WRAP_PAD_RSA`}}
                """)
            .ok()
            .member("wrappedKey");
    String body =
        "{`unwrapKeyRequest`: {`wrappedKey`: `%s`, `label`: `%s`, %s, `unwrapKeyName`: `aes`,"
            + " `wrapMethod`: `AES_WRAP_PAD_RSA`}}";
    String attributes = ATTRIBUTES.formatted("true");
    Answer unwrapped =
        caller.post("/v1/synchronousUnwrap", body.formatted(wrapped, "copy", attributes));
    assertThat(unwrapped.status()).isEqualTo(201);
    assertThat(unwrapped.body().at("/json/publicKey"))
        .isEqualTo(
            caller
                .post("/v1/key/attributes", "{`label`: `rsa`}")
                .ok()
                .body()
                .at("/json/publicKey"));
    String id =
        caller
            .post("/v1/unwrap", body.formatted(wrapped, "other", attributes))
            .ok()
            .member("unwrapRequestId");
    assertThat(caller.get("/v1/request/" + id).ok().member("status")).isEqualTo("EXECUTED");

    Answer again =
        caller.post("/v1/synchronousUnwrap", body.formatted(wrapped, "copy", attributes));
    assertThat(again.status()).isEqualTo(500);
    assertThat(again.text())
        .isEqualTo(
            "{\"errorCode\":701,\"reason\":\"res.error.in.hsm\",\"message\":\"Error unwrapping"
                + " key\"}");
  }

  @Test
  void anUnextractableKeyIsNotWrapped() {
    caller.post("/v1/key", Bodies.ecKey("k")).ok();
    Answer answer =
        caller.post(
            "/v1/wrap",
            """
            {`wrapKeyRequest`: {`keyToBeWrapped`: `k`, `wrapKeyName`: `aes`,
              `wrapMethod`: `AES_WRAP_PAD_EC`}}
            """);
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.errorCode()).isEqualTo(701);
  }
}
