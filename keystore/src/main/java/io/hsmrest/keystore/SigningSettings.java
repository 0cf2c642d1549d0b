package io.hsmrest.keystore;

import io.hsmrest.client.HsmConfigurationException;
import io.hsmrest.client.Settings;
import java.util.Set;

/**
 * Settings of signatures.
 *
 * @param verify which signatures are checked with the public key before they are handed out
 * @param tlsApproval whether a key that people approve may sign in a TLS handshake
 */
public record SigningSettings(SignatureCheck verify, TlsApproval tlsApproval) {

  /** Which signatures are checked. */
  public enum SignatureCheck {
    /** Every one. */
    ALWAYS,
    /** The first with each key and algorithm. */
    FIRST,
    /** None; for those whose peers verify anyway. */
    NEVER
  }

  /** What happens when a TLS handshake wants to use a key that people approve. */
  public enum TlsApproval {
    /** It fails at once. */
    REFUSE,
    /** It waits. */
    ALLOW
  }

  static final Set<String> KEYS = Set.of("sign.verify", "approval.tls");

  static SigningSettings read(Settings settings) throws HsmConfigurationException {
    return new SigningSettings(
        settings.choice("sign.verify", SignatureCheck.ALWAYS),
        settings.choice("approval.tls", TlsApproval.REFUSE));
  }
}
