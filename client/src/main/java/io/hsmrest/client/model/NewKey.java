package io.hsmrest.client.model;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A key pair to be created in the HSM, {@code POST /v1/key} (contract 2.1.1). Creating fails when
 * the label is taken; nothing is ever overwritten.
 *
 * @param label the name of the new key
 * @param algorithm the service's name, such as {@code RSA}, {@code EC}, {@code ED}
 * @param keySizeBits for RSA, else null
 * @param curveOid for EC and ED, else null
 * @param flags the attributes
 * @param policy the approval policy, null for a plain key
 * @param password the key's own password, null for none
 */
public record NewKey(
    String label,
    String algorithm,
    @Nullable Integer keySizeBits,
    @Nullable String curveOid,
    KeyFlags flags,
    @Nullable Policy policy,
    @Nullable Secret password) {

  /** Checks that the parts every key has are there. */
  public NewKey {
    if (label.isEmpty()) {
      throw new IllegalArgumentException("the label of a new key is empty");
    }
    Objects.requireNonNull(algorithm, "algorithm");
    Objects.requireNonNull(flags, "flags");
  }

  /** A plain RSA signing key of {@code bits} bits. */
  public static NewKey rsa(String label, int bits) {
    return new NewKey(label, "RSA", bits, null, KeyFlags.forSigning(), null, null);
  }

  /** A plain EC signing key on the curve with this dotted OID. */
  public static NewKey ec(String label, String curveOid) {
    return new NewKey(label, "EC", null, curveOid, KeyFlags.forSigning(), null, null);
  }

  /** A plain Ed25519 signing key. */
  public static NewKey ed25519(String label) {
    return new NewKey(label, "ED", null, "1.3.101.112", KeyFlags.forSigning(), null, null);
  }

  /** The same key under a policy. */
  public NewKey withPolicy(@Nullable Policy newPolicy) {
    return new NewKey(label, algorithm, keySizeBits, curveOid, flags, newPolicy, password);
  }

  /** The same key with other attributes. */
  public NewKey withFlags(KeyFlags newFlags) {
    return new NewKey(label, algorithm, keySizeBits, curveOid, newFlags, policy, password);
  }

  /** The same key with a password. */
  public NewKey withPassword(@Nullable Secret newPassword) {
    return new NewKey(label, algorithm, keySizeBits, curveOid, flags, policy, newPassword);
  }
}
