package io.hsmrest.simulator.request;

import io.hsmrest.simulator.state.StoredTask;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;

/** {@code sortOrder} of task lists (contract 2.6.1). The constants' names are the service's. */
enum TaskOrder {
  CREATION_DATE_ASC,
  CREATION_DATE_DESC,
  LAST_FETCHED_DATE_ASC,
  LAST_FETCHED_DATE_DESC;

  static Optional<TaskOrder> byName(String name) {
    return Arrays.stream(values()).filter(order -> order.name().equals(name)).findFirst();
  }

  /** Orders tasks that come in the order of their requests' creation; to be used stably. */
  Comparator<StoredTask> comparator() {
    Comparator<StoredTask> ascending =
        switch (this) {
          case CREATION_DATE_ASC, CREATION_DATE_DESC -> Comparator.comparing(StoredTask::created);
          case LAST_FETCHED_DATE_ASC, LAST_FETCHED_DATE_DESC ->
              Comparator.comparing(
                  task -> Optional.ofNullable(task.lastFetched()).orElse(Instant.MIN));
        };
    return name().endsWith("DESC") ? ascending.reversed() : ascending;
  }
}
