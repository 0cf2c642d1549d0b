package io.hsmrest.tests.scenario.approval;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** What the log says of waiting for approvals while this is open. Thread-safe. */
final class ApprovalLog extends Handler implements AutoCloseable {
  private static final Duration SOON = Duration.ofSeconds(30);

  private final Logger logger = Logger.getLogger("io.hsmrest.approval");
  private final boolean passedOnBefore = logger.getUseParentHandlers();
  private final List<LogRecord> records = new ArrayList<>();

  ApprovalLog() {
    logger.setUseParentHandlers(false);
    logger.addHandler(this);
  }

  @Override
  public synchronized void publish(LogRecord entry) {
    records.add(entry);
    notifyAll();
  }

  /** The lines that tell how it goes. */
  List<String> lines() {
    return messages(Level.INFO);
  }

  List<String> warnings() {
    return messages(Level.WARNING);
  }

  private synchronized List<String> messages(Level level) {
    SimpleFormatter formatter = new SimpleFormatter();
    return records.stream()
        .filter(entry -> entry.getLevel().equals(level))
        .map(formatter::formatMessage)
        .toList();
  }

  /** The first line with that text in it, as soon as it is there. */
  String awaitLine(String text) throws InterruptedException {
    return await(Level.INFO, line -> line.contains(text), text);
  }

  /** The same for warnings. */
  String awaitWarning(String text) throws InterruptedException {
    return await(Level.WARNING, line -> line.contains(text), text);
  }

  private synchronized String await(Level level, Predicate<String> wanted, String text)
      throws InterruptedException {
    long end = System.nanoTime() + SOON.toNanos();
    while (true) {
      var found = messages(level).stream().filter(wanted).findFirst();
      if (found.isPresent()) {
        return found.get();
      }
      long left = end - System.nanoTime();
      if (left <= 0) {
        throw new AssertionError("no line with '" + text + "' among " + messages(level));
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
    logger.setUseParentHandlers(passedOnBefore);
  }
}
