package io.hsmrest.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hsmrest.simulator.Caller.Answer;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Section 9 of the contract, replayed. G11 is in the tests of the policy package. */
class GoldenSamplesTest {
  @RegisterExtension
  static final HsmSimulatorExtension HSM =
      new HsmSimulatorExtension(builder -> builder.settings("{\"version\": \"2.2.0\"}"));

  @RegisterExtension static final HsmSimulatorExtension NEWER = new HsmSimulatorExtension();

  private Caller caller;

  @BeforeEach
  void connect() {
    caller = new Caller(HSM.simulator());
  }

  private static final String G1 =
      """
      {"label": "signing-key", "password": ["R","E","P","L","A","C","E"], "algorithm": "EC", "curveOid": "1.3.132.0.10",
       "attributes": {"encrypt": false, "decrypt": false, "verify": true, "sign": true, "wrap": false, "unwrap": false, "derive": false,
         "bip32": false, "extractable": false, "modifiable": true, "destroyable": true, "sensitive": true, "copyable": false}}
      """;

  private static final String G2 =
      """
      {"label": "%s", "algorithm": "RSA", "keySize": 2048,
       "attributes": {"sign": true, "extractable": false, "modifiable": true, "destroyable": true, "sensitive": true, "decrypt": false, "unwrap": false}}
      """;

  private static final String G3 =
      """
      {"label": "TESTKEY2024-08-14_20-02-48.72168016257020", "password": null, "id": null, "algorithm": "ED", "algorithmOid": null,
       "curveOid": "1.3.101.112", "keySize": null, "addressFormat": null,
       "attributes": {"encrypt": null, "decrypt": true, "verify": null, "sign": true, "wrap": null, "unwrap": true, "derive": true, "bip32": true,
         "slip10": true, "extractable": false, "modifiable": true, "destroyable": true, "sensitive": null, "copyable": false},
       "policy": {"ruleUse": RULE, "ruleBlock": RULE, "ruleUnblock": RULE, "ruleModify": RULE, "keyStatus": {"blocked": false}}}
      """;

  private static final String G3_RULE =
      """
      {"tokens": [{"name": "Token1", "timelock": 0, "timeout": 600, "groups": [{"name": "Group1", "quorum": 1,
           "approvals": [{"type": "public_key", "name": "ApproverKey1", "value": "%s"}]}]}]}
      """;

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  @Test
  void g1_and_g4_aPlainEcKeyAnswersItsAttributes() throws Exception {
    Answer created = caller.post("/v1/key", G1);
    assertThat(created.status()).isEqualTo(201);
    assertThat(names(created.body()))
        .containsExactly("xml", "json", "xmlSignature", "attestationKeyName");
    JsonNode json = created.body().path("json");
    assertThat(names(json))
        .containsExactly(
            "label",
            "id",
            "uuid",
            "algorithm",
            "algorithmOid",
            "curveOid",
            "derivedAttributes",
            "keySize",
            "keyUsageCount",
            "createTime",
            "attestTime",
            "publicKey",
            "addressTruncated",
            "attributes",
            "policy");
    assertThat(names(json.path("attributes")))
        .containsExactly(
            "decrypt",
            "sign",
            "ekaSign",
            "unwrap",
            "derive",
            "sensitive",
            "alwaysSensitive",
            "extractable",
            "neverExtractable",
            "modifiable",
            "copyable",
            "destroyable");
    assertThat(json.path("algorithm").asText()).isEqualTo("EC");
    assertThat(json.path("algorithmOid").asText()).isEqualTo("1.2.840.10045.2.1");
    assertThat(json.path("curveOid").asText()).isEqualTo("1.3.132.0.10");
    assertThat(json.path("keySize").isNull()).isTrue();
    assertThat(json.path("policy").isNull()).isTrue();
    assertThat(json.path("createTime").asText())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
    assertThat(json.path("publicKey").asText()).startsWith("MFYwEAYHKoZIzj0CAQYFK4EEAAoDQgAE");
  }

