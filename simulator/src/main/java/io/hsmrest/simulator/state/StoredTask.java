package io.hsmrest.simulator.state;

import io.hsmrest.simulator.policy.Approver;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The question put to one approver of a request (contract 2.6).
 *
 * @param lastFetched null until its approver has looked
 */
public record StoredTask(
    UUID id, Approver approver, Instant created, @Nullable Instant lastFetched) {
  /** The same, looked at. */
  public StoredTask fetchedAt(Instant time) {
    return new StoredTask(id, approver, created, time);
  }
}
