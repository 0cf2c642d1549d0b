package io.hsmrest.keystore;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** What the key store logs while it is open, parameters filled in. */
public final class CapturedLog implements AutoCloseable {
  private final Logger logger = Logger.getLogger("io.hsmrest.keystore");
  private final boolean passedOnBefore = logger.getUseParentHandlers();
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final List<String> warnings = new CopyOnWriteArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord logged) {
          String line = new SimpleFormatter().formatMessage(logged);
          lines.add(line);
          if (logged.getLevel().intValue() >= Level.WARNING.intValue()) {
            warnings.add(line);
          }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  /** Begins; nobody else sees what is logged from now on. */
  public CapturedLog() {
    logger.addHandler(handler);
    logger.setUseParentHandlers(false);
  }

  /** Everything, a line each. */
  public String text() {
    return String.join("\n", lines);
  }

  /** What is at WARNING and above. */
  List<String> warnings() {
    return warnings;
  }

  @Override
  public void close() {
    logger.removeHandler(handler);
    logger.setUseParentHandlers(passedOnBefore);
  }
}
