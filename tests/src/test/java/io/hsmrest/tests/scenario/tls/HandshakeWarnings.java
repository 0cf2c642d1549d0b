package io.hsmrest.tests.scenario.tls;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What an operator reads of failed handshakes while this is open. Thread-safe. */
final class HandshakeWarnings extends Handler implements AutoCloseable {
  private final Logger logger = Logger.getLogger("io.hsmrest.provider");
  private final List<String> texts = new CopyOnWriteArrayList<>();

  HandshakeWarnings() {
    logger.setUseParentHandlers(false);
    logger.addHandler(this);
  }

  @Override
  public void publish(LogRecord entry) {
    if (entry.getLevel().equals(Level.WARNING)) {
      texts.add(entry.getMessage());
    }
  }

  List<String> texts() {
    return texts;
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
    logger.setUseParentHandlers(true);
  }
}
