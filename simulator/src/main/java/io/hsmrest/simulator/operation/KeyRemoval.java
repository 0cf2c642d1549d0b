package io.hsmrest.simulator.operation;

import io.hsmrest.simulator.crypto.ServiceRefusal;
import io.hsmrest.simulator.state.Partition;
import io.hsmrest.simulator.state.StoredKey;

/** Deletes keys (contract 2.1.4). */
public final class KeyRemoval {
  private KeyRemoval() {}

  /**
   * Removes what stands under a label. Its requests are the caller's to cancel.
   *
   * @throws ServiceRefusal 650 if there is nothing, 701 if it cannot be destroyed
   */
  public static void remove(Hsm hsm, Partition partition, String label) {
    StoredKey key = KeyAccess.any(partition, label).key();
    if (!key.attributes().destroyable()) {
      throw ServiceRefusal.inHsm(
          "HSM error: status: PKCS#11: ACTION_PROHIBITED. The key is not destroyable.");
    }
    boolean hadPrivate = !LoneObjects.isLone(key);
    partition.keys().remove(label, hadPrivate && hsm.settings().keyInvalidation());
    if (hadPrivate && hsm.behaviour().deleteKeepsCertificate() && key.certificate() != null) {
      partition.keys().put(label, nothing -> LoneObjects.certificateOf(key));
    }
  }
}
