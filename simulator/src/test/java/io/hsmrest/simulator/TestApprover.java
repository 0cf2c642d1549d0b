package io.hsmrest.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.stream.StreamSupport;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An approver outside the simulator, who uses the service's approver endpoints only. */
final class TestApprover {
  private final String name;
  private final KeyPair keys;
  private final String signatureName;
  private final Clock clock;

  private TestApprover(String name, KeyPair keys, String signatureName, Clock clock) {
    this.name = name;
    this.keys = keys;
    this.signatureName = signatureName;
    this.clock = clock;
  }

  static TestApprover ec(String name, Clock clock) {
    return new TestApprover(name, pair("EC", "secp256r1"), "SHA256withECDSA", clock);
  }

  static TestApprover ec(String name, HsmSimulator simulator) {
    return new TestApprover(name, pair("EC", "secp256r1"), "SHA256withECDSA", simulator.clock());
  }

  static TestApprover rsa(String name, HsmSimulator simulator) {
    return new TestApprover(name, pair("RSA", null), "SHA256withRSA", simulator.clock());
  }

  static TestApprover ed25519(String name, HsmSimulator simulator) {
    return new TestApprover(name, pair("Ed25519", null), "Ed25519", simulator.clock());
  }

  private static KeyPair pair(String algorithm, @org.jspecify.annotations.Nullable String curve) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      if (curve != null) {
        generator.initialize(new ECGenParameterSpec(curve));
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** Public key, SPKI in base64. */
  String publicKey() {
    return Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
  }

  /** The approval that names this approver by its public key. */
  String approval() {
    return "{`type`: `public_key`, `name`: `%s`, `value`: `%s`}"
        .formatted(name, publicKey())
        .replace('`', '"');
  }

  /** A self-signed certificate, DER in base64. */
  String certificate() {
    try {
      X500Name subject = new X500Name("CN=" + name);
      Date now = Date.from(clock.instant());
      return Base64.getEncoder()
          .encodeToString(
              new X509v3CertificateBuilder(
                      subject,
                      BigInteger.ONE,
                      now,
                      now,
                      subject,
                      SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()))
                  .build(new JcaContentSignerBuilder(signatureName).build(keys.getPrivate()))
                  .getEncoded());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  String digest() {
    return signatureName.equals("Ed25519") ? "EdDSA" : "SHA-256";
  }

  String sign(byte[] content) {
    try {
      Signature signature = Signature.getInstance(signatureName);
      signature.initSign(keys.getPrivate());
      signature.update(content);
      return Base64.getEncoder().encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** The members that authenticate this approver, without braces. */
  String authentication() {
    return authentication(clock.instant());
  }

  String authentication(Instant time) {
    String timestamp = time.truncatedTo(java.time.temporal.ChronoUnit.MILLIS).toString();
    return """
    "timestamp": "%s", "timestampSignature": "%s", "timestampDigestAlgorithm": "%s", \
    "approverPublicKey": "%s\"\
    """
        .formatted(
            timestamp, sign(timestamp.getBytes(StandardCharsets.US_ASCII)), digest(), publicKey());
  }

  /** The tasks of this approver. */
  List<JsonNode> tasks(Caller caller, int level) {
    JsonNode tasks =
        caller
            .post(
                "/v1/filteredAllApprovalTask",
                "{" + authentication() + ", `detailLevel`: `level" + level + "`}")
            .ok()
            .body()
            .path("tasks");
    return StreamSupport.stream(tasks.spliterator(), false).toList();
  }

  /** Body of an approval of a task. */
  String approvalOf(JsonNode task) {
    String toBeSigned = task.path("approvalToBeSigned").asText();
    return """
    {"id": "%s", "approvalToBeSigned": "%s", "signature": "%s",
     "approvalDigestAlgorithm": "%s", "approverPublicKey": "%s"}
    """
        .formatted(
            task.path("id").asText(),
            toBeSigned,
            sign(Base64.getDecoder().decode(toBeSigned)),
            digest(),
            publicKey());
  }

  /** Approves the only task there is. */
  Caller.Answer approve(Caller caller) {
    return caller.post("/v1/approval", approvalOf(onlyTask(caller)));
  }

  /** Rejects the only task there is. */
  Caller.Answer reject(Caller caller) {
    return caller.send(
        "PATCH",
        "/v1/task",
        "{\"id\": \"" + onlyTask(caller).path("id").asText() + "\", " + authentication() + "}",
        "Content-Type",
        "application/json");
  }

  private JsonNode onlyTask(Caller caller) {
    List<JsonNode> tasks = tasks(caller, 1);
    if (tasks.size() != 1) {
      throw new AssertionError(name + " has " + tasks.size() + " tasks");
    }
    return tasks.get(0);
  }
}
