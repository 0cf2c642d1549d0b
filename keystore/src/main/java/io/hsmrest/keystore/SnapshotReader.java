package io.hsmrest.keystore;

import io.hsmrest.client.HsmException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads a whole partition: every entry that the settings let through, and the issuers that are kept
 * for their certificates, with bounded concurrency. Entries that were read shortly before are not
 * read again.
 */
final class SnapshotReader {
  private final Partition partition;
  private final BulkReader bulk = new BulkReader();

  SnapshotReader(Partition partition) {
    this.partition = partition;
  }

  PartitionSnapshot read() throws HsmException {
    Instant begun = partition.clock().instant();
    Set<String> stored = partition.settings().isExactInclude() ? Set.of() : partition.allLabels();
    List<String> labels = labels(stored);
    List<PartitionEntry> read = bulk.readAll(labels, partition::read);
    refuseIfNoneCouldBeRead(read);
    Map<String, PartitionEntry> entries = new HashMap<>();
    Map<String, PartitionEntry> shown = new LinkedHashMap<>();
    for (int i = 0; i < labels.size(); i++) {
      PartitionEntry entry = read.get(i);
      entries.put(labels.get(i), entry);
      if (isEntry(entry) && !partition.isHidden(entry)) {
        shown.put(labels.get(i), entry);
      }
    }
    return new PartitionSnapshot(
        oldest(labels, begun), entries, shown, issuersOf(shown.values(), stored));
  }

  private List<String> labels(Set<String> stored) {
    KeySettings settings = partition.settings();
    Collection<String> candidates =
        settings.isExactInclude()
            ? settings.include().stream().map(LabelPattern::text).distinct().toList()
            : stored;
    return candidates.stream().filter(settings::shows).toList();
  }

  private static boolean isEntry(PartitionEntry entry) {
    return entry.isKey() || entry instanceof PartitionEntry.CertificateEntry;
  }

  /** Where nothing can be read it is not the entries that are broken; never an empty store then. */
  private static void refuseIfNoneCouldBeRead(List<PartitionEntry> read) throws HsmException {
    if (!read.isEmpty()
        && read.stream().allMatch(PartitionEntry.Broken.class::isInstance)
        && read.get(0) instanceof PartitionEntry.Broken first) {
      throw new HsmException(
          "none of the " + read.size() + " entries can be read; the first: " + first.why(), null);
    }
  }

  /** Entries read before this one began keep their age; those read by it are as old as it is. */
  private Instant oldest(List<String> labels, Instant begun) {
    Instant oldest = partition.clock().instant();
    for (String label : labels) {
      Instant at = partition.readAt(label);
      if (at != null && at.isBefore(begun) && at.isBefore(oldest)) {
        oldest = at;
      }
    }
    return oldest;
  }

  /** The issuers kept for these entries' certificates, and the issuers kept for those. */
  private Map<String, X509Certificate> issuersOf(
      Collection<PartitionEntry> entries, Set<String> stored) throws HsmException {
    Map<String, X509Certificate> issuers = new HashMap<>();
    Set<String> wanted = new TreeSet<>();
    for (PartitionEntry entry : entries) {
      X509Certificate certificate = entry.certificate();
      if (entry.isKey() && certificate != null) {
        wanted.add(ChainLinks.label(certificate));
      }
    }
    wanted.retainAll(stored);
    while (!wanted.isEmpty()) {
      List<String> labels = new ArrayList<>(wanted);
      List<Optional<X509Certificate>> found =
          bulk.readAll(labels, partition.reader()::certificateIfReadable);
      wanted.clear();
      for (int i = 0; i < labels.size(); i++) {
        if (found.get(i).isPresent()) {
          X509Certificate issuer = found.get(i).get();
          issuers.put(labels.get(i), issuer);
          wanted.add(ChainLinks.label(issuer));
        }
      }
      wanted.retainAll(stored);
      wanted.removeAll(issuers.keySet());
    }
    return issuers;
  }
}
