package io.hsmrest.keystore;

import io.hsmrest.client.HsmClient;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.model.Secret;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The partition as it was read: labels and entries, each used for {@code keys.cacheTtl}. One label
 * costs what that label needs; whoever wants all gets them read with bounded concurrency, and from
 * then on everything is answered from that snapshot. Each entry is read by one thread while the
 * others wait for it, and no lock is held meanwhile. Thread-safe.
 */
final class Partition {
  private final HsmClient client;
  private final PartitionReader reader;
  private final KeySettings settings;
  private final Clock clock;
  private final OnceLog log;
  private final SnapshotReader snapshotReader = new SnapshotReader(this);
  private final SingleFlights<String, PartitionEntry> entries;
  private final SingleFlights<Unlocking, PartitionEntry.KeyEntry> unlocked;
  private final AtomicReference<SingleFlight<Set<String>>> labels;
  private final AtomicReference<SingleFlight<PartitionSnapshot>> snapshot;

  Partition(
      HsmClient client, PartitionReader reader, KeySettings settings, Clock clock, OnceLog log) {
    this.client = client;
    this.reader = reader;
    this.settings = settings;
    this.clock = clock;
    this.log = log;
    this.entries = new SingleFlights<>(clock, settings.cacheTtl());
    this.unlocked = new SingleFlights<>(clock, settings.cacheTtl());
    this.labels = new AtomicReference<>(new SingleFlight<>(this::readLabels));
    this.snapshot = new AtomicReference<>(new SingleFlight<>(snapshotReader::read));
  }

  /** Every label of the partition, hidden ones included; asks the service. */
  Set<String> allLabels() throws HsmException {
    return labels
        .updateAndGet(
            known -> known.isOlderThan(oldest()) ? new SingleFlight<>(this::readLabels) : known)
        .get(clock);
  }

  /** The same where they were read within {@code keys.cacheTtl}, else null; asks nobody. */
  @Nullable Set<String> labelsIfRead() {
    SingleFlight<Set<String>> known = Objects.requireNonNull(labels.get());
    return known.isOlderThan(oldest()) ? null : known.ifRead();
  }

  /**
   * What lies under a label; labels that the settings hide hold nothing.
   *
   * @throws HsmException where something is there and cannot be read, or the service fails
   */
  PartitionEntry entry(String label) throws HsmException {
    PartitionEntry entry = entryOrBroken(label);
    if (entry instanceof PartitionEntry.Broken broken) {
      throw new HsmException("'" + label + "' cannot be read: " + broken.why(), null);
    }
    return entry;
  }

  /** The same as a key store shows it, where keys without certificate may be hidden. */
  PartitionEntry shown(String label) throws HsmException {
    PartitionEntry entry = entry(label);
    return isHidden(entry) ? new PartitionEntry.Nothing("a key without certificate", true) : entry;
  }

  /** The same, and {@code Broken} where it cannot be read. */
  PartitionEntry entryOrBroken(String label) throws HsmException {
    PartitionSnapshot all = currentSnapshot();
    if (all != null) {
      PartitionEntry entry = all.entry(label);
      return entry == null ? noSuchLabel(label) : entry;
    }
    if (!settings.shows(label) || !settings.isExactInclude() && !allLabels().contains(label)) {
      return noSuchLabel(label);
    }
    return read(label);
  }

  /** Reads one label unless it was read within {@code keys.cacheTtl}. */
  PartitionEntry read(String label) throws HsmException {
    PartitionEntry entry = entries.get(label, () -> reader.read(label));
    if (entry instanceof PartitionEntry.Broken broken) {
      log.warn("'" + label + "' is not shown: it cannot be read: " + broken.why());
    } else if (entry instanceof PartitionEntry.Nothing nothing) {
      log.debug("'" + label + "' is not shown: " + nothing.why());
    }
    return entry;
  }

  /**
   * A key with a password of its own, opened with it.
   *
   * @throws io.hsmrest.client.KeyPasswordException when that is not the key's password
   */
  PartitionEntry.KeyEntry unlock(String label, Secret password) throws HsmException {
    Unlocking unlocking = new Unlocking(label, password);
    try {
      return unlocked.get(unlocking, () -> reader.unlock(label, password));
    } catch (HsmException e) {
      unlocked.forget(unlocking);
      throw e;
    }
  }

  /** All entries together. */
  PartitionSnapshot snapshot() throws HsmException {
    return snapshot
        .updateAndGet(known -> isStale(known) ? new SingleFlight<>(snapshotReader::read) : known)
        .get(clock);
  }

  /** The alias of a certificate; what was read already may answer before everything is read. */
  Optional<String> aliasOf(X509Certificate certificate) throws HsmException {
    Optional<String> read =
        currentSnapshot() == null ? aliasAmongRead(certificate) : Optional.empty();
    return read.isPresent() ? read : snapshot().aliasOf(certificate);
  }

  private Optional<String> aliasAmongRead(X509Certificate certificate) {
    return entries.keyAmongRead(
        entry -> certificate.equals(entry.certificate()) && !isHidden(entry));
  }

  /** The certificate under one of this project's own labels, null unless all were read together. */
  @Nullable X509Certificate linkAmongRead(String label) {
    PartitionSnapshot all = currentSnapshot();
    return all == null ? null : all.link(label);
  }

  boolean isHidden(PartitionEntry entry) {
    return settings.withoutCertificate() == KeySettings.WithoutCertificate.HIDE
        && entry.isKey()
        && entry.certificate() == null;
  }

  /** Forgets everything, so that the next look is at the service. */
  void forget() {
    entries.forgetAll();
    unlocked.forgetAll();
    labels.set(new SingleFlight<>(this::readLabels));
    snapshot.set(new SingleFlight<>(snapshotReader::read));
  }

  /** Forgets one label, which may have come or gone. */
  void forget(String label) {
    labels.set(new SingleFlight<>(this::readLabels));
    forgetEntry(label);
  }

  /** Forgets one entry whose label is known to stay. */
  void forgetEntry(String label) {
    entries.forget(label);
    unlocked.forgetIf(unlocking -> unlocking.label().equals(label));
    snapshot.set(new SingleFlight<>(snapshotReader::read));
  }

  KeySettings settings() {
    return settings;
  }

  PartitionReader reader() {
    return reader;
  }

  Clock clock() {
    return clock;
  }

  /** When an entry was read, null when it was not. */
  @Nullable Instant readAt(String label) {
    return entries.readAt(label);
  }

  private Set<String> readLabels() throws HsmException {
    return Collections.unmodifiableSet(new TreeSet<>(client.listKeys()));
  }

  /** What was read together within {@code keys.cacheTtl}, null where nothing was; asks nobody. */
  @Nullable PartitionSnapshot currentSnapshot() {
    SingleFlight<PartitionSnapshot> known = Objects.requireNonNull(snapshot.get());
    return isStale(known) ? null : known.ifRead();
  }

  private boolean isStale(SingleFlight<PartitionSnapshot> known) {
    PartitionSnapshot read = known.ifRead();
    return known.isOlderThan(oldest()) || read != null && read.asOf().isBefore(oldest());
  }

  private Instant oldest() {
    return clock.instant().minus(settings.cacheTtl());
  }

  private PartitionEntry noSuchLabel(String label) {
    return settings.shows(label)
        ? new PartitionEntry.Nothing("no such label", false)
        : new PartitionEntry.Nothing(
            "keys.include, keys.exclude or the labels kept for internal use hide it", true);
  }

  /** A key, and the password that somebody gave for it. */
  private record Unlocking(String label, Secret password) {}
}
