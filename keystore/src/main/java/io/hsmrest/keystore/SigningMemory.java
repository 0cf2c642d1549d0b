package io.hsmrest.keystore;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What one session has learnt by signing: which algorithms the service knows, which signatures have
 * been checked already, which keys were made here and have no certificate yet. Thread-safe.
 */
final class SigningMemory {
  private final Map<String, Boolean> algorithms = new ConcurrentHashMap<>();
  private final Set<String> checked = ConcurrentHashMap.newKeySet();
  private final Set<String> withoutCertificate = ConcurrentHashMap.newKeySet();

  /** Whether the service knows an algorithm, null before anybody asked. */
  @Nullable Boolean knows(String serviceAlgorithm) {
    return algorithms.get(serviceAlgorithm);
  }

  void learn(String serviceAlgorithm, boolean known) {
    algorithms.put(serviceAlgorithm, known);
  }

  boolean isChecked(String label, String algorithm) {
    return checked.contains(algorithm + ' ' + label);
  }

  void checked(String label, String algorithm) {
    checked.add(algorithm + ' ' + label);
  }

  void keyMade(String label) {
    withoutCertificate.add(label);
  }

  void certificateSet(String label) {
    withoutCertificate.remove(label);
  }

  boolean isNewWithoutCertificate(String label) {
    return withoutCertificate.contains(label);
  }
}