  @Test
  void g1_theAttestationKeySignsTheXml() throws Exception {
    Answer created = caller.post("/v1/key", G1).ok();
    assertThat(created.member("attestationKeyName")).isEqualTo("attestation-key");
    String attestationKey =
        caller
            .post("/v1/key/attributes", "{`label`: `attestation-key`}")
            .ok()
            .body()
            .at("/json/publicKey")
            .asText();
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initVerify(publicKey("EC", attestationKey));
    signature.update(created.member("xml").getBytes(StandardCharsets.UTF_8));
    assertThat(signature.verify(Base64.getDecoder().decode(created.member("xmlSignature"))))
        .isTrue();
  }

  @Test
  void g2_anRsaKeyWithMinimalAttributes() {
    JsonNode json = caller.post("/v1/key", G2.formatted("k")).ok().body().path("json");
    assertThat(json.path("keySize").asInt()).isEqualTo(2048);
    assertThat(json.path("curveOid").isNull()).isTrue();
    assertThat(json.at("/attributes/alwaysSensitive").asBoolean()).isTrue();
    assertThat(json.at("/attributes/neverExtractable").asBoolean()).isTrue();
  }

  @Test
  void g3_anEdKeyWithAPolicyAndEveryOptionalMemberExplicit() {
    TestApprover approver = TestApprover.ec("ApproverKey1", HSM.simulator());
    String rule = G3_RULE.formatted(approver.publicKey());
    JsonNode json = caller.post("/v1/key", G3.replace("RULE", rule)).ok().body().path("json");
    assertThat(json.path("algorithmOid").asText()).isEqualTo("1.3.101.112");
    assertThat(json.path("curveOid").isNull()).isTrue();
    assertThat(json.at("/policy/ruleModify/tokens/0/groups/0/approvals/0/value").asText())
        .isEqualTo(approver.publicKey());
    assertThat(json.at("/policy/keyStatus/blocked").asBoolean(true)).isFalse();
  }

  @Test
  void g5_and_g6_aSynchronousSignatureVerifies() throws Exception {
    caller.post("/v1/key", G1).ok();
    Answer signed =
        caller.post(
            "/v1/synchronousSign",
            """
            {"signRequest": {"payload": "U2lnblBheWxvYWREZW1v", "payloadType": "UNSPECIFIED", "signKeyName": "signing-key",
              "keyPassword": ["R","E","P","L","A","C","E"], "signatureAlgorithm": "SHA256_WITH_ECDSA"}}
            """);
    assertThat(signed.status()).isEqualTo(200);
    assertThat(names(signed.body())).containsExactly("signature");
    Answer verified =
        caller.post(
            "/v1/verify",
            """
            {"verifySignatureRequest": {"signKeyName": "signing-key", "masterKeyPassword": ["R","E","P","L","A","C","E"], "signatureAlgorithm": "SHA256_WITH_ECDSA",
              "payload": "U2lnblBheWxvYWREZW1v", "signature": "%s"}}
            """
                .formatted(signed.member("signature")));
    assertThat(verified.text()).isEqualTo("{\"signatureValid\":true}");
  }

