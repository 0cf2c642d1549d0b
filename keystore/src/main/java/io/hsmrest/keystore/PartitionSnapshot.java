package io.hsmrest.keystore;

import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All entries as they were read together, with the way back from a certificate to its alias: key
 * managers and keytool ask for both thousands of times. Immutable.
 */
final class PartitionSnapshot {
  private final Map<String, PartitionEntry> entries;
  private final Map<Certificate, String> aliases;

  private PartitionSnapshot(Map<String, PartitionEntry> entries, Map<Certificate, String> aliases) {
    this.entries = Collections.unmodifiableMap(entries);
    this.aliases = aliases;
  }

  static PartitionSnapshot of(List<String> labels, List<PartitionEntry> read) {
    Map<String, PartitionEntry> entries = new LinkedHashMap<>();
    Map<Certificate, String> aliases = new HashMap<>();
    for (int i = 0; i < labels.size(); i++) {
      PartitionEntry entry = read.get(i);
      if (entry instanceof PartitionEntry.Nothing) {
        continue;
      }
      entries.put(labels.get(i), entry);
      X509Certificate certificate = entry.certificate();
      if (certificate != null) {
        aliases.putIfAbsent(certificate, labels.get(i));
      }
    }
    return new PartitionSnapshot(entries, aliases);
  }

  /** Entries by label, in the order of the labels. */
  Map<String, PartitionEntry> entries() {
    return entries;
  }

  Optional<String> aliasOf(Certificate certificate) {
    return Optional.ofNullable(aliases.get(certificate));
  }

  /** Every certificate there is. */
  List<X509Certificate> certificates() {
    return aliases.keySet().stream().map(X509Certificate.class::cast).toList();
  }
}
