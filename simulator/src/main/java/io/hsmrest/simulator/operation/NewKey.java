package io.hsmrest.simulator.operation;

import io.hsmrest.simulator.crypto.KeyMaterial;
import io.hsmrest.simulator.json.Password;
import io.hsmrest.simulator.policy.Policy;
import io.hsmrest.simulator.state.KeyAttributes;
import io.hsmrest.simulator.state.KeyEntry;
import io.hsmrest.simulator.state.Keys;
import io.hsmrest.simulator.state.Partition;
import io.hsmrest.simulator.state.PasswordHash;
import io.hsmrest.simulator.state.StoredKey;
import io.hsmrest.simulator.state.StoredKey.Kind;
import org.jspecify.annotations.Nullable;

/**
 * A private or secret key about to be put into a partition.
 *
 * @param policy ignored for a secret key, as the service does
 * @param generated whether the HSM made it
 */
record NewKey(
    String label,
    @Nullable String id,
    @Nullable Password password,
    KeyMaterial material,
    AttributesInput attributes,
    @Nullable Policy policy,
    boolean generated) {

  /** Refuses a label that is taken: 608. */
  static void checkFree(Partition partition, String label) {
    if (partition.keys().find(label).isPresent()) {
      throw Keys.alreadyExisting();
    }
  }

  /**
   * Puts it into the partition.
   *
   * @throws io.hsmrest.simulator.crypto.ServiceRefusal 608 if the label is taken, 606 for
   *     attributes that cannot be
   */
  KeyEntry addTo(Hsm hsm, Partition partition) {
    Policy effective = material.isSymmetric() ? null : policy;
    KeyAttributes checked =
        attributes.toKeyAttributes(material.algorithm(), effective != null, generated);
    return partition
        .keys()
        .add(
            new StoredKey(
                label,
                id,
                material.isSymmetric() ? Kind.SECRET_KEY : Kind.KEY_PAIR,
                material,
                checked,
                effective,
                password == null ? null : PasswordHash.of(password.utf8(), hsm.random()),
                hsm.now(),
                !generated,
                0,
                null,
                false));
  }
}
