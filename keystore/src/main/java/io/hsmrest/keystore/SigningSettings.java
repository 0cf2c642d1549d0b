package io.hsmrest.keystore;

import io.hsmrest.client.HsmConfigurationException;
import io.hsmrest.client.Settings;
import java.util.Set;

/**
 * Settings of signatures.
 *
 * @param hash who hashes the message
 * @param verify which signatures are checked with the public key before they are handed out
 * @param tlsApproval whether a key that people approve may sign in a TLS handshake
 */
public record SigningSettings(Hashing hash, SignatureCheck verify, TlsApproval tlsApproval) {

  /** Who hashes. */
  public enum Hashing {
    /** This program; the service is sent the digest. */
    LOCAL,
    /** The HSM, which is sent the message; approvers then see it. */
    HSM
  }

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

  static final Set<String> KEYS = Set.of("sign.hash", "sign.verify", "approval.tls");

  static SigningSettings read(Settings settings) throws HsmConfigurationException {
    return new SigningSettings(
        settings.choice("sign.hash", Hashing.LOCAL),
        settings.choice("sign.verify", SignatureCheck.ALWAYS),
        settings.choice("approval.tls", TlsApproval.REFUSE));
  }
}
