package io.hsmrest.simulator.request;

import io.hsmrest.simulator.crypto.Bytes;
import io.hsmrest.simulator.crypto.CertificateFacts;
import io.hsmrest.simulator.crypto.Reason;
import io.hsmrest.simulator.crypto.ServiceRefusal;
import io.hsmrest.simulator.json.Fields;
import io.hsmrest.simulator.policy.Approver;
import org.jspecify.annotations.Nullable;

/**
 * Who an approver says it is: a public key (SPKI) or a certificate (DER), in the form that the
 * policy names it by.
 */
public record Identity(@Nullable Bytes publicKey, @Nullable Bytes certificate) {
  /** Reads {@code approverPublicKey} and {@code approverCertificate}. */
  public static Identity read(Fields in) {
    return new Identity(
        in.optionalBase64("approverPublicKey"), in.optionalBase64("approverCertificate"));
  }

  /** Whether neither is given. */
  public boolean isNobody() {
    return publicKey == null && certificate == null;
  }

  /** Whether this is the approver of a task. */
  public boolean is(Approver approver) {
    if (certificate != null) {
      return approver.certificates().contains(certificate);
    }
    return publicKey != null && approver.byPublicKey() && approver.publicKey().equals(publicKey);
  }

  /**
   * The key that its signatures are checked with.
   *
   * @throws ServiceRefusal 409 if the certificate cannot be read, 600 if there is neither
   */
  Bytes key() {
    if (certificate != null) {
      return CertificateFacts.read(certificate, Reason.PARSING_CERTIFICATE).publicKey();
    }
    if (publicKey == null) {
      throw ServiceRefusal.invalidInput("Either PublicKey or Certificate must be provided");
    }
    return publicKey;
  }
}
