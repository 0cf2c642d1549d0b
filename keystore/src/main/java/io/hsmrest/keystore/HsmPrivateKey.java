package io.hsmrest.keystore;

import java.security.PrivateKey;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Optional;

/**
 * A handle of a private key that stays in the HSM. {@link #getEncoded()} and {@link #getFormat()}
 * answer null, as the JDK's {@code Key} asks of keys without encoding; serialisation is refused.
 * The handle is used with {@code Signature}; it also implements {@code RSAKey}, {@code ECKey} or
 * {@code EdECPrivateKey} with the true public parameters. Immutable and thread-safe.
 */
public sealed interface HsmPrivateKey extends PrivateKey permits RemotePrivateKey {

  /** The key's name in the HSM partition, case kept. */
  String label();

  /** The public half. */
  PublicKey publicKey();

  /** Whether people must approve each use, as far as is known without using the key. */
  boolean requiresApproval();

  /** When the key was made, empty when the service did not tell. */
  Optional<Instant> created();
}
