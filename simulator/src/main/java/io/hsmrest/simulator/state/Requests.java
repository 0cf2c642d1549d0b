package io.hsmrest.simulator.state;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The asynchronous requests of a partition. Thread-safe; a change that depends on what was read
 * before is made under a lock of the caller's.
 */
public final class Requests {
  private final Store store;
  private final Table table;
  private final int keptFinished;
  private final Map<UUID, StoredRequest> all = new ConcurrentHashMap<>();
  private final Map<UUID, StoredRequest> open = new ConcurrentHashMap<>();
  private final Map<UUID, UUID> requestOfTask = new ConcurrentHashMap<>();
  private final Queue<UUID> finished = new ArrayDeque<>();
  private final AtomicLong numbers = new AtomicLong();

  Requests(Store store, String partition, int keptFinished) {
    this.store = store;
    this.table = store.table(partition + "/requests");
    this.keptFinished = keptFinished;
    List<StoredRequest> stored = new ArrayList<>();
    table.rows().forEach((id, row) -> stored.add(Codec.read(row, StoredRequest.class)));
    stored.sort(Comparator.comparingLong(StoredRequest::number));
    for (StoredRequest request : stored) {
      numbers.set(request.number());
      remember(request);
    }
  }

  /** The number of the next request. */
  public long nextNumber() {
    return numbers.incrementAndGet();
  }

  /** A request. */
  public Optional<StoredRequest> find(UUID id) {
    return Optional.ofNullable(all.get(id));
  }

  /** The open request that a task belongs to. */
  public Optional<StoredRequest> ofTask(UUID task) {
    return Optional.ofNullable(requestOfTask.get(task)).map(open::get);
  }

  /** All requests, oldest first. */
  public List<StoredRequest> all() {
    return sorted(all);
  }

  /** Those that are not finished, oldest first. */
  public List<StoredRequest> open() {
    return sorted(open);
  }

  /** Stores a request, new or changed. */
  public void put(StoredRequest request) {
    store.change(
        () -> {
          table.put(request.id().toString(), request);
          remember(request);
          while (finished.size() > keptFinished) {
            forget(finished.poll());
          }
        });
  }

  /** Removes everything. */
  void clear() {
    store.change(
        () -> {
          all.keySet().forEach(id -> table.remove(id.toString()));
          all.clear();
          open.clear();
          requestOfTask.clear();
          finished.clear();
        });
  }

  private void remember(StoredRequest request) {
    StoredRequest before = all.put(request.id(), request);
    if (before != null) {
      before.progress().tasks().forEach(task -> requestOfTask.remove(task.id()));
    }
    request.progress().tasks().forEach(task -> requestOfTask.put(task.id(), request.id()));
    if (!request.status().isTerminal()) {
      open.put(request.id(), request);
    } else if (open.remove(request.id()) != null || before == null) {
      finished.add(request.id());
    }
  }

  private void forget(@Nullable UUID id) {
    if (id != null) {
      all.remove(id);
      table.remove(id.toString());
    }
  }

  private static List<StoredRequest> sorted(Map<UUID, StoredRequest> requests) {
    return requests.values().stream()
        .sorted(Comparator.comparingLong(StoredRequest::number))
        .toList();
  }
}
