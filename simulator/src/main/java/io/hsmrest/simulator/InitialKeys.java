package io.hsmrest.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hsmrest.simulator.config.SettingsException;
import io.hsmrest.simulator.crypto.ServiceRefusal;
import io.hsmrest.simulator.json.Fields;
import io.hsmrest.simulator.json.Json;
import io.hsmrest.simulator.operation.Hsm;
import io.hsmrest.simulator.operation.KeyMaking;
import io.hsmrest.simulator.operation.SystemKeys;
import io.hsmrest.simulator.state.Partition;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The keys that a partition has from the start. */
final class InitialKeys {
  private final Hsm hsm;
  private final Partition partition;
  private final Function<String, @Nullable String> publicKeyOf;

  InitialKeys(Hsm hsm, Partition partition, Function<String, @Nullable String> publicKeyOf) {
    this.hsm = hsm;
    this.partition = partition;
    this.publicKeyOf = publicKeyOf;
  }

  /** Makes the system keys and those of the configuration, unless they are there. */
  void make(List<JsonNode> bodies) {
    SystemKeys.make(hsm, partition);
    for (JsonNode body : bodies) {
      String label = body.path("label").asText();
      if (partition.keys().find(label).isEmpty()) {
        JsonNode complete = body.deepCopy();
        fillIn(complete);
        try {
          new KeyMaking(hsm, partition).create(Fields.of(Json.bytes(complete), false));
        } catch (ServiceRefusal refusal) {
          throw new SettingsException(
              "partition " + partition.name() + ", key '" + label + "': " + refusal.getMessage(),
              refusal);
        }
      }
    }
  }

  /** Gives approvals without a value the public key of the approver they name. */
  private void fillIn(JsonNode node) {
    if (node instanceof ObjectNode approval
        && approval.path("type").asText().equals("public_key")
        && !approval.hasNonNull("value")) {
      approval.put("value", publicKeyOf.apply(approval.path("name").asText()));
    }
    node.forEach(this::fillIn);
  }
}