  @Test
  void g7_to_g10_anApproverWithACertificateApprovesASignature() throws Exception {
    TestApprover approver = TestApprover.rsa("approver", HSM.simulator());
    String certificate = approver.certificate();
    String rule =
        G3_RULE
            .formatted(certificate)
            .replace("\"public_key\", \"name\": \"ApproverKey1\"", "\"certificate\"");
    JsonNode key =
        caller.post("/v1/key", Bodies.gatedRsaKey("TSB_TUTORIAL_1-RSA", rule)).ok().body();

    Answer asked =
        caller.post(
            "/v1/sign",
            """
            {"signRequest": {"payload": "QXBwcm92ZVNpZ25UYXNrUGF5bG9hZA==", "payloadType": "UNSPECIFIED", "signKeyName": "TSB_TUTORIAL_1-RSA", "signatureAlgorithm": "SHA256_WITH_RSA"}}
            """);
    assertThat(asked.status()).isEqualTo(201);
    assertThat(names(asked.body())).containsExactly("signRequestId");

    String timestamp = Instant.now(HSM.simulator().clock()).toString().substring(0, 19) + "+00:00";
    Answer fetched =
        caller.post(
            "/v1/filteredSignApprovalTask",
            """
            {"timestamp": "%s", "timestampSignature": "%s", "approverCertificate": "%s",
             "timestampDigestAlgorithm": "SHA-256", "detailLevel": "level1", "paging": {"pageNumber": 0, "pageSize": 1, "sortOrder": "CREATION_DATE_ASC"}}
            """
                .formatted(
                    timestamp,
                    approver.sign(timestamp.getBytes(StandardCharsets.US_ASCII)),
                    certificate));
    assertThat(fetched.status()).isEqualTo(200);
    JsonNode task = fetched.body().at("/tasks/0");
    assertThat(names(task))
        .containsExactly("detailLevel", "id", "approvalToBeSigned", "approverPublicKey");

    String toBeSigned = task.path("approvalToBeSigned").asText();
    Answer approved =
        caller.post(
            "/v1/approval",
            """
            {"id": "%s", "approvalToBeSigned": "%s", "signature": "%s",
             "approvalDigestAlgorithm": "SHA-256", "approverCertificate": "%s"}
            """
                .formatted(
                    task.path("id").asText(),
                    toBeSigned,
                    approver.sign(Base64.getDecoder().decode(toBeSigned)),
                    certificate));
    assertThat(approved.status()).isEqualTo(200);

    JsonNode request = caller.get("/v1/request/" + asked.member("signRequestId")).ok().body();
    assertThat(names(request))
        .containsExactly(
            "id",
            "status",
            "executionTime",
            "approvedBy",
            "notYetApprovedBy",
            "rejectedBy",
            "result");
    assertThat(request.path("status").asText()).isEqualTo("EXECUTED");
    assertThat(request.at("/approvedBy/0").asText()).isEqualTo(approver.publicKey());
    assertThat(request.path("notYetApprovedBy")).isEmpty();
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initVerify(publicKey("RSA", key.at("/json/publicKey").asText()));
    signature.update("ApproveSignTaskPayload".getBytes(StandardCharsets.UTF_8));
    assertThat(signature.verify(Base64.getDecoder().decode(request.path("result").asText())))
        .isTrue();
  }

  @Test
  void g12_aSelfSignedCertificateIsAttachedToItsKey() throws Exception {
    caller.post("/v1/key", G2.formatted("tsb-timestamp-signer")).ok();
    Answer answer =
        caller
            .post(
                "/v1/certificate/synchronous/selfsign",
                """
                {"signKeyName": "tsb-timestamp-signer", "keyPassword": null, "validity": 3650, "signatureAlgorithm": "SHA256_WITH_RSA", "commonName": "TSB-Timestamp-Signer",
                 "certificateAuthority": true, "keyUsage": ["DIGITAL_SIGNATURE"], "extendedKeyUsage": ["ANY_EXTENDED_KEY_USAGE"]}
                """)
            .ok();
    assertThat(names(answer.body())).containsExactly("label", "certificate");
    assertThat(answer.member("certificate"))
        .matches("-----BEGIN CERTIFICATE-----\n[A-Za-z0-9+/]+=*\n-----END CERTIFICATE-----");
    X509Certificate certificate = certificate(answer.member("certificate"));
    certificate.verify(certificate.getPublicKey());
    assertThat(certificate.getSerialNumber()).isZero();
    assertThat(certificate.getBasicConstraints()).isEqualTo(Integer.MAX_VALUE);
    assertThat(certificate.getCriticalExtensionOIDs()).contains("2.5.29.15", "2.5.29.37");
    assertThat(caller.get("/v1/certificate/tsb-timestamp-signer").ok().member("certificate"))
        .isEqualTo(answer.member("certificate"));
  }

  @Test
  void g13_theNewerFormOfSelfSigning() {
    Caller newer = new Caller(NEWER.simulator());
    newer.post("/v1/key", G2.formatted("k")).ok();
    Answer answer =
        newer.post(
            "/v1/certificate/synchronous/selfsign",
            """
            {"signKeyName": "k", "validity": 365, "signatureAlgorithm": "SHA256_WITH_RSA", "certificateAuthority": true,
             "standardCertificateAttributes": {"commonName": "k"}, "keyUsage": ["KEY_CERT_SIGN"], "extendedKeyUsage": ["ANY_EXTENDED_KEY_USAGE"]}
            """);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(newer.get("/v1/certificate/k").ok().member("rawCertificate")).startsWith("MII");
  }

