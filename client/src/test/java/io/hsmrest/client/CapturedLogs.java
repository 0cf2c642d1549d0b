package io.hsmrest.client;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Everything that is logged by a logger and those below it, at every level. */
public final class CapturedLogs extends Handler implements AutoCloseable {
  private final Logger logger;
  private final Level levelBefore;
  private final Formatter formatter = new SimpleFormatter();
  private final List<LogRecord> records = new ArrayList<>();

  /**
   * Begins to listen.
   *
   * @param name empty for all there are
   */
  public CapturedLogs(String name) {
    this.logger = Logger.getLogger(name);
    this.levelBefore = logger.getLevel();
    setLevel(Level.ALL);
    logger.setLevel(Level.ALL);
    logger.addHandler(this);
  }

  @Override
  public synchronized void publish(LogRecord entry) {
    records.add(entry);
  }

  /** The messages at this level, as they would be written. */
  public synchronized List<String> messages(Level level) {
    return records.stream()
        .filter(entry -> entry.getLevel().equals(level))
        .map(formatter::formatMessage)
        .toList();
  }

  /** Everything as it would be written, stack traces included. */
  public synchronized String text() {
    StringBuilder text = new StringBuilder();
    records.forEach(entry -> text.append(formatter.format(entry)));
    return text.toString();
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
    logger.setLevel(levelBefore);
  }
}
