package io.hsmrest.simulator.operation;

import io.hsmrest.simulator.crypto.Bytes;
import io.hsmrest.simulator.crypto.Reason;
import io.hsmrest.simulator.crypto.ServiceRefusal;
import io.hsmrest.simulator.json.Fields;
import io.hsmrest.simulator.json.Json;
import io.hsmrest.simulator.json.Password;
import io.hsmrest.simulator.policy.Payload;
import io.hsmrest.simulator.policy.Policy;
import io.hsmrest.simulator.state.KeyEntry;
import io.hsmrest.simulator.state.Partition;
import io.hsmrest.simulator.state.StoredKey;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Blocks, unblocks or changes the policy of a key that has one (contract 2.1.10). */
record PolicyCommand(
    RequestKind kind,
    String keyLabel,
    @Nullable Password password,
    Payload payload,
    UnaryOperator<Policy> change)
    implements Command {

  static PolicyCommand readBlock(Fields in) {
    return new PolicyCommand(
        RequestKind.BLOCK,
        in.text("blockKeyName"),
        in.optionalPassword("keyPassword"),
        Payload.use(Bytes.empty()),
        policy -> policy.withBlocked(true));
  }

  static PolicyCommand readUnblock(Fields in) {
    return new PolicyCommand(
        RequestKind.UNBLOCK,
        in.text("unblockKeyName"),
        in.optionalPassword("keyPassword"),
        Payload.use(Bytes.empty()),
        policy -> policy.withBlocked(false));
  }

  @Override
  public KeyEntry open(Partition partition) {
    KeyEntry entry = KeyAccess.openPrivate(partition, keyLabel, password);
    if (entry.key().policy() == null) {
      throw new ServiceRefusal(
          Reason.OPERATION_FORBIDDEN_FOR_KEY, "The key '" + keyLabel + "' has no policy.");
    }
    return entry;
  }

  @Override
  public Result execute(Hsm hsm, Partition partition, KeyEntry entry) {
    partition.keys().update(entry, this::changed);
    return new Result(Json.object(), null);
  }

  private StoredKey changed(StoredKey key) {
    Policy policy = key.policy();
    return policy == null ? key : key.withPolicy(change.apply(policy));
  }
}