  private String g14() {
    caller.post("/v1/key", G2.formatted("sub_certificate_key")).ok();
    return caller
        .post(
            "/v1/certificate/synchronous/request",
            """
            {"signKeyName": "sub_certificate_key", "keyPassword": null, "signatureAlgorithm": "SHA256_WITH_RSA", "validity": 365,
             "standardCertificateAttributes": {"commonName": "SUB-Securosys-001", "country": "CH", "stateOrProvinceName": "Zurich", "locality": "Zurich",
               "organizationName": "Securosys SA", "organizationUnitName": "Operations", "email": null, "title": null, "surname": null, "givenName": null,
               "initials": null, "pseudonym": null, "generationQualifier": null},
             "keyUsage": ["DIGITAL_SIGNATURE"], "extendedKeyUsage": ["ANY_EXTENDED_KEY_USAGE"]}
            """)
        .ok()
        .member("certificateSigningRequest");
  }

  @Test
  void g14_aCertificateRequestIsPemWithTheOldHeader() {
    assertThat(g14())
        .startsWith("-----BEGIN NEW CERTIFICATE REQUEST-----\n")
        .endsWith("\n-----END NEW CERTIFICATE REQUEST-----\n");
  }

  @Test
  void g15_aCertificateIsIssuedAndImported() throws Exception {
    String request = g14();
    caller.post("/v1/key", G2.formatted("certificate_key")).ok();
    caller
        .post(
            "/v1/certificate/synchronous/selfsign",
            Bodies.selfSign("certificate_key", "SHA256_WITH_RSA"))
        .ok();
    Answer issued =
        caller
            .post(
                "/v1/certificate/synchronous/sign",
                """
                {"signKeyName": "certificate_key", "keyPassword": null, "signatureAlgorithm": "SHA256_WITH_RSA", "commonName": "SUB-Securosys-001",
                 "certificateAuthority": false, "certificateSigningRequest": "%s", "keyUsage": ["DIGITAL_SIGNATURE"], "extendedKeyUsage": ["ANY_EXTENDED_KEY_USAGE"]}
                """
                    .formatted(request.replace("\n", "\\n")))
            .ok();
    X509Certificate certificate = certificate(issued.member("certificate"));
    X509Certificate issuer =
        certificate(caller.get("/v1/certificate/certificate_key").ok().member("certificate"));
    certificate.verify(issuer.getPublicKey());
    assertThat(certificate.getIssuerX500Principal()).isEqualTo(issuer.getSubjectX500Principal());
    assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=SUB-Securosys-001");

    String bare = Base64.getEncoder().encodeToString(certificate.getEncoded());
    Answer imported =
        caller
            .post(
                "/v1/certificate/import/plain",
                "{`label`: `sub_certificate_key`, `certificate`: `" + bare + "`}")
            .ok();
    assertThat(imported.member("label")).isEqualTo("sub_certificate_key");
    assertThat(imported.member("certificate")).isEqualTo(bare);
    assertThat(caller.get("/v1/certificate/sub_certificate_key").ok().member("certificate"))
        .isEqualTo(issued.member("certificate"));
  }

  @Test
  void g16_theResultOfAnApprovedSelfSigningIsTheTextTrue() {
    TestApprover approver = TestApprover.ec("ApproverKey1", HSM.simulator());
    String rule = G3_RULE.formatted(approver.publicKey());
    caller.post("/v1/key", Bodies.gatedKey("CA.approver.securosys.com", rule)).ok();
    Answer asked =
        caller.post(
            "/v1/certificate/selfsign",
            """
            {"selfSignCertificateRequest": {"signKeyName": "CA.approver.securosys.com", "keyPassword": null, "validity": 3650, "signatureAlgorithm": "SHA256_WITH_ECDSA",
              "commonName": "Approver-Intermediate-CA", "certificateAuthority": true, "keyUsage": ["DIGITAL_SIGNATURE", "KEY_CERT_SIGN"], "extendedKeyUsage": ["ANY_EXTENDED_KEY_USAGE"]}}
            """);
    assertThat(asked.status()).isEqualTo(201);
    assertThat(caller.get("/v1/certificate/CA.approver.securosys.com").errorCode()).isEqualTo(402);
    approver.approve(caller).ok();
    JsonNode request = caller.get("/v1/request/" + asked.member("signRequestId")).ok().body();
    assertThat(request.path("status").asText()).isEqualTo("EXECUTED");
    assertThat(request.path("result").asText()).isEqualTo("true");
    caller.get("/v1/certificate/CA.approver.securosys.com").ok();
  }

