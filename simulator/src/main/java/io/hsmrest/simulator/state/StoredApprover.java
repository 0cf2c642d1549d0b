package io.hsmrest.simulator.state;

import io.hsmrest.simulator.crypto.Bytes;
import io.hsmrest.simulator.crypto.KeyMaterial;
import org.jspecify.annotations.Nullable;

/**
 * An approver of the approver management (contract 2.7). Immutable.
 *
 * @param key the approver's key pair
 * @param certificate self-signed, DER
 * @param backup PKCS#12 of both, under the backup password
 * @param oneTimeCode null once it has been used
 * @param onboarded whether the approver has fetched the key pair
 */
public record StoredApprover(
    String name,
    KeyMaterial key,
    Bytes certificate,
    Bytes backup,
    @Nullable String oneTimeCode,
    boolean onboarded) {

  /** The same with a new code. */
  public StoredApprover withCode(String code) {
    return new StoredApprover(name, key, certificate, backup, code, onboarded);
  }

  /** The same with the code used up. */
  public StoredApprover fetched() {
    return new StoredApprover(name, key, certificate, backup, null, true);
  }

  /** The same with the backup under another password. */
  public StoredApprover withBackup(Bytes other) {
    return new StoredApprover(name, key, certificate, other, oneTimeCode, onboarded);
  }
}
