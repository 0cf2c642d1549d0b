package io.hsmrest.simulator.control;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts requests by method and path. Thread-safe. */
public final class RequestCounter {
  private static final String REQUEST = "/v1/request/";

  private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

  /** Counts one. The ids of requests, of which there may be very many, are counted together. */
  public void count(String method, String path) {
    String counted = path.startsWith(REQUEST) ? REQUEST + "{id}" : path;
    counts.computeIfAbsent(method + " " + counted, key -> new LongAdder()).increment();
  }

  /** The counts by {@code "METHOD /path"}. */
  public Map<String, Long> byPath() {
    Map<String, Long> sums = new TreeMap<>();
    counts.forEach((path, count) -> sums.put(path, count.sum()));
    return sums;
  }

  /** All together. */
  public long total() {
    return counts.values().stream().mapToLong(LongAdder::sum).sum();
  }

  /** Starts again from zero. */
  public void reset() {
    counts.clear();
  }
}
