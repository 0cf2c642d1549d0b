package io.hsmrest.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HsmLoggerTest {
  private static final Logger LOGGER = Logger.getLogger("io.hsmrest.loggertest");
  private static final System.Logger LOG = HsmLogger.of("io.hsmrest.loggertest");

  private final List<String> happened = new ArrayList<>();
  private final Runnable clear = () -> happened.add("cleared");
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord entry) {
          happened.add(entry.getSourceClassName() + ": " + entry.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    LOGGER.setUseParentHandlers(false);
    LOGGER.addHandler(handler);
    HsmLogger.halfWritten(clear);
  }

  @AfterEach
  void stopListening() {
    HsmLogger.cleared(clear);
    LOGGER.removeHandler(handler);
  }

  @Test
  void whatIsHalfWrittenIsClearedBeforeEachMessageWhichStillComesFromWhoWroteIt() {
    LOG.log(System.Logger.Level.WARNING, "one {0}", "way");
    LOG.log(System.Logger.Level.WARNING, () -> "another");
    LOG.log(System.Logger.Level.WARNING, "a third", new IllegalStateException());
    String me = HsmLoggerTest.class.getName() + ": ";
    assertThat(happened)
        .containsExactly(
            "cleared", me + "one {0}", "cleared", me + "another", "cleared", me + "a third");
  }

  @Test
  void whatIsNotWrittenClearsNothing() {
    LOGGER.setLevel(Level.WARNING);
    LOG.log(System.Logger.Level.INFO, "nobody asked");
    assertThat(happened).isEmpty();
    HsmLogger.cleared(clear);
    LOG.log(System.Logger.Level.WARNING, "nothing is half-written");
    assertThat(happened).hasSize(1);
  }

  @Test
  void itIsTheProgramsLogger() {
    LOGGER.setLevel(Level.WARNING);
    assertThat(LOG.getName()).isEqualTo("io.hsmrest.loggertest");
    assertThat(LOG.isLoggable(System.Logger.Level.WARNING)).isTrue();
    assertThat(LOG.isLoggable(System.Logger.Level.INFO)).isFalse();
  }
}
