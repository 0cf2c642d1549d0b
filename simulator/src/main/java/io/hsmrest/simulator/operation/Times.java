package io.hsmrest.simulator.operation;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times as the service writes them (contract 1.4). */
public final class Times {
  private Times() {}

  /** UTC in whole seconds. */
  public static String text(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
