package io.hsmrest.keystore;

import io.hsmrest.client.HsmClient;
import io.hsmrest.client.HsmException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The partition as it was read: labels and entries, each used for {@code keys.cacheTtl}. One label
 * costs what that label needs; whoever wants all gets them read with bounded concurrency. Each
 * entry is read by one thread while the others wait for it, and no lock is held meanwhile.
 * Thread-safe.
 */
final class Partition {
  private static final System.Logger LOG = System.getLogger("io.hsmrest.keystore");

  private final HsmClient client;
  private final PartitionReader reader;
  private final KeySettings settings;
  private final Clock clock;
  private final BulkReader bulkReader = new BulkReader();
  private final Map<String, SingleFlight<PartitionEntry>> entries = new ConcurrentHashMap<>();
  private final Set<String> reported = ConcurrentHashMap.newKeySet();
  private final AtomicReference<SingleFlight<Set<String>>> labels;
  private final AtomicReference<SingleFlight<PartitionSnapshot>> snapshot;

  Partition(HsmClient client, PartitionReader reader, KeySettings settings, Clock clock) {
    this.client = client;
    this.reader = reader;
    this.settings = settings;
    this.clock = clock;
    this.labels = new AtomicReference<>(new SingleFlight<>(this::readLabels));
    this.snapshot = new AtomicReference<>(new SingleFlight<>(this::readSnapshot));
  }

  /** Every label of the partition, hidden ones included; asks the service. */
  Set<String> allLabels() throws HsmException {
    return labels
        .updateAndGet(
            known -> known.isOlderThan(oldest()) ? new SingleFlight<>(this::readLabels) : known)
        .get(clock);
  }

  /** What lies under a label; labels that the settings hide hold nothing. */
  PartitionEntry entry(String label) throws HsmException {
    if (!settings.shows(label) || !settings.isExactInclude() && !allLabels().contains(label)) {
      return new PartitionEntry.Nothing("no such label");
    }
    PartitionEntry entry =
        entries
            .compute(
                label,
                (key, known) ->
                    known == null || known.isOlderThan(oldest())
                        ? new SingleFlight<>(() -> reader.read(label))
                        : known)
            .get(clock);
    if (settings.withoutCertificate() == KeySettings.WithoutCertificate.HIDE
        && entry.certificate() == null) {
      return new PartitionEntry.Nothing("a key without certificate");
    }
    if (entry instanceof PartitionEntry.Nothing nothing && reported.add(label)) {
      LOG.log(System.Logger.Level.DEBUG, "''{0}'' is not shown: {1}", label, nothing.why());
    }
    return entry;
  }

  /** All entries together. */
  PartitionSnapshot snapshot() throws HsmException {
    return snapshot
        .updateAndGet(
            known -> known.isOlderThan(oldest()) ? new SingleFlight<>(this::readSnapshot) : known)
        .get(clock);
  }

  /** Forgets everything, so that the next look is at the service. */
  void forget() {
    entries.clear();
    reported.clear();
    labels.set(new SingleFlight<>(this::readLabels));
    snapshot.set(new SingleFlight<>(this::readSnapshot));
  }

  /** Forgets one label, which may have come or gone. */
  void forget(String label) {
    labels.set(new SingleFlight<>(this::readLabels));
    forgetEntry(label);
  }

  /** Forgets one entry whose label is known to stay. */
  void forgetEntry(String label) {
    entries.remove(label);
    reported.remove(label);
    snapshot.set(new SingleFlight<>(this::readSnapshot));
  }

  private Set<String> readLabels() throws HsmException {
    return Collections.unmodifiableSet(new TreeSet<>(client.listKeys()));
  }

  private PartitionSnapshot readSnapshot() throws HsmException {
    List<String> shown = new ArrayList<>();
    if (settings.isExactInclude()) {
      settings.include().forEach(pattern -> shown.add(pattern.text()));
    } else {
      shown.addAll(allLabels());
    }
    shown.removeIf(label -> !settings.shows(label));
    return PartitionSnapshot.of(shown, bulkReader.readAll(shown, this::entry));
  }

  private Instant oldest() {
    return clock.instant().minus(settings.cacheTtl());
  }
}
