package io.hsmrest.client.approval;

import io.hsmrest.client.HsmLogger;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One line on a terminal that is written over, and whole lines above it. It is cleared before this
 * project's loggers write, and before the JVM ends. Thread-safe.
 */
public final class StatusLine {
  // What is too long for the terminal is cut there instead of going on in the next line, from where
  // it could not be written over.
  private static final String NO_WRAP = "\u001b[?7l";
  private static final String WRAP = "\u001b[?7h";
  private static final String ERASE_TO_THE_END = "\u001b[K";

  // Some terminals wrap when the last column is filled; the other two are for the ^C of Ctrl-C,
  // from behind which a line that has wrapped could not be cleared.
  private static final int FREE = 3;

  private final Consumer<String> out;
  private final int columns;
  private final boolean sequences;
  private final Runnable clear = this::clear;
  private final AtShutdown atShutdown = new AtShutdown(this::shutDown);
  private int shown;
  private @Nullable Supplier<List<String>> lastWords;
  private boolean over;

  /**
   * A line that shows nothing yet.
   *
   * @param out takes text as it is, and writes it at once
   * @param columns the width of the terminal, as far as it is known
   * @param sequences whether the terminal takes escape sequences
   */
  public StatusLine(Consumer<String> out, int columns, boolean sequences) {
    this.out = out;
    this.columns = columns;
    this.sequences = sequences;
  }

  /**
   * For the standard error of this process, whatever that is.
   *
   * @param out takes text as it is, and writes it there at once
   */
  public static StatusLine onErrors(Consumer<String> out) {
    return new StatusLine(out, Terminal.columnsOfErrors(), Terminal.errorsTakeSequences());
  }

  /** How many cells a line can have. */
  int room() {
    return columns - FREE;
  }

  /**
   * Writes over what was shown.
   *
   * @param last whole lines for the end of the JVM, when that comes before {@link #close}
   */
  public synchronized void show(String text, Supplier<List<String>> last) {
    if (over) {
      return;
    }
    if (lastWords == null) {
      atShutdown.need();
    }
    lastWords = last;
    String fitting = Cells.cut(text, room());
    int cells = Cells.of(fitting);
    out.accept(
        '\r'
            + (sequences
                ? NO_WRAP + fitting + ERASE_TO_THE_END + WRAP
                : fitting + " ".repeat(Math.max(0, shown - cells))));
    shown = cells;
    HsmLogger.halfWritten(clear);
  }

  /** A whole line, in the place of what was shown. */
  public synchronized void tell(String line) {
    clear();
    out.accept(line + System.lineSeparator());
  }

  /** Nothing is waited for any more. */
  public synchronized void close() {
    clear();
    if (lastWords != null && !over) {
      atShutdown.release();
    }
    lastWords = null;
  }

  private synchronized void clear() {
    if (shown > 0) {
      out.accept('\r' + (sequences ? ERASE_TO_THE_END : " ".repeat(shown + FREE - 1) + '\r'));
      shown = 0;
      HsmLogger.cleared(clear);
    }
  }

  /** From now on nothing is half-written; those who still wait may go on to say how it ends. */
  private void shutDown() {
    Supplier<List<String>> last;
    synchronized (this) {
      over = true;
      clear();
      last = lastWords;
    }
    // Without the lock: whoever knows them may be waiting for it.
    if (last != null) {
      last.get().forEach(this::tell);
    }
  }
}
