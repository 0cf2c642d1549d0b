package io.hsmrest.simulator.state;

import java.util.concurrent.atomic.AtomicLong;

/** A label's current objects and its count of uses. Thread-safe. */
public final class KeyEntry {
  private final AtomicLong uses;
  private volatile StoredKey key;

  KeyEntry(StoredKey key) {
    this.key = key;
    this.uses = new AtomicLong(key.uses());
  }

  /** What stands under the label now. */
  public StoredKey key() {
    return key;
  }

  /** How often the private or secret key has been used. */
  public long uses() {
    return uses.get();
  }

  /** Counts a use. It is stored with the next change of the key, or when the simulator ends. */
  public void used() {
    uses.incrementAndGet();
  }

  void set(StoredKey other) {
    key = other;
  }

  StoredKey toStore() {
    return key.withUses(uses.get());
  }
}
