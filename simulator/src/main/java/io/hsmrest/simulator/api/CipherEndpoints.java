package io.hsmrest.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hsmrest.simulator.crypto.Bytes;
import io.hsmrest.simulator.crypto.CipherAlgorithm;
import io.hsmrest.simulator.crypto.Encrypted;
import io.hsmrest.simulator.crypto.ServiceRefusal;
import io.hsmrest.simulator.crypto.WrapMethod;
import io.hsmrest.simulator.json.Fields;
import io.hsmrest.simulator.json.Json;
import io.hsmrest.simulator.json.Password;
import io.hsmrest.simulator.operation.KeyAccess;
import io.hsmrest.simulator.operation.RequestKind;
import io.hsmrest.simulator.state.KeyEntry;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Encryption and wrapping (contract 2.5). */
final class CipherEndpoints {
  private CipherEndpoints() {}

  static void addTo(Routes routes) {
    routes.add("POST", "/v1/encrypt", CipherEndpoints::encrypt);
    routes.add("POST", "/v1/synchronousDecrypt", CommandEndpoints.now(RequestKind.DECRYPT, 200));
    routes.add("POST", "/v1/decrypt", CommandEndpoints.later(RequestKind.DECRYPT));
    routes.add("POST", "/v1/wrap", CipherEndpoints::wrap);
    routes.add("POST", "/v1/synchronousUnwrap", CommandEndpoints.now(RequestKind.UNWRAP, 201));
    routes.add("POST", "/v1/unwrap", CommandEndpoints.later(RequestKind.UNWRAP));
  }

  private static Reply encrypt(Call call) {
    Fields root = call.fields();
    root.accept("requestSignature");
    Fields in = root.object("encryptRequest");
    Bytes payload = in.base64("payload");
    String label = in.text("encryptKeyName");
    Password password = in.optionalPassword("keyPassword");
    CipherAlgorithm cipher =
        in.choice("cipherAlgorithm", CipherAlgorithm::byName).orElse(CipherAlgorithm.RSA);
    Bytes associated = in.optionalBase64("additionalAuthenticationData");
    int tagLength = Optional.ofNullable(in.optionalNumber("tagLength")).orElse(0);
    root.end();
    KeyEntry entry = KeyAccess.any(call.partition(), label);
    KeyAccess.checkPassword(entry.key(), password);
    Encrypted encrypted =
        call.hsm()
            .encryption()
            .encrypt(entry.key().material(), cipher, payload, associated, tagLength);
    ObjectNode answer =
        Json.object()
            .put("encryptedPayload", encrypted.encryptedPayload().toBase64())
            .put("encryptedPayloadWithoutMessageAuthenticationCode", base64(encrypted.withoutMac()))
            .put("initializationVector", base64(encrypted.initializationVector()))
            .put("messageAuthenticationCode", base64(encrypted.mac()));
    return Reply.ok(versioned(call, answer));
  }

  private static Reply wrap(Call call) {
    Fields root = call.fields();
    root.accept("requestSignature");
    Fields in = root.object("wrapKeyRequest");
    String label = in.text("keyToBeWrapped");
    Password password = in.optionalPassword("keyToBeWrappedPassword");
    String wrapLabel = in.text("wrapKeyName");
    Password wrapPassword = in.optionalPassword("wrapKeyPassword");
    WrapMethod method =
        in.choice("wrapMethod", call.hsm().dialect()::wrapMethod).orElse(WrapMethod.AES_WRAP);
    root.end();
    KeyEntry entry = KeyAccess.open(call.partition(), label, password);
    KeyEntry wrapping = KeyAccess.any(call.partition(), wrapLabel);
    KeyAccess.checkPassword(wrapping.key(), wrapPassword);
    if (!entry.key().attributes().extractable()) {
      throw ServiceRefusal.inHsm("HSM error: status: PKCS#11: KEY_UNEXTRACTABLE");
    }
    Bytes wrapped =
        call.hsm().wrapping().wrap(entry.key().material(), wrapping.key().material(), method);
    return Reply.ok(versioned(call, Json.object().put("wrappedKey", wrapped.toBase64())));
  }

  private static ObjectNode versioned(Call call, ObjectNode answer) {
    return call.hsm().dialect().isNewerThan22() ? answer.putNull("keyVersion") : answer;
  }

  private static @Nullable String base64(@Nullable Bytes bytes) {
    return bytes == null ? null : bytes.toBase64();
  }
}
