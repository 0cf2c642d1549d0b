package io.hsmrest.client.rest;

import io.hsmrest.client.model.CsrRequest;
import io.hsmrest.client.model.ImportedKey;
import io.hsmrest.client.model.IssueCertificateRequest;
import io.hsmrest.client.model.KeyFlags;
import io.hsmrest.client.model.NewKey;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.PemText;
import io.hsmrest.client.model.RequestMetadata;
import io.hsmrest.client.model.Secret;
import io.hsmrest.client.model.SelfSignCertificateRequest;
import io.hsmrest.client.model.SignRequest;
import io.hsmrest.client.model.SubjectAlternativeName;
import io.hsmrest.client.model.SubjectAttributes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is sent, as plain maps. The service refuses members it does not know (contract 1.4), so
 * nothing that version 2.0.1 does not take is sent unasked, and null is left out.
 */
final class RequestBodies {
  private RequestBodies() {}

  static Map<String, Object> newKey(NewKey key) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("label", key.label());
    putPassword(body, "password", key.password());
    body.put("algorithm", key.algorithm());
    putIfSet(body, "keySize", key.keySizeBits());
    putIfSet(body, "curveOid", key.curveOid());
    body.put("attributes", flags(key.flags()));
    putIfSet(body, "policy", key.policy() == null ? null : PolicyJson.write(key.policy()));
    return body;
  }

  static Map<String, Object> importedKey(ImportedKey key) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("label", key.label());
    body.put("algorithm", key.algorithm());
    putIfSet(body, "privateKey", base64(key.privateKey()));
    putIfSet(body, "publicKey", base64(key.publicKey()));
    putIfSet(body, "certificate", base64(key.certificate()));
    body.put("attributes", flags(key.flags()));
    return body;
  }

  static Map<String, Object> labelled(String label, @Nullable Secret password) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("label", label);
    putPassword(body, "password", password);
    return body;
  }

  static Map<String, Object> sign(SignRequest request, @Nullable RequestMetadata metadata) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("payload", request.payload().toBase64());
    body.put("payloadType", "UNSPECIFIED");
    body.put("signKeyName", request.keyName());
    putPassword(body, "keyPassword", request.keyPassword());
    body.put("signatureAlgorithm", request.signatureAlgorithm());
    putIfSet(body, "signatureType", request.signatureType());
    putMetadata(body, metadata);
    return Map.of("signRequest", body);
  }

  /**
   * How a certificate's subject is written; services differ in which form they take (contract U6).
   */
  enum SubjectForm {
    COMMON_NAME,
    ATTRIBUTES;

    SubjectForm other() {
      return this == COMMON_NAME ? ATTRIBUTES : COMMON_NAME;
    }

    void put(Map<String, Object> body, SubjectAttributes subject) {
      if (this == COMMON_NAME) {
        body.put("commonName", DnText.escape(subject.commonName()));
      } else {
        body.put("standardCertificateAttributes", attributes(subject));
      }
    }
  }

  static Map<String, Object> selfSign(
      SelfSignCertificateRequest request, SubjectForm form, @Nullable RequestMetadata metadata) {
    Map<String, Object> body = signer(request.keyName(), request.keyPassword());
    body.put("validity", request.validityDays());
    body.put("signatureAlgorithm", request.signatureAlgorithm());
    form.put(body, request.subject());
    body.put("certificateAuthority", request.certificateAuthority());
    putNames(body, "keyUsage", request.keyUsage());
    putNames(body, "extendedKeyUsage", request.extendedKeyUsage());
    putNames(body, request.subjectAlternativeNames());
    putMetadata(body, metadata);
    return body;
  }

  static Map<String, Object> csr(CsrRequest request, @Nullable RequestMetadata metadata) {
    Map<String, Object> body = signer(request.keyName(), request.keyPassword());
    body.put("signatureAlgorithm", request.signatureAlgorithm());
    // Means nothing in a PKCS#10, and strict services ask for it (contract 2.3.2).
    body.put("validity", 0);
    body.put("standardCertificateAttributes", attributes(request.subject()));
    putNames(body, "keyUsage", request.keyUsage());
    putNames(body, "extendedKeyUsage", request.extendedKeyUsage());
    putNames(body, request.subjectAlternativeNames());
    putMetadata(body, metadata);
    return body;
  }

  static Map<String, Object> issue(
      IssueCertificateRequest request, SubjectForm form, @Nullable RequestMetadata metadata) {
    Map<String, Object> body = signer(request.caKeyName(), request.keyPassword());
    body.put("signatureAlgorithm", request.signatureAlgorithm());
    form.put(body, request.subject());
    putIfSet(body, "validity", request.validityDays());
    body.put("certificateAuthority", request.certificateAuthority());
    body.put("certificateSigningRequest", PemText.encode("NEW CERTIFICATE REQUEST", request.csr()));
    putNames(body, "keyUsage", request.keyUsage());
    putNames(body, "extendedKeyUsage", request.extendedKeyUsage());
    putNames(body, request.subjectAlternativeNames());
    putIfSet(body, "copyExtensions", request.copyExtensions() ? "COPY" : null);
    putMetadata(body, metadata);
    return body;
  }

  private static Map<String, Object> signer(String keyName, @Nullable Secret password) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("signKeyName", keyName);
    putPassword(body, "keyPassword", password);
    return body;
  }

  private static Map<String, Object> flags(KeyFlags flags) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("decrypt", flags.decrypt());
    json.put("sign", flags.sign());
    json.put("unwrap", flags.unwrap());
    json.put("extractable", flags.extractable());
    json.put("modifiable", flags.modifiable());
    json.put("destroyable", flags.destroyable());
    return json;
  }

  private static Map<String, Object> attributes(SubjectAttributes subject) {
    Map<String, Object> json = new LinkedHashMap<>();
    subject
        .values()
        .forEach((attribute, value) -> json.put(attribute.memberName(), DnText.escape(value)));
    return json;
  }

  private static void putNames(Map<String, Object> body, List<SubjectAlternativeName> names) {
    if (!names.isEmpty()) {
      body.put(
          "subjectAlternativeNames",
          names.stream()
              .map(name -> Map.of("sanType", name.type().name(), "sanValue", name.value()))
              .toList());
    }
  }

  private static void putMetadata(Map<String, Object> body, @Nullable RequestMetadata metadata) {
    if (metadata != null) {
      putIfSet(body, "metaData", base64(metadata.metaData()));
      putIfSet(body, "metaDataSignature", base64(metadata.signature()));
    }
  }

  /** As an array of one-character strings; an empty one is never sent (contract 1.4). */
  private static void putPassword(Map<String, Object> body, String name, @Nullable Secret secret) {
    if (secret != null && !secret.isEmpty()) {
      body.put(name, secret.reveal().chars().mapToObj(Character::toString).toList());
    }
  }

  private static void putNames(Map<String, Object> body, String name, List<? extends Enum<?>> of) {
    if (!of.isEmpty()) {
      body.put(name, of.stream().map(Enum::name).toList());
    }
  }

  private static void putIfSet(Map<String, Object> body, String name, @Nullable Object value) {
    if (value != null) {
      body.put(name, value);
    }
  }

  private static @Nullable String base64(@Nullable Octets octets) {
    return octets == null ? null : octets.toBase64();
  }
}
