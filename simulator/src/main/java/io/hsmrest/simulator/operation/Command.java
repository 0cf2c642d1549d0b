package io.hsmrest.simulator.operation;

import io.hsmrest.simulator.policy.Payload;
import io.hsmrest.simulator.state.KeyEntry;
import io.hsmrest.simulator.state.Partition;

/** Something to be done with a key that a policy may govern. */
public interface Command {
  /** Its kind. */
  RequestKind kind();

  /** The key that is used. */
  String keyLabel();

  /** What approvals are bound to. */
  Payload payload();

  /**
   * The key, after the checks that need no approval: that it exists, that the password is right,
   * that the key is of the right sort and may do this.
   */
  KeyEntry open(Partition partition);

  /** Does it. The caller has made sure that it may be done. */
  Result execute(Hsm hsm, Partition partition, KeyEntry entry);
}
