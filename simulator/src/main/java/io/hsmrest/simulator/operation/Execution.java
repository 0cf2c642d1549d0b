package io.hsmrest.simulator.operation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hsmrest.simulator.operation.Commands.Immediate;
import io.hsmrest.simulator.state.KeyEntry;
import io.hsmrest.simulator.state.Partition;

/** Executes synchronous calls. */
public final class Execution {
  private Execution() {}

  /** Checks, authorises and executes a command; the answer's body. */
  public static ObjectNode run(Hsm hsm, Partition partition, Immediate immediate) {
    Command command = immediate.command();
    KeyEntry entry = command.open(partition);
    new Authorisation(hsm, partition).requireSigned(entry, command, immediate.signedApprovals());
    return command.execute(hsm, partition, entry).answer();
  }
}
