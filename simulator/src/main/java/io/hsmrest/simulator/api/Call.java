package io.hsmrest.simulator.api;

import io.hsmrest.simulator.crypto.Reason;
import io.hsmrest.simulator.crypto.ServiceRefusal;
import io.hsmrest.simulator.http.Request;
import io.hsmrest.simulator.json.Fields;
import io.hsmrest.simulator.operation.Hsm;
import io.hsmrest.simulator.request.Tenant;
import io.hsmrest.simulator.state.Partition;
import java.util.List;
import java.util.UUID;

/**
 * One call of an endpoint.
 *
 * @param tenants the partitions that the caller may reach: one, or all for an approver
 * @param variable the variable part of the path, decoded; empty if there is none
 */
record Call(Hsm hsm, List<Tenant> tenants, Request request, String variable) {
  /** The partition that the caller works on. */
  Tenant tenant() {
    return tenants.get(0);
  }

  /** The partition that the caller works on. */
  Partition partition() {
    return tenant().partition();
  }

  /** The body. */
  byte[] body() {
    return request.body();
  }

  /** The body as a JSON object. */
  Fields fields() {
    return Fields.of(request.body(), hsm.settings().lenient());
  }

  /** An id as the service takes it: 609 if it is no UUID. */
  static UUID uuid(String text) {
    try {
      UUID id = UUID.fromString(text);
      if (id.toString().equalsIgnoreCase(text)) {
        return id;
      }
    } catch (IllegalArgumentException e) {
      // Refused below, together with the short forms that UUID reads.
    }
    throw new ServiceRefusal(Reason.INVALID_UUID, "'" + text + "' is not a valid UUID.");
  }
}
