package io.hsmrest.simulator.state;

import io.hsmrest.simulator.crypto.Reason;
import io.hsmrest.simulator.crypto.ServiceRefusal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The keys of a partition by label. Thread-safe. */
public final class Keys {
  private final Store store;
  private final Table table;
  private final Table shadows;
  private final Map<String, KeyEntry> entries = new ConcurrentHashMap<>();
  private final Set<String> invalidated = ConcurrentHashMap.newKeySet();

  Keys(Store store, String partition) {
    this.store = store;
    this.table = store.table(partition + "/keys");
    this.shadows = store.table(partition + "/invalidated");
    table
        .rows()
        .forEach(
            (label, row) -> entries.put(label, new KeyEntry(Codec.read(row, StoredKey.class))));
    invalidated.addAll(shadows.rows().keySet());
  }

  /** What stands under a label. */
  public Optional<KeyEntry> find(String label) {
    return Optional.ofNullable(entries.get(label));
  }

  /** All entries, in no order. */
  public List<KeyEntry> all() {
    return List.copyOf(entries.values());
  }

  /**
   * Puts a key under a free label.
   *
   * @throws ServiceRefusal 608 if the label is taken, by a key or by the shadow of a deleted one
   */
  public KeyEntry add(StoredKey key) {
    var entry = new KeyEntry(key);
    store.change(
        () -> {
          if (invalidated.contains(key.label())
              || entries.putIfAbsent(key.label(), entry) != null) {
            throw alreadyExisting();
          }
          table.put(key.label(), key);
        });
    return entry;
  }

  /**
   * Replaces what stands under a label by what {@code change} makes of it, null being nothing yet.
   */
  public KeyEntry put(String label, UnaryOperator<@Nullable StoredKey> change) {
    var changed = new KeyEntry[1];
    store.change(
        () -> {
          KeyEntry entry = entries.get(label);
          StoredKey next = change.apply(entry == null ? null : entry.toStore());
          if (next == null) {
            throw new IllegalArgumentException("nothing to store under " + label);
          }
          if (entry == null) {
            entry = new KeyEntry(next);
            entries.put(label, entry);
          } else {
            entry.set(next);
          }
          table.put(label, next);
          changed[0] = entry;
        });
    return changed[0];
  }

  /** Changes a key that is there. */
  public void update(KeyEntry entry, UnaryOperator<StoredKey> change) {
    store.change(
        () -> {
          StoredKey next = change.apply(entry.toStore());
          if (entries.get(next.label()) == entry) {
            entry.set(next);
            table.put(next.label(), next);
          }
        });
  }

  /**
   * Removes all objects under a label.
   *
   * @param keepShadow whether the label stays taken
   */
  public void remove(String label, boolean keepShadow) {
    store.change(
        () -> {
          entries.remove(label);
          table.remove(label);
          if (keepShadow) {
            invalidated.add(label);
            shadows.put(label, label);
          }
        });
  }

  /** Removes everything, shadows included. */
  void clear() {
    store.change(
        () -> {
          entries.keySet().forEach(table::remove);
          invalidated.forEach(shadows::remove);
          entries.clear();
          invalidated.clear();
        });
  }

  /** Stores the counts of uses. */
  void flush() {
    store.change(() -> entries.forEach((label, entry) -> table.put(label, entry.toStore())));
  }

  /** The refusal for a label that is taken. */
  public static ServiceRefusal alreadyExisting() {
    return new ServiceRefusal(
        Reason.KEY_ALREADY_EXISTING, "Could not create key. The key name is already in use.");
  }
}
