package io.hsmrest.simulator.api;

import io.hsmrest.simulator.crypto.Reason;
import io.hsmrest.simulator.crypto.ServiceRefusal;

/** Endpoints of the service that the simulator does not play: 101, HTTP 501. */
final class LeftOut {
  private LeftOut() {}

  static void addTo(Routes routes) {
    for (String path :
        new String[] {
          "importedKey",
          "derivedKey",
          "key/address",
          "key/keyAttestation",
          "fileEncrypt",
          "synchronousFileDecrypt"
        }) {
      routes.add("POST", "/v1/" + path, LeftOut::refuse);
    }
    routes.add("GET", "/v1/key/{label}/address", LeftOut::refuse);
    routes.add("GET", "/v1/attestation/{part}", LeftOut::refuse);
  }

  private static Reply refuse(Call call) {
    throw new ServiceRefusal(
        Reason.NOT_IMPLEMENTED, "The simulator does not implement this endpoint.");
  }
}