  @Test
  void g17_errorsHaveCodeReasonAndMessage() {
    Answer missing = caller.post("/v1/key/attributes", "{`label`: `NOPE`}");
    assertThat(missing.status()).isEqualTo(404);
    assertThat(missing.text())
        .isEqualTo(
            "{\"errorCode\":650,\"reason\":\"res.error.key.not.existent\",\"message\":"
                + "\"A key with the name 'NOPE' does not exist.\"}");

    Answer notPermitted = caller.post("/v1/synchronousSign", noSignKey());
    assertThat(notPermitted.status()).isEqualTo(500);
    assertThat(notPermitted.errorCode()).isEqualTo(701);
    assertThat(notPermitted.message()).contains("KEY_FUNCTION_NOT_PERMITTED");
  }

  private String noSignKey() {
    caller
        .post(
            "/v1/key",
            Bodies.ecKey("k")
                .replace("`sign`: true, `decrypt`: false", "`sign`: false, `decrypt`: true"))
        .ok();
    return Bodies.sign("k", "payload");
  }

  @Test
  void g18_aModificationReplacesThePolicyOnceApproved() {
    TestApprover before = TestApprover.ec("before", HSM.simulator());
    TestApprover after = TestApprover.ec("after", HSM.simulator());
    caller.post("/v1/key", Bodies.gatedKey("k", G3_RULE.formatted(before.publicKey()))).ok();
    Answer asked =
        caller.post(
            "/v1/modify",
            """
            {"modifyRequest": {"modifyKeyName": "k", "keyPassword": null, "metaData": "U29tZU1ldGFEYXRh",
              "metaDataSignature": "TWV0YURhdGFTaWduYXR1cmU=", "policy": {"ruleUse": %s}},
             "requestSignature": null}
            """
                .formatted(G3_RULE.formatted(after.publicKey())));
    assertThat(names(asked.ok().body())).containsExactly("modifyKeyRequestId");
    before.approve(caller).ok();
    JsonNode policy =
        caller.post("/v1/key/attributes", "{`label`: `k`}").ok().body().at("/json/policy");
    assertThat(policy.at("/ruleUse/tokens/0/groups/0/approvals/0/value").asText())
        .isEqualTo(after.publicKey());
    assertThat(policy.path("ruleModify").isNull()).isTrue();
  }

  @Test
  void g19_aTaskAtLevelFiveShowsEverything() {
    TestApprover approver = TestApprover.ec("ApproverKey1", HSM.simulator());
    String rule = G3_RULE.formatted(approver.publicKey());
    caller.post("/v1/key", Bodies.gatedKey("k", rule)).ok();
    String body =
        """
        {"signRequest":{"payload":"SGFsbG9hc2Q=","payloadType":"UNSPECIFIED","signKeyName":"k","keyPassword":null,"metaData":"U29tZU1ldGFEYXRh","metaDataSignature":"TWV0YURhdGFTaWduYXR1cmU=","signatureAlgorithm":"SHA256_WITH_ECDSA","signatureType":null},"requestSignature":null}\
        """;
    caller.post("/v1/sign", body).ok();
    JsonNode task = approver.tasks(caller, 5).get(0);
    assertThat(names(task))
        .containsExactly(
            "detailLevel",
            "id",
            "approvalToBeSigned",
            "approverPublicKey",
            "metaData",
            "metaDataSignature",
            "payload",
            "payloadType",
            "requestBase64",
            "signedSignRequest",
            "signedModifyKeyRequest",
            "signedBlockKeyRequest",
            "signedUnblockKeyRequest",
            "signedDecryptRequest",
            "signedUnwrapKeyRequest",
            "signedCertificateRequestRequest",
            "signedSignCertificateRequest",
            "signedSelfSignCertificateRequestDto",
            "timestamp",
            "timestampSignature",
            "timestampSignatureAlgorithm",
            "timestampSignatureWithAlgorithm",
            "keyAttributes",
            "keyAttributesSignature");
    assertThat(task.path("payload").asText()).isEqualTo("SGFsbG9hc2Q=");
    assertThat(task.path("requestBase64").asText()).isEqualTo(Bodies.base64(body));
    assertThat(task.path("signedSignRequest").toString()).isEqualTo(body);
    assertThat(task.path("signedModifyKeyRequest").isNull()).isTrue();
    assertThat(task.path("timestampSignatureAlgorithm").asText()).isEqualTo("SHA256_WITH_ECDSA");
    assertThat(task.path("keyAttributes").asText()).contains("<label>k</label>");
  }

