package io.hsmrest.simulator.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Objects;

/**
 * One partition of the HSM.
 *
 * @param name value of the token's partition claim
 * @param keys bodies of {@code POST /v1/key}, made at the start unless they are there
 */
public record PartitionSettings(String name, List<JsonNode> keys) {
  /** Fills in what was left out. */
  @SuppressWarnings("NullAway") // the binder passes null for what the file leaves out
  public PartitionSettings {
    if (name == null || name.isEmpty()) {
      throw new IllegalArgumentException("a partition has no name");
    }
    keys = List.copyOf(Objects.requireNonNullElse(keys, List.of()));
  }
}
