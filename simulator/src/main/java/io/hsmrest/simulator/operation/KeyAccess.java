package io.hsmrest.simulator.operation;

import io.hsmrest.simulator.crypto.Reason;
import io.hsmrest.simulator.crypto.ServiceRefusal;
import io.hsmrest.simulator.json.Password;
import io.hsmrest.simulator.policy.Policy;
import io.hsmrest.simulator.state.KeyEntry;
import io.hsmrest.simulator.state.Partition;
import io.hsmrest.simulator.state.PasswordHash;
import io.hsmrest.simulator.state.StoredKey;
import io.hsmrest.simulator.state.StoredKey.Kind;
import org.jspecify.annotations.Nullable;

/** Finds keys and checks what guards them. */
public final class KeyAccess {
  private KeyAccess() {}

  /**
   * Whatever stands under a label, lone certificates included.
   *
   * @throws ServiceRefusal 650 if nothing does; 610 or 611 for the name of a derived key
   */
  public static KeyEntry any(Partition partition, String label) {
    return partition.keys().find(label).orElseThrow(() -> missing(partition, label));
  }

  /**
   * A private or secret key, opened with its password.
   *
   * @throws ServiceRefusal 650 if there is none, 620 if the password is wrong
   */
  public static KeyEntry open(Partition partition, String label, @Nullable Password password) {
    KeyEntry entry = any(partition, label);
    Kind kind = entry.key().kind();
    if (kind != Kind.KEY_PAIR && kind != Kind.SECRET_KEY) {
      throw notExistent(label);
    }
    checkPassword(entry.key(), password);
    return entry;
  }

  /**
   * A private key, opened with its password.
   *
   * @throws ServiceRefusal 650, 620, or 613 if it is a secret key
   */
  public static KeyEntry openPrivate(
      Partition partition, String label, @Nullable Password password) {
    KeyEntry entry = open(partition, label, password);
    if (entry.key().kind() == Kind.SECRET_KEY) {
      throw new ServiceRefusal(
          Reason.INVALID_KEY_TYPE,
          "Private key can not be loaded as the referenced key is not an asymmetric key.");
    }
    return entry;
  }

  /**
   * A private key that may sign, opened with its password.
   *
   * @throws ServiceRefusal 650, 620, 613, or 701 if its attributes do not let it sign
   */
  public static KeyEntry openToSign(
      Partition partition, String label, @Nullable Password password) {
    KeyEntry entry = openPrivate(partition, label, password);
    checkPermitted(entry.key().attributes().sign());
    return entry;
  }

  /**
   * Checks a key's password; a key without password takes none.
   *
   * @throws ServiceRefusal 620
   */
  public static void checkPassword(StoredKey key, @Nullable Password password) {
    PasswordHash wanted = key.password();
    boolean right =
        wanted == null ? password == null : password != null && wanted.matches(password.utf8());
    if (!right) {
      throw new ServiceRefusal(
          Reason.KEY_PASSWORD_MISMATCH, "Key password mismatch for key '" + key.label() + "'.");
    }
  }

  /** Refuses what the key's attributes do not allow: 701. */
  public static void checkPermitted(boolean permitted) {
    if (!permitted) {
      throw ServiceRefusal.inHsm("HSM error: status: PKCS#11: KEY_FUNCTION_NOT_PERMITTED");
    }
  }

  /** Refuses the use of a blocked key: 701. */
  public static void checkNotBlocked(StoredKey key) {
    Policy policy = key.policy();
    if (policy != null && policy.blocked()) {
      throw ServiceRefusal.inHsm("The key operation failed as the key is blocked");
    }
  }

  /** The refusal for a label without key. */
  public static ServiceRefusal notExistent(String label) {
    return new ServiceRefusal(
        Reason.KEY_NOT_EXISTENT, "A key with the name '" + label + "' does not exist.");
  }

  private static ServiceRefusal missing(Partition partition, String label) {
    int slash = label.indexOf('/');
    if (slash < 0) {
      return notExistent(label);
    }
    String master = label.substring(0, slash);
    if (master.isEmpty() || !label.substring(slash).matches("(/\\d{1,10}'?)+")) {
      return new ServiceRefusal(
          Reason.INVALID_KEY_NAME, "The key name '" + label + "' is not a valid derivation path.");
    }
    if (partition.keys().find(master).isEmpty()) {
      return notExistent(master);
    }
    return new ServiceRefusal(
        Reason.UNSUPPORTED_OPERATION, "Key derivation is not supported by this simulator.");
  }
}
