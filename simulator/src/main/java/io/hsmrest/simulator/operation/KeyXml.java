package io.hsmrest.simulator.operation;

import io.hsmrest.simulator.crypto.Bytes;
import io.hsmrest.simulator.crypto.KeyMaterial;
import io.hsmrest.simulator.policy.Approval;
import io.hsmrest.simulator.policy.Group;
import io.hsmrest.simulator.policy.Policy;
import io.hsmrest.simulator.policy.Rule;
import io.hsmrest.simulator.policy.Token;
import io.hsmrest.simulator.state.KeyAttributes;
import io.hsmrest.simulator.state.StoredKey;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The attestation document of a key (contract 2.1.3, G20). */
final class KeyXml {
  private final StringBuilder out = new StringBuilder();
  private int depth;

  private KeyXml() {}

  static String of(StoredKey key, long uses, Instant now) {
    return new KeyXml().document(key, uses, now);
  }

  private String document(StoredKey key, long uses, Instant now) {
    out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    String root = key.kind() == StoredKey.Kind.SECRET_KEY ? "secret_key" : "private_key";
    open(root + " creation=\"" + (key.imported() ? "imported" : "generated") + "\"");
    KeyMaterial material = key.material();
    leaf("label", key.label());
    leaf("create_time", Times.text(key.createTime()));
    leaf("attest_time", Times.text(now));
    leaf("key_use_count", uses);
    leaf("algorithm", material.algorithm());
    leaf("algorithm_oid", material.algorithmOid());
    leaf("curve_oid", material.curveOid());
    leaf("key_size", material.keySize());
    Bytes publicKey = material.publicKey();
    leaf("public_key", publicKey == null ? null : publicKey.toBase64());
    attributes(key.attributes());
    Policy policy = key.policy();
    if (policy != null) {
      policy(policy);
    }
    close(root);
    return out.append("\n\n").toString();
  }

  private void attributes(KeyAttributes attributes) {
    open("attributes");
    leaf("decrypt", attributes.decrypt());
    leaf("sign", attributes.sign());
    leaf("unwrap", attributes.unwrap());
    leaf("derive", attributes.derive());
    leaf("sensitive", attributes.sensitive());
    leaf("always_sensitive", attributes.alwaysSensitive());
    leaf("extractable", attributes.extractable());
    leaf("never_extractable", attributes.neverExtractable());
    leaf("modifiable", attributes.modifiable());
    leaf("copyable", attributes.copyable());
    leaf("destroyable", attributes.destroyable());
    leaf("unique", true);
    close("attributes");
  }

  private void policy(Policy policy) {
    open("policy");
    open("key_status");
    leaf("blocked", policy.blocked());
    close("key_status");
    rule("rule_use", policy.ruleUse());
    rule("rule_block", policy.ruleBlock());
    rule("rule_unblock", policy.ruleUnblock());
    rule("rule_modify", policy.ruleModify());
    close("policy");
  }

  private void rule(String name, @Nullable Rule rule) {
    if (rule == null) {
      return;
    }
    open(name);
    List<Token> tokens = rule.tokens();
    for (Token token : tokens == null ? List.<Token>of() : tokens) {
      open("token" + named(token.name()));
      leaf("timelock", token.timelock());
      leaf("timeout", token.timeout());
      token.groups().forEach(this::group);
      close("token");
    }
    close(name);
  }

  private void group(Group group) {
    open("group" + named(group.name()));
    leaf("quorum", group.quorum());
    for (Approval approval : group.approvals()) {
      indent();
      out.append("<approval type=\"").append(approval.type().wireName()).append('"');
      out.append(named(approval.name())).append('>').append(approval.value().toBase64());
      out.append("</approval>\n");
    }
    close("group");
  }

  private static String named(@Nullable String name) {
    return name == null ? "" : " name=\"" + escaped(name) + "\"";
  }

  private void open(String tag) {
    indent();
    out.append('<').append(tag).append(">\n");
    depth++;
  }

  private void close(String tag) {
    depth--;
    indent();
    out.append("</").append(tag).append('>').append(depth == 0 ? "" : "\n");
  }

  private void leaf(String tag, @Nullable Object value) {
    if (value != null) {
      indent();
      out.append('<').append(tag).append('>').append(escaped(value.toString()));
      out.append("</").append(tag).append(">\n");
    }
  }

  private void indent() {
    out.append("\t".repeat(depth));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
