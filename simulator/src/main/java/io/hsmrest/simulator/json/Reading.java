package io.hsmrest.simulator.json;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong so far while one body is read. The service binds the whole body before it
 * validates, so a binding failure anywhere goes before a violation; of each kind the first counts.
 */
final class Reading {
  private final boolean lenient;
  private final List<Fields> objects = new ArrayList<>();
  private @Nullable String unbindable;
  private @Nullable String violation;

  Reading(boolean lenient) {
    this.lenient = lenient;
  }

  void opened(Fields object) {
    objects.add(object);
  }

  void unbindable(String message) {
    if (unbindable == null) {
      unbindable = message;
    }
  }

  void violation(String message) {
    if (violation == null) {
      violation = message;
    }
  }

  /** The message of the refusal, or null if all is well. */
  @Nullable String refusal() {
    if (unbindable != null) {
      return unbindable;
    }
    if (!lenient && objects.stream().anyMatch(Fields::hasUnknown)) {
      return Fields.CANNOT_PARSE;
    }
    return violation;
  }
}