  @Test
  void g20_theXmlHasTheElementsOfTheSample() {
    TestApprover approver = TestApprover.ec("ApproverKey1", HSM.simulator());
    String rule = G3_RULE.formatted(approver.publicKey());
    String xml = caller.post("/v1/key", G3.replace("RULE", rule)).ok().member("xml");
    assertThat(xml)
        .startsWith(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<private_key creation=\"generated\">\n")
        .contains("<algorithm>ED</algorithm>", "<algorithm_oid>1.3.101.112</algorithm_oid>")
        .doesNotContain("<curve_oid>")
        .contains("<always_sensitive>true</always_sensitive>", "<unique>true</unique>")
        .contains("<rule_use>", "<token name=\"Token1\">", "<timeout>600</timeout>")
        .contains("<approval type=\"public_key\" name=\"ApproverKey1\">" + approver.publicKey())
        .endsWith("</private_key>\n\n");
  }

  @Test
  void g21_aesGcmEncryptsAndDecrypts() {
    caller
        .post(
            "/v1/key",
            """
            {"label": "aes", "algorithm": "AES", "keySize": 256,
             "attributes": {"decrypt": true, "sign": false, "unwrap": false}}
            """)
        .ok();
    Answer encrypted =
        caller
            .post(
                "/v1/encrypt",
                """
                {"encryptRequest": {"payload": "RW5jcnlwdERlY3J5cHREZW1v", "encryptKeyName": "aes", "keyPassword": null, "cipherAlgorithm": "AES_GCM", "tagLength": 128}}
                """)
            .ok();
    assertThat(names(encrypted.body()))
        .containsExactly(
            "encryptedPayload",
            "encryptedPayloadWithoutMessageAuthenticationCode",
            "initializationVector",
            "messageAuthenticationCode");
    byte[] whole = Base64.getDecoder().decode(encrypted.member("encryptedPayload"));
    assertThat(whole).hasSize(18 + 16);
    Answer decrypted =
        caller
            .post(
                "/v1/synchronousDecrypt",
                """
                {"decryptRequest": {"encryptedPayload": "%s", "decryptKeyName": "aes", "cipherAlgorithm": "AES_GCM", "initializationVector": "%s", "tagLength": 128}}
                """
                    .formatted(
                        encrypted.member("encryptedPayload"),
                        encrypted.member("initializationVector")))
            .ok();
    assertThat(decrypted.text()).isEqualTo("{\"payload\":\"RW5jcnlwdERlY3J5cHREZW1v\"}");
  }

  @Test
  void g22_aKeyedHash() {
    caller.post("/v1/key", Bodies.key("mac", "HMACSHA256")).ok();
    Answer hash =
        caller
            .post("/v1/synchronousHmac", "{`hmacRequest`: {`keyName`: `mac`, `payload`: `YXNk`}}")
            .ok();
    assertThat(Base64.getDecoder().decode(hash.member("keyedHash"))).hasSize(32);
    assertThat(
            caller
                .post(
                    "/v1/verify",
                    "{`verifyHmacRequest`: {`keyName`: `mac`, `payload`: `YXNk`, `signature`: `"
                        + hash.member("keyedHash")
                        + "`}}")
                .ok()
                .text())
        .isEqualTo("{\"signatureValid\":true}");
  }

  @Test
  void g23_versionAndLicence() {
    assertThat(caller.get("/v1/versionInfo").text()).isEqualTo("{\"Version\":\"2.2.0\"}");
    Caller newer = new Caller(NEWER.simulator());
    assertThat(newer.get("/v1/versionInfo").text())
        .isEqualTo("{\"Version\":\"2.5.1\",\"Vendor\":\"Securosys SA\"}");
    assertThat(newer.get("/v1/licenseInfo").text())
        .isEqualTo("{\"clientFlags\":[\"KEY_AUTH\",\"REST_API\",\"TSB_ENGINE\"]}");
  }

  private static PublicKey publicKey(String algorithm, String base64) throws Exception {
    return KeyFactory.getInstance(algorithm)
        .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64)));
  }

  private static X509Certificate certificate(String pem) throws Exception {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
  }
}
