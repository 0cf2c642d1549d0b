package io.hsmrest.simulator.operation;

import io.hsmrest.simulator.crypto.Bytes;
import io.hsmrest.simulator.crypto.KeyMaterial;
import io.hsmrest.simulator.crypto.ServiceRefusal;
import io.hsmrest.simulator.crypto.WrapMethod;
import io.hsmrest.simulator.json.Fields;
import io.hsmrest.simulator.json.Password;
import io.hsmrest.simulator.policy.Payload;
import io.hsmrest.simulator.policy.Policy;
import io.hsmrest.simulator.state.KeyEntry;
import io.hsmrest.simulator.state.Partition;
import org.jspecify.annotations.Nullable;

/** Unwraps a key into the partition (contract 2.5). */
record UnwrapCommand(
    String keyLabel,
    @Nullable Password password,
    Bytes wrappedKey,
    String newLabel,
    AttributesInput attributes,
    WrapMethod method,
    @Nullable Policy policy)
    implements Command {

  static UnwrapCommand read(Fields in, Dialect dialect) {
    return new UnwrapCommand(
        in.text("unwrapKeyName"),
        in.optionalPassword("unwrapKeyPassword"),
        in.base64("wrappedKey"),
        in.text("label"),
        AttributesInput.read(in.object("attributes"), dialect),
        in.choice("wrapMethod", dialect::wrapMethod).orElse(WrapMethod.AES_WRAP),
        null);
  }

  UnwrapCommand under(@Nullable Policy other) {
    return new UnwrapCommand(keyLabel, password, wrappedKey, newLabel, attributes, method, other);
  }

  @Override
  public RequestKind kind() {
    return RequestKind.UNWRAP;
  }

  @Override
  public Payload payload() {
    return Payload.use(wrappedKey);
  }

  @Override
  public KeyEntry open(Partition partition) {
    KeyEntry entry = KeyAccess.open(partition, keyLabel, password);
    KeyAccess.checkPermitted(entry.key().attributes().unwrap());
    return entry;
  }

  @Override
  public Result execute(Hsm hsm, Partition partition, KeyEntry entry) {
    if (partition.keys().find(newLabel).isPresent()) {
      throw ServiceRefusal.inHsm("Error unwrapping key");
    }
    KeyMaterial material = hsm.wrapping().unwrap(wrappedKey, entry.key().material(), method);
    if (policy != null && material.isSymmetric()) {
      throw ServiceRefusal.inHsm("Error unwrapping key");
    }
    entry.used();
    KeyEntry unwrapped =
        new NewKey(newLabel, null, null, material, attributes, policy, false).addTo(hsm, partition);
    return new Result(KeyDescription.describe(hsm, partition, unwrapped), null);
  }
}
