package io.hsmrest.client.rest;

import io.hsmrest.client.ApproverIdentity;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.TaskReference;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** How an approver shows who it is: with a signature over the time (contract 2.6.1). */
final class ApproverProof {
  /**
   * The service takes nothing from the future, not even a second, and everything up to ten minutes
   * old; so our clock may be ahead of its by this much.
   */
  private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(30);

  private ApproverProof() {}

  /** The members that a body begins with. */
  static Map<String, Object> members(
      ApproverIdentity approver, TaskReference.Form form, Instant now) throws HsmException {
    String timestamp = now.minus(CLOCK_TOLERANCE).truncatedTo(ChronoUnit.SECONDS).toString();
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("timestamp", timestamp);
    body.put(
        "timestampSignature",
        approver.sign(Octets.of(timestamp.getBytes(StandardCharsets.US_ASCII))).toBase64());
    body.put("timestampDigestAlgorithm", approver.digestAlgorithm());
    putIdentity(body, approver, form);
    return body;
  }

  static void putIdentity(
      Map<String, Object> body, ApproverIdentity approver, TaskReference.Form form) {
    switch (form) {
      case PUBLIC_KEY -> body.put("approverPublicKey", approver.publicKey().toBase64());
      case CERTIFICATE ->
          body.put(
              "approverCertificate", Objects.requireNonNull(approver.certificate()).toBase64());
    }
  }
}
