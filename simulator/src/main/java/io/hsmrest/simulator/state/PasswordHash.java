package io.hsmrest.simulator.state;

import io.hsmrest.simulator.crypto.Bytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/**
 * A key's password, salted and hashed. Plain SHA-256: this is a simulator, and a slow hash would be
 * what a benchmark measures.
 */
public record PasswordHash(Bytes salt, Bytes hash) {
  /** Hashes a password, given as UTF-8. */
  public static PasswordHash of(byte[] password, SecureRandom random) {
    byte[] salt = new byte[16];
    random.nextBytes(salt);
    return new PasswordHash(Bytes.of(salt), Bytes.of(hash(salt, password)));
  }

  /** Whether that is the password. */
  public boolean matches(byte[] password) {
    return MessageDigest.isEqual(hash.toArray(), hash(salt.toArray(), password));
  }

  private static byte[] hash(byte[] salt, byte[] password) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(salt);
      return digest.digest(password);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
