package io.hsmrest.simulator.api;

import io.hsmrest.simulator.crypto.Bytes;
import io.hsmrest.simulator.crypto.Hmac;
import io.hsmrest.simulator.crypto.SignatureAlgorithm;
import io.hsmrest.simulator.json.Fields;
import io.hsmrest.simulator.json.Json;
import io.hsmrest.simulator.json.Password;
import io.hsmrest.simulator.operation.KeyAccess;
import io.hsmrest.simulator.operation.RequestKind;
import io.hsmrest.simulator.state.KeyEntry;

/** Signatures and keyed hashes (contract 2.2). */
final class SignEndpoints {
  private SignEndpoints() {}

  static void addTo(Routes routes) {
    routes.add("POST", "/v1/synchronousSign", CommandEndpoints.now(RequestKind.SIGN, 200));
    routes.add("POST", "/v1/sign", CommandEndpoints.later(RequestKind.SIGN));
    routes.add("POST", "/v1/verify", SignEndpoints::verify);
    routes.add("POST", "/v1/synchronousHmac", SignEndpoints::hmac);
  }

  private static Reply verify(Call call) {
    Fields root = call.fields();
    if (root.has("verifyHmacRequest")) {
      root.accept("verifySignatureRequest");
      return verifyHmac(call, root);
    }
    root.accept("verifyHmacRequest", "requestSignature");
    Fields in = root.object("verifySignatureRequest");
    String label = in.text("signKeyName");
    in.accept("signKeyObject");
    Password password = in.optionalPassword("masterKeyPassword");
    SignatureAlgorithm algorithm =
        in.choice("signatureAlgorithm", call.hsm().dialect()::signatureAlgorithm)
            .orElseGet(() -> SignatureAlgorithm.of("SHA256_WITH_RSA"));
    Bytes payload = in.base64("payload");
    Bytes signature = in.base64("signature");
    root.end();
    KeyEntry entry = KeyAccess.any(call.partition(), label);
    KeyAccess.checkPassword(entry.key(), password);
    return valid(
        call.hsm()
            .verification()
            .verify(entry.key().material(), algorithm, payload, signature, null));
  }

  private static Reply verifyHmac(Call call, Fields root) {
    root.accept("requestSignature");
    Fields in = root.object("verifyHmacRequest");
    String label = in.text("keyName");
    Password password = in.optionalPassword("keyPassword");
    Bytes payload = in.base64("payload");
    Bytes signature = in.base64("signature");
    root.end();
    KeyEntry entry = KeyAccess.open(call.partition(), label, password);
    return valid(Hmac.verify(entry.key().material(), payload, signature));
  }

  private static Reply valid(boolean valid) {
    return Reply.ok(Json.object().put("signatureValid", valid));
  }

  private static Reply hmac(Call call) {
    Fields root = call.fields();
    root.accept("requestSignature");
    Fields in = root.object("hmacRequest");
    String label = in.text("keyName");
    Password password = in.optionalPassword("keyPassword");
    Bytes payload = in.base64("payload");
    root.end();
    KeyEntry entry = KeyAccess.open(call.partition(), label, password);
    KeyAccess.checkPermitted(entry.key().attributes().sign());
    Bytes hash = Hmac.compute(entry.key().material(), payload);
    entry.used();
    return Reply.ok(Json.object().put("keyedHash", hash.toBase64()));
  }
}
