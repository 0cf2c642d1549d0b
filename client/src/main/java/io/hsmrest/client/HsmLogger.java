package io.hsmrest.client;

import java.util.ResourceBundle;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The loggers of this project. What a logger writes may go to the terminal, where a line that is
 * written over may stand half-written: it is cleared before each message. Thread-safe.
 */
public final class HsmLogger implements System.Logger {
  private static final Set<Runnable> HALF_WRITTEN = ConcurrentHashMap.newKeySet();

  private final System.Logger logger;

  private HsmLogger(System.Logger logger) {
    this.logger = logger;
  }

  /** The logger of that name, as the program has set it up. */
  public static System.Logger of(String name) {
    return new HsmLogger(System.getLogger(name));
  }

  /** From now on {@code clear} is run before each message. */
  public static void halfWritten(Runnable clear) {
    HALF_WRITTEN.add(clear);
  }

  /** Nothing is to be cleared by {@code clear} any more. */
  public static void cleared(Runnable clear) {
    HALF_WRITTEN.remove(clear);
  }

  /** Clears what is half-written; for whoever writes to standard error without a logger. */
  public static void makeWay() {
    HALF_WRITTEN.forEach(Runnable::run);
  }

  @Override
  public String getName() {
    return logger.getName();
  }

  @Override
  public boolean isLoggable(Level level) {
    return logger.isLoggable(level);
  }

  @Override
  public void log(
      Level level, @Nullable ResourceBundle bundle, String message, @Nullable Throwable thrown) {
    if (isLoggable(level)) {
      makeWay();
      logger.log(level, bundle, message, thrown);
    }
  }

  @Override
  public void log(
      Level level, @Nullable ResourceBundle bundle, String format, @Nullable Object... parameters) {
    if (isLoggable(level)) {
      makeWay();
      logger.log(level, bundle, format, parameters);
    }
  }
}
