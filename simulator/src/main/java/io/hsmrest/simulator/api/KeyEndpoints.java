package io.hsmrest.simulator.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.hsmrest.simulator.config.Behaviour.ListedObjects;
import io.hsmrest.simulator.crypto.Bytes;
import io.hsmrest.simulator.crypto.KeyMaterial;
import io.hsmrest.simulator.crypto.Reason;
import io.hsmrest.simulator.crypto.ServiceRefusal;
import io.hsmrest.simulator.json.Fields;
import io.hsmrest.simulator.json.Json;
import io.hsmrest.simulator.json.Password;
import io.hsmrest.simulator.operation.KeyAccess;
import io.hsmrest.simulator.operation.KeyDescription;
import io.hsmrest.simulator.operation.KeyMaking;
import io.hsmrest.simulator.operation.KeyRemoval;
import io.hsmrest.simulator.state.KeyEntry;
import io.hsmrest.simulator.state.PasswordHash;
import io.hsmrest.simulator.state.StoredKey;
import io.hsmrest.simulator.state.StoredKey.Kind;
import org.jspecify.annotations.Nullable;

/** Keys (contract 2.1). */
final class KeyEndpoints {
  private KeyEndpoints() {}

  static void addTo(Routes routes, boolean deleteByPost) {
    routes.addSlow("POST", "/v1/key", KeyEndpoints::create);
    routes.add("GET", "/v1/key", KeyEndpoints::list);
    routes.add("POST", "/v1/key/attributes", KeyEndpoints::attributes);
    routes.add("GET", "/v1/key/{label}/attributes", KeyEndpoints::attributesByPath);
    if (deleteByPost) {
      routes.add("POST", "/v1/key/deleteKey", KeyEndpoints::deleteByPost);
    }
    routes.add("DELETE", "/v1/key/{label}", KeyEndpoints::delete);
    routes.add("POST", "/v1/key/changePassword", KeyEndpoints::changePassword);
    routes.add("POST", "/v1/key/import/plain", KeyEndpoints::importPlain);
    routes.add("POST", "/v1/key/export/plain", KeyEndpoints::exportPlain);
    routes.add("GET", "/v1/key/{label}/export/plain", KeyEndpoints::exportByPath);
  }

  private static Reply create(Call call) {
    KeyEntry entry = new KeyMaking(call.hsm(), call.partition()).create(call.fields());
    return Reply.created(KeyDescription.describe(call.hsm(), call.partition(), entry));
  }

  private static Reply importPlain(Call call) {
    KeyEntry entry = new KeyMaking(call.hsm(), call.partition()).importPlain(call.fields());
    return Reply.created(KeyDescription.describe(call.hsm(), call.partition(), entry));
  }

  private static Reply list(Call call) {
    boolean onlyKeys = call.hsm().behaviour().listedObjects() == ListedObjects.KEYS;
    ArrayNode labels = Json.array();
    for (KeyEntry entry : call.partition().keys().all()) {
      Kind kind = entry.key().kind();
      if (!onlyKeys || kind == Kind.KEY_PAIR || kind == Kind.SECRET_KEY) {
        labels.add(entry.key().label());
      }
    }
    return Reply.ok(labels);
  }

  private static Reply attributes(Call call) {
    Fields in = call.fields();
    String label = in.text("label");
    Password password = in.optionalPassword("password");
    in.end();
    return attributes(call, label, password);
  }

  private static Reply attributesByPath(Call call) {
    return attributes(call, call.variable(), null);
  }

  private static Reply attributes(Call call, String label, @Nullable Password password) {
    KeyEntry entry = KeyAccess.open(call.partition(), label, password);
    return Reply.ok(KeyDescription.describe(call.hsm(), call.partition(), entry));
  }

  private static Reply deleteByPost(Call call) {
    Fields in = call.fields();
    String label = in.text("label");
    Password password = in.optionalPassword("password");
    in.end();
    KeyAccess.checkPassword(KeyAccess.any(call.partition(), label).key(), password);
    return remove(call, label);
  }

  private static Reply delete(Call call) {
    return remove(call, call.variable());
  }

  private static Reply remove(Call call, String label) {
    KeyRemoval.remove(call.hsm(), call.partition(), label);
    call.tenant().requests().keyDeleted(label);
    return Reply.empty();
  }

  private static Reply changePassword(Call call) {
    Fields in = call.fields();
    String label = in.text("label");
    Password password = in.optionalPassword("password");
    Password newPassword = in.optionalPassword("newPassword");
    in.end();
    KeyEntry entry = KeyAccess.open(call.partition(), label, password);
    if (!entry.key().attributes().modifiable()) {
      throw ServiceRefusal.inHsm("HSM error: status: PKCS#11: ATTRIBUTE_READ_ONLY");
    }
    PasswordHash hash =
        newPassword == null ? null : PasswordHash.of(newPassword.utf8(), call.hsm().random());
    call.partition().keys().update(entry, key -> key.withPassword(hash));
    return Reply.empty();
  }

  private static Reply exportPlain(Call call) {
    Fields in = call.fields();
    String label = in.text("label");
    Password password = in.optionalPassword("password");
    in.end();
    return export(call, label, password);
  }

  private static Reply exportByPath(Call call) {
    return export(call, call.variable(), null);
  }

  private static Reply export(Call call, String label, @Nullable Password password) {
    StoredKey key = KeyAccess.open(call.partition(), label, password).key();
    if (!key.attributes().extractable() || key.attributes().sensitive() || key.policy() != null) {
      throw new ServiceRefusal(
          Reason.OPERATION_FORBIDDEN_FOR_KEY, "The key '" + label + "' can not be exported.");
    }
    KeyMaterial material = key.material();
    return Reply.ok(
        Json.object()
            .put("privateKey", base64(material.privateKey()))
            .put("publicKey", base64(material.publicKey()))
            .put("secretKey", base64(material.secretKey())));
  }

  private static @Nullable String base64(@Nullable Bytes bytes) {
    return bytes == null ? null : bytes.toBase64();
  }
}
