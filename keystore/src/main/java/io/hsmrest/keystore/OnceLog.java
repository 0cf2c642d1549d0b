package io.hsmrest.keystore;

import io.hsmrest.client.HsmLogger;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reports what is wrong with single entries, each of it once: entries are read again and again, and
 * a log full of the same line hides the next one. Thread-safe.
 */
final class OnceLog {
  private static final System.Logger LOG = HsmLogger.of("io.hsmrest.keystore");

  private final Set<String> told = ConcurrentHashMap.newKeySet();

  /** Something the operator can and should put right. */
  void warn(String text) {
    log(System.Logger.Level.WARNING, text);
  }

  /** Something that is as it should be. */
  void debug(String text) {
    log(System.Logger.Level.DEBUG, text);
  }

  private void log(System.Logger.Level level, String text) {
    if (LOG.isLoggable(level) && told.add(text)) {
      LOG.log(level, text);
    }
  }
}
