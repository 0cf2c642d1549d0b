package io.hsmrest.simulator.operation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hsmrest.simulator.crypto.Bytes;
import io.hsmrest.simulator.crypto.KeyMaterial;
import io.hsmrest.simulator.crypto.SignInput;
import io.hsmrest.simulator.crypto.SignatureAlgorithm;
import io.hsmrest.simulator.json.Json;
import io.hsmrest.simulator.policy.Policy;
import io.hsmrest.simulator.state.KeyAttributes;
import io.hsmrest.simulator.state.KeyEntry;
import io.hsmrest.simulator.state.Partition;
import io.hsmrest.simulator.state.StoredKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** A key's attributes as JSON and as XML with the attestation key's signature (contract 2.1.3). */
public final class KeyDescription {
  private static final SignatureAlgorithm ATTESTATION = SignatureAlgorithm.of("SHA256_WITH_ECDSA");

  private KeyDescription() {}

  /**
   * The signed attributes.
   *
   * @param xml the document
   * @param signature of the attestation key over its UTF-8 bytes
   */
  public record Attested(String xml, Bytes signature) {}

  /** The whole answer of {@code /v1/key/attributes}. */
  public static ObjectNode describe(Hsm hsm, Partition partition, KeyEntry entry) {
    Instant now = hsm.now();
    Attested attested = attest(hsm, partition, entry, now);
    ObjectNode out = Json.object().put("xml", attested.xml());
    out.set("json", json(hsm, entry, now));
    return out.put("xmlSignature", attested.signature().toBase64())
        .put("attestationKeyName", SystemKeys.ATTESTATION);
  }

  /** The attestation of the attributes. */
  public static Attested attest(Hsm hsm, Partition partition, KeyEntry entry, Instant now) {
    String xml = KeyXml.of(entry.key(), entry.uses(), now);
    KeyMaterial attestation = SystemKeys.material(partition, SystemKeys.ATTESTATION);
    Bytes document = Bytes.of(xml.getBytes(StandardCharsets.UTF_8));
    return new Attested(
        xml, hsm.signing().sign(attestation, SignInput.of(ATTESTATION, document)).signature());
  }

  private static ObjectNode json(Hsm hsm, KeyEntry entry, Instant now) {
    StoredKey key = entry.key();
    KeyMaterial material = key.material();
    Bytes publicKey = material.publicKey();
    ObjectNode out =
        Json.object()
            .put("label", key.label())
            .put("id", key.id())
            .putNull("uuid")
            .put("algorithm", material.algorithm())
            .put("algorithmOid", material.algorithmOid())
            .put("curveOid", material.curveOid())
            .putNull("derivedAttributes")
            .put("keySize", material.keySize())
            .put("keyUsageCount", entry.uses())
            .put("createTime", Times.text(key.createTime()))
            .put("attestTime", Times.text(now))
            .put("publicKey", publicKey == null ? null : publicKey.toBase64())
            .putNull("addressTruncated");
    out.set("attributes", attributes(key.attributes()));
    if (hsm.dialect().isNewerThan22()) {
      out.putNull("version").put("active", true);
    }
    Policy policy = key.policy();
    out.set(
        "policy",
        policy == null ? null : PolicyJson.write(policy, hsm.behaviour().emptyRuleEcho()));
    return out;
  }

  private static ObjectNode attributes(KeyAttributes attributes) {
    return Json.object()
        .put("decrypt", attributes.decrypt())
        .put("sign", attributes.sign())
        .putNull("ekaSign")
        .put("unwrap", attributes.unwrap())
        .put("derive", attributes.derive())
        .put("sensitive", attributes.sensitive())
        .put("alwaysSensitive", attributes.alwaysSensitive())
        .put("extractable", attributes.extractable())
        .put("neverExtractable", attributes.neverExtractable())
        .put("modifiable", attributes.modifiable())
        .put("copyable", attributes.copyable())
        .put("destroyable", attributes.destroyable());
  }
}
