package io.hsmrest.simulator.state;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Records of one type under their names, kept in the store. Thread-safe. */
public final class Named<T> {
  private final Store store;
  private final Table table;
  private final Function<T, String> name;
  private final Map<String, T> records = new ConcurrentHashMap<>();

  Named(Store store, String table, Class<T> type, Function<T, String> name) {
    this.store = store;
    this.table = store.table(table);
    this.name = name;
    this.table.rows().forEach((key, row) -> records.put(key, Codec.read(row, type)));
  }

  /** The record of that name. */
  public Optional<T> find(String key) {
    return Optional.ofNullable(records.get(key));
  }

  /** All records, by name. */
  public List<T> all() {
    return records.values().stream().sorted(Comparator.comparing(name)).toList();
  }

  /** Stores a record, new or changed. */
  public void put(T record) {
    store.change(
        () -> {
          records.put(name.apply(record), record);
          table.put(name.apply(record), record);
        });
  }

  /** Forgets everything. */
  void clear() {
    store.change(
        () -> {
          records.keySet().forEach(table::remove);
          records.clear();
        });
  }

  /** Forgets a record; false if there was none. */
  public boolean remove(String key) {
    boolean[] there = new boolean[1];
    store.change(
        () -> {
          there[0] = records.remove(key) != null;
          table.remove(key);
        });
    return there[0];
  }
}
