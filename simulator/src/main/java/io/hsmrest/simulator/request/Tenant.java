package io.hsmrest.simulator.request;

import io.hsmrest.simulator.operation.Hsm;
import io.hsmrest.simulator.state.Partition;

/** A partition with the desks that serve it. */
public record Tenant(Partition partition, RequestDesk requests, TaskDesk tasks) {
  /** Opens the desks of a partition. */
  public static Tenant of(Hsm hsm, Partition partition) {
    var requests = new RequestDesk(hsm, partition);
    return new Tenant(partition, requests, new TaskDesk(hsm, requests));
  }
}
