package io.hsmrest.keystore;

import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/**
 * All entries as they were read together, with the way back from a certificate to its alias and
 * from an issuer's name to its certificates: key managers and keytool ask for them thousands of
 * times. Immutable.
 */
final class PartitionSnapshot {
  private final Instant asOf;
  private final Map<String, PartitionEntry> entries;
  private final Map<String, PartitionEntry> shown;
  private final Map<Certificate, String> aliases;
  private final Map<X500Principal, List<X509Certificate>> bySubject;
  private final Map<String, X509Certificate> links;

  /**
   * Makes a snapshot.
   *
   * @param asOf when the oldest part of it was read
   * @param entries what lies under each label that the settings do not hide, in order
   * @param shown those that a key store shows
   * @param links certificates under this project's own labels, by label
   */
  PartitionSnapshot(
      Instant asOf,
      Map<String, PartitionEntry> entries,
      Map<String, PartitionEntry> shown,
      Map<String, X509Certificate> links) {
    this.asOf = asOf;
    this.entries = entries;
    this.shown = Collections.unmodifiableMap(new LinkedHashMap<>(shown));
    this.links = links;
    this.aliases = new HashMap<>();
    this.bySubject = new HashMap<>();
    shown.forEach(this::index);
  }

  private void index(String label, PartitionEntry entry) {
    X509Certificate certificate = entry.certificate();
    if (certificate != null) {
      if (aliases.putIfAbsent(certificate, label) == null) {
        bySubject
            .computeIfAbsent(certificate.getSubjectX500Principal(), name -> new ArrayList<>(1))
            .add(certificate);
      }
    } else if (entry instanceof PartitionEntry.KeyEntry key && key.placeholder() != null) {
      aliases.putIfAbsent(key.placeholder(), label);
    }
  }

  /** When the oldest part of it was read. */
  Instant asOf() {
    return asOf;
  }

  /** What lies under a label, null when there was no such label. */
  @Nullable PartitionEntry entry(String label) {
    return entries.get(label);
  }

  /** The entries that are shown, by label, in the order of the labels. */
  Map<String, PartitionEntry> shown() {
    return shown;
  }

  Optional<String> aliasOf(Certificate certificate) {
    return Optional.ofNullable(aliases.get(certificate));
  }

  /** The certificate under one of this project's own labels, null where it was not wanted. */
  @Nullable X509Certificate link(String label) {
    return links.get(label);
  }

  /** Every certificate there is, without placeholders. */
  List<X509Certificate> certificates() {
    return bySubject.values().stream().flatMap(List::stream).toList();
  }

  /** The certificates with this subject. */
  List<X509Certificate> named(X500Principal subject) {
    return bySubject.getOrDefault(subject, List.of());
  }
}
