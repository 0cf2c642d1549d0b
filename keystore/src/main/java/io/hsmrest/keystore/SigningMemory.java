package io.hsmrest.keystore;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What one session has learnt by signing: which algorithms the service knows, which signatures have
 * been checked already, which keys turned out to be gated. Thread-safe.
 */
final class SigningMemory {
  private final Map<String, Boolean> algorithms = new ConcurrentHashMap<>();
  private final Set<String> checked = ConcurrentHashMap.newKeySet();
  private final Set<String> gated = ConcurrentHashMap.newKeySet();

  /** Whether the service knows an algorithm, null before anybody asked. */
  @Nullable Boolean knows(String serviceAlgorithm) {
    return algorithms.get(serviceAlgorithm);
  }

  void learn(String serviceAlgorithm, @Nullable Boolean known) {
    if (known == null) {
      algorithms.remove(serviceAlgorithm);
    } else {
      algorithms.put(serviceAlgorithm, known);
    }
  }

  /** Whether a signature of the key with this fingerprint was checked. */
  boolean isChecked(String fingerprint, String algorithm) {
    return checked.contains(fingerprint + ' ' + algorithm);
  }

  void checked(String fingerprint, String algorithm) {
    checked.add(fingerprint + ' ' + algorithm);
  }

  /** Whether the service did without approvals, whatever was read about the key before. */
  void learnGate(String label, boolean isGated) {
    if (isGated) {
      gated.add(label);
    } else {
      gated.remove(label);
    }
  }

  boolean isGated(String label) {
    return gated.contains(label);
  }
}
