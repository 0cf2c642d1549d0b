package io.hsmrest.simulator.request;

import io.hsmrest.simulator.config.Settings;
import io.hsmrest.simulator.crypto.Bytes;
import io.hsmrest.simulator.crypto.CertificateFacts;
import io.hsmrest.simulator.crypto.Reason;
import io.hsmrest.simulator.crypto.ServiceRefusal;
import io.hsmrest.simulator.json.Fields;
import io.hsmrest.simulator.policy.ApproverSignature;
import io.hsmrest.simulator.policy.TimestampWindow;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How an approver proves possession of its key when it fetches or rejects tasks: by a signed
 * timestamp (contract 2.6.1).
 *
 * @param signer certificate of a trusted timestamp signer who acts in the approvers' stead
 */
public record Authentication(
    String timestamp,
    Bytes timestampSignature,
    String digestAlgorithm,
    Identity identity,
    @Nullable Bytes signer) {

  /** Reads the fields that all such bodies have in common. */
  public static Authentication read(Fields in) {
    String timestamp = in.text("timestamp");
    if (!timestamp.isEmpty() && !TimestampWindow.isValid(timestamp)) {
      in.violate("timestamp", "is not a valid ISO-8601 timestamp");
    }
    var authentication =
        new Authentication(
            timestamp,
            in.base64("timestampSignature"),
            in.text("timestampDigestAlgorithm"),
            Identity.read(in),
            in.optionalBase64("timestampSigningCertificate"));
    if (authentication.signer == null && authentication.identity.isNobody()) {
      in.violate("Either PublicKey or Certificate must be provided");
    }
    return authentication;
  }

  /**
   * Checks it.
   *
   * @throws ServiceRefusal 404 for a timestamp outside the window, 405 for a foreign timestamp
   *     signer, 403 for a wrong signature
   */
  public void check(Settings settings, Instant now) {
    new TimestampWindow(
            Duration.ofSeconds(settings.maxTimestampAgeSeconds()),
            Duration.ofSeconds(settings.maxTimestampAheadSeconds()))
        .check(timestamp, now);
    Bytes key;
    if (signer != null) {
      if (!settings.timestampSigners().contains(signer.toBase64())) {
        throw new ServiceRefusal(
            Reason.TIMESTAMP_SIGNER_NOT_ALLOWED, "The timestamp signer is not allowed.");
      }
      key = CertificateFacts.read(signer, Reason.PARSING_CERTIFICATE).publicKey();
    } else {
      key = identity.key();
    }
    ApproverSignature.check(
        key,
        digestAlgorithm,
        Bytes.of(timestamp.getBytes(StandardCharsets.US_ASCII)),
        timestampSignature);
  }

  /** Whether the caller may see and reject the task of that approver. */
  boolean covers(io.hsmrest.simulator.policy.Approver approver) {
    return signer != null && identity.isNobody() || identity.is(approver);
  }
}
