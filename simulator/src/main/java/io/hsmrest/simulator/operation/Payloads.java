package io.hsmrest.simulator.operation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hsmrest.simulator.crypto.Bytes;
import io.hsmrest.simulator.json.Fields;
import io.hsmrest.simulator.json.Json;
import io.hsmrest.simulator.policy.Payload;

/** Payloads of requests that carry no bytes to be signed. */
final class Payloads {
  private Payloads() {}

  /** The request itself as compact JSON, without secrets and what is only for people's eyes. */
  static Payload of(Fields in) {
    ObjectNode request = in.asSent().deepCopy();
    request.remove("keyPassword");
    request.remove("metaData");
    request.remove("metaDataSignature");
    request.remove("signedApprovals");
    return Payload.use(Bytes.of(Json.bytes(request)));
  }
}
