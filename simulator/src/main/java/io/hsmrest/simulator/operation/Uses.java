package io.hsmrest.simulator.operation;

import io.hsmrest.simulator.crypto.KeyMaterial;
import io.hsmrest.simulator.crypto.SignInput;
import io.hsmrest.simulator.crypto.SignResult;
import io.hsmrest.simulator.state.KeyEntry;
import io.hsmrest.simulator.state.Partition;

/** Uses private keys, counting each use and moving on the state of those that have one. */
final class Uses {
  private Uses() {}

  static SignResult sign(Hsm hsm, Partition partition, KeyEntry entry, SignInput input) {
    String algorithm = entry.key().material().algorithm();
    if (!algorithm.contains("LMS") && !algorithm.contains("XMSS")) {
      SignResult result = hsm.signing().sign(entry.key().material(), input);
      entry.used();
      return result;
    }
    // A one-time key must never sign twice: its successor is stored before the signature leaves.
    synchronized (entry) {
      SignResult result = hsm.signing().sign(entry.key().material(), input);
      entry.used();
      KeyMaterial successor = result.successor();
      if (successor != null) {
        partition.keys().update(entry, key -> key.withMaterial(successor));
      }
      return result;
    }
  }
}
