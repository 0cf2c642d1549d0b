package io.hsmrest.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.simulator.Caller.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What goes wrong with certificates (contract 2.3). The right ways are golden samples. */
class CertificatesTest {
  @RegisterExtension static final HsmSimulatorExtension HSM = new HsmSimulatorExtension();

  private Caller caller;

  @BeforeEach
  void connect() {
    caller = new Caller(HSM.simulator());
    caller.post("/v1/key", Bodies.ecKey("k")).ok();
  }

  private static String issue(String request) {
    return """
    {`signKeyName`: `k`, `signatureAlgorithm`: `SHA256_WITH_ECDSA`, `commonName`: `leaf`,
     `certificateAuthority`: false, `certificateSigningRequest`: `%s`}
    """
        .formatted(request.replace("\n", "\\n"));
  }

  private String request() {
    return caller
        .post(
            "/v1/certificate/synchronous/request",
            """
            {`signKeyName`: `k`, `signatureAlgorithm`: `SHA256_WITH_ECDSA`,
             `standardCertificateAttributes`: {`commonName`: `leaf`}}
            """)
        .ok()
        .member("certificateSigningRequest");
  }

  @Test
  void aCaKeyNeedsACertificate() {
    String request = request();
    Answer answer = caller.post("/v1/certificate/synchronous/sign", issue(request));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.errorCode()).isEqualTo(402);
    assertThat(answer.message())
        .startsWith("Key with name 'k' does not have a valid signing-certificate");
    String body = "{`signCertificateRequest`: " + issue(request) + "}";
    assertThat(caller.post("/v1/certificate/sign", body).errorCode()).isEqualTo(402);
  }

  @Test
  void aBadRequestIsRefused() {
    caller
        .post("/v1/certificate/synchronous/selfsign", Bodies.selfSign("k", "SHA256_WITH_ECDSA"))
        .ok();
    assertThat(caller.post("/v1/certificate/synchronous/sign", issue("rubbish")).errorCode())
        .isEqualTo(628);
  }

  @Test
  void aSignatureAlgorithmMustFitTheKey() {
    Answer answer =
        caller.post(
            "/v1/certificate/synchronous/selfsign", Bodies.selfSign("k", "SHA256_WITH_RSA"));
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.errorCode()).isEqualTo(701);
    assertThat(answer.message()).contains("not valid for this key type");
    assertThat(
            caller
                .post(
                    "/v1/certificate/synchronous/selfsign",
                    Bodies.selfSign("k", "SHA256_WITH_RSA_PSS"))
                .errorCode())
        .isEqualTo(600);
  }

  @Test
  void aSubjectWithoutCommonNameIsRefused() {
    Answer answer =
        caller.post(
            "/v1/certificate/synchronous/request",
            """
            {`signKeyName`: `k`, `signatureAlgorithm`: `SHA256_WITH_ECDSA`,
             `standardCertificateAttributes`: {`country`: `CH`}}
            """);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.errorCode()).isEqualTo(411);
  }

  @Test
  void onlyAKeyTakesACertificate() {
    caller
        .post("/v1/certificate/synchronous/selfsign", Bodies.selfSign("k", "SHA256_WITH_ECDSA"))
        .ok();
    String certificate = caller.get("/v1/certificate/k").ok().member("rawCertificate");
    String body = "{`label`: `%s`, `certificate`: `%s`}";
    assertThat(
            caller
                .post("/v1/certificate/import/plain", body.formatted("none", certificate))
                .errorCode())
        .isEqualTo(650);
    assertThat(caller.post("/v1/certificate/import/plain", body.formatted("k", "QUJD")).errorCode())
        .isEqualTo(626);
  }

  @Test
  void theKeyStaysWhenItsCertificateIsDeleted() {
    caller
        .post("/v1/certificate/synchronous/selfsign", Bodies.selfSign("k", "SHA256_WITH_ECDSA"))
        .ok();
    caller.delete("/v1/certificate/k").ok();
    caller.post("/v1/synchronousSign", Bodies.sign("k", "p")).ok();
    assertThat(caller.delete("/v1/certificate/k").errorCode()).isEqualTo(650);
  }

  @Test
  void aGatedKeyIsRefusedSynchronouslyAndAsksAsynchronously() {
    TestApprover alice = TestApprover.ec("alice", HSM.simulator());
    String rule = Bodies.rule(Bodies.token(0, 600, Bodies.group(1, alice)));
    caller.post("/v1/key", Bodies.gatedKey("ca", rule)).ok();
    String selfSign = Bodies.selfSign("ca", "SHA256_WITH_ECDSA");
    assertThat(caller.post("/v1/certificate/synchronous/selfsign", selfSign).errorCode())
        .isEqualTo(701);
    caller
        .post("/v1/certificate/selfsign", "{`selfSignCertificateRequest`: " + selfSign + "}")
        .ok();
    alice.approve(caller).ok();
    String id =
        caller
            .post(
                "/v1/certificate/sign",
                "{`signCertificateRequest`: " + issue(request()).replace("`k`", "`ca`") + "}")
            .ok()
            .member("signRequestId");
    alice.approve(caller).ok();
    assertThat(caller.get("/v1/request/" + id).ok().member("result"))
        .startsWith("-----BEGIN CERTIFICATE-----\n");
    String csr =
        caller
            .post(
                "/v1/certificate/request",
                """
                {`csrSignRequest`: {`signKeyName`: `ca`, `signatureAlgorithm`: `SHA256_WITH_ECDSA`,
                 `standardCertificateAttributes`: {`commonName`: `ca`}}}
                """)
            .ok()
            .member("signRequestId");
    alice.approve(caller).ok();
    assertThat(caller.get("/v1/request/" + csr).ok().member("result"))
        .startsWith("-----BEGIN NEW CERTIFICATE REQUEST-----\n");
  }
}
