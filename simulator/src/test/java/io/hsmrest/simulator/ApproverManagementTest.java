package io.hsmrest.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hsmrest.simulator.Caller.Answer;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Approvers whose keys the service makes (contract 2.7). */
class ApproverManagementTest {
  private static final String TRANSPORT = "0123456789abcdef";

  @RegisterExtension static final HsmSimulatorExtension HSM = new HsmSimulatorExtension();

  private Caller caller;

  @BeforeEach
  void connect() {
    caller = new Caller(HSM.simulator());
  }

  private String create(String name) {
    return caller
        .post(
            "/v1/approverManagement/create",
            """
            {`approverName`: `%s`, `algorithm`: `RSA`, `keySize`: 2048,
             `backupPassword`: `backup`, `validity`: 365}
            """
                .formatted(name))
        .ok()
        .member("oneTimeCode");
  }

  private Answer onboard(String name, String code) {
    return caller.post(
        "/v1/approver/onboard",
        "{`approverName`: `%s`, `oneTimeCode`: `%s`, `transportPassword`: `%s`}"
            .formatted(name, code, TRANSPORT));
  }

  private static KeyStore keyStore(Answer onboarded, String password) throws Exception {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        Cipher.DECRYPT_MODE,
        new SecretKeySpec(TRANSPORT.getBytes(StandardCharsets.UTF_8), "AES"),
        new GCMParameterSpec(
            128, Base64.getDecoder().decode(onboarded.member("initializationVector"))));
    byte[] pkcs12 =
        cipher.doFinal(Base64.getDecoder().decode(onboarded.member("encryptedPayload")));
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(new ByteArrayInputStream(pkcs12), password.toCharArray());
    return store;
  }

  @Test
  void anOnboardedApproverApproves() throws Exception {
    String code = create("olga");
    assertThat(code).matches("\\d{6}");
    String policy = "{`type`: `onboarded_approver_certificate`, `name`: `olga`}";
    TestApprover placeholder = TestApprover.ec("x", HSM.simulator());
    String rule =
        Bodies.rule(Bodies.token(0, 600, Bodies.group(1, placeholder)))
            .replace(placeholder.approval(), policy);
    assertThat(caller.post("/v1/key", Bodies.gatedKey("k", rule)).errorCode()).isEqualTo(414);
    assertThat(onboard("olga", "000000").errorCode()).isEqualTo(412);
    KeyStore store = keyStore(onboard("olga", code).ok(), "backup");
    assertThat(onboard("olga", code).errorCode()).isEqualTo(412);

    JsonNode status = caller.get("/v1/approverManagement/onboarding/status").ok().body();
    String certificate = status.at("/onboarded/0/approverCertificate").asText();
    assertThat(certificate)
        .isEqualTo(Base64.getEncoder().encodeToString(store.getCertificate("olga").getEncoded()));
    assertThat(status.path("pending")).isEmpty();

    caller.post("/v1/key", Bodies.gatedKey("k", rule)).ok();
    String id = caller.post("/v1/sign", Bodies.sign("k", "p")).ok().member("signRequestId");
    PrivateKey key = (PrivateKey) store.getKey("olga", "backup".toCharArray());
    String timestamp = Instant.now().toString();
    JsonNode task =
        caller
            .post(
                "/v1/filteredSignApprovalTask",
                """
                {`timestamp`: `%s`, `timestampSignature`: `%s`,
                 `timestampDigestAlgorithm`: `SHA-256`, `approverCertificate`: `%s`}
                """
                    .formatted(
                        timestamp,
                        sign(key, timestamp.getBytes(StandardCharsets.US_ASCII)),
                        certificate))
            .ok()
            .body()
            .at("/tasks/0");
    String toBeSigned = task.path("approvalToBeSigned").asText();
    caller
        .post(
            "/v1/approval",
            """
            {`id`: `%s`, `approvalToBeSigned`: `%s`, `signature`: `%s`,
             `approvalDigestAlgorithm`: `SHA-256`, `approverCertificate`: `%s`}
            """
                .formatted(
                    task.path("id").asText(),
                    toBeSigned,
                    sign(key, Base64.getDecoder().decode(toBeSigned)),
                    certificate))
        .ok();
    assertThat(caller.get("/v1/request/" + id).ok().member("status")).isEqualTo("EXECUTED");
  }

  private static String sign(PrivateKey key, byte[] content) throws Exception {
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(key);
    signature.update(content);
    return Base64.getEncoder().encodeToString(signature.sign());
  }

  @Test
  void aForgottenPasswordIsReplacedThroughARequest() throws Exception {
    onboard("olga", create("olga")).ok();
    String id =
        caller
            .post(
                "/v1/approverManagement/restoreFromBackup/forgotPassword",
                "{`approverName`: `olga`, `newBackupPassword`: `new`}")
            .ok()
            .member("unwrapRequestId");
    String code = caller.get("/v1/request/" + id).ok().member("result");
    assertThat(keyStore(onboard("olga", code).ok(), "new").containsAlias("olga")).isTrue();
    assertThat(caller.get("/v1/key").text()).contains("approver-mgmt-backup-key-rsa-wrapping");
  }

  @Test
  void aRenewedCodeReplacesTheOldOne() {
    String old = create("olga");
    String renewed =
        caller
            .post("/v1/approverManagement/renewOneTimeCode", "{`approverName`: `olga`}")
            .ok()
            .member("oneTimeCode");
    if (!renewed.equals(old)) {
      assertThat(onboard("olga", old).errorCode()).isEqualTo(412);
    }
    onboard("olga", renewed).ok();
  }

  @Test
  void whatCannotBeIsRefused() {
    create("olga");
    Answer again =
        caller.post(
            "/v1/approverManagement/create",
            "{`approverName`: `olga`, `backupPassword`: `backup`}");
    assertThat(again.errorCode()).isEqualTo(632);
    assertThat(
            caller
                .post("/v1/approverManagement/create", "{`backupPassword`: `backup`}")
                .errorCode())
        .isEqualTo(633);
    assertThat(
            caller
                .post("/v1/approverManagement/renewOneTimeCode", "{`approverName`: `nobody`}")
                .errorCode())
        .isEqualTo(413);
    caller.delete("/v1/approverManagement/delete/olga").ok();
    assertThat(caller.delete("/v1/approverManagement/delete/olga").errorCode()).isEqualTo(413);
  }
}
