package io.hsmrest.provider.cli;

import io.hsmrest.client.AuthenticationException;
import io.hsmrest.client.HsmConnectionException;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.HsmResponseException;
import java.util.HashSet;
import java.util.Set;

/** Failures that pass, each of which is told once for as long as there are any. */
final class Outages {
  private final Surroundings surroundings;
  private final Set<String> told = new HashSet<>();
  private boolean now;

  Outages(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** Whether trying again may help. */
  static boolean passes(HsmException e) {
    return e instanceof HsmConnectionException
        || e instanceof HsmResponseException refusal
            && !(e instanceof AuthenticationException)
            && refusal.isTemporary();
  }

  /** The next look begins. */
  void begin() {
    now = false;
  }

  /** Tells of one, unless it has been told. */
  void add(HsmException e) {
    now = true;
    String line = Failures.line(e);
    if (told.add(line)) {
      surroundings.tell("hsmrest: " + line + "; trying again");
    }
  }

  /** Whether nothing failed since the last look began. */
  boolean areOver() {
    if (!now) {
      told.clear();
    }
    return !now;
  }
}
