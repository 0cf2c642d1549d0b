package io.hsmrest.provider;

import io.hsmrest.client.HsmLogger;
import io.hsmrest.client.HsmResponseException;
import io.hsmrest.keystore.CallingFrames;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Tells the operator why TLS handshakes fail. Servers hang up without a line in their logs, and
 * whoever connects can make them do so as often as they like: each key and reason is told once a
 * minute, with the number of those that were left out. Thread-safe.
 */
final class HandshakeLog {
  private static final System.Logger LOG = HsmLogger.of("io.hsmrest.provider");

  /** That of this JVM. */
  static final HandshakeLog SYSTEM =
      new HandshakeLog(
          InstantSource.system(),
          CallingFrames::areTls,
          text -> LOG.log(System.Logger.Level.WARNING, text));

  private static final Duration PAUSE = Duration.ofMinutes(1);

  private final InstantSource clock;
  private final BooleanSupplier inHandshake;
  private final Consumer<String> warnings;
  private final Map<Cause, Told> told = new HashMap<>();

  /** Messages differ by counts and ids; these do not. */
  private record Cause(String label, String reason) {}

  private record Told(Instant when, int leftOut) {}

  HandshakeLog(InstantSource clock, BooleanSupplier inHandshake, Consumer<String> warnings) {
    this.clock = clock;
    this.inHandshake = inHandshake;
    this.warnings = warnings;
  }

  /** A signature has failed; where it was none of TLS, nothing is told. */
  void failed(String label, Exception failure) {
    if (!inHandshake.getAsBoolean()) {
      return;
    }
    int leftOut = leftOut(new Cause(label, reason(failure)));
    if (leftOut >= 0) {
      warnings.accept(
          "a TLS handshake failed: "
              + failure.getMessage()
              + (leftOut == 0 ? "" : " (and " + leftOut + " times more since this was told last)"));
    }
  }

  private static String reason(Exception failure) {
    Throwable cause = failure.getCause();
    if (cause instanceof HsmResponseException refusal) {
      return refusal.status() + " " + refusal.error().code();
    }
    return (cause == null ? failure : cause).getClass().getName();
  }

  /** How many were left out since this cause was told, negative when it is too early again. */
  private synchronized int leftOut(Cause cause) {
    Instant now = clock.instant();
    Told last = told.get(cause);
    if (last != null && now.isBefore(last.when().plus(PAUSE))) {
      told.put(cause, new Told(last.when(), last.leftOut() + 1));
      return -1;
    }
    told.put(cause, new Told(now, 0));
    return last == null ? 0 : last.leftOut();
  }
}
