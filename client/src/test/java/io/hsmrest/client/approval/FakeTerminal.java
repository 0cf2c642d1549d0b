package io.hsmrest.client.approval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A terminal of some width, as far as anything of this project makes use of one. Thread-safe. */
final class FakeTerminal implements Consumer<String> {
  private static final Pattern SEQUENCE = Pattern.compile("\u001b\\[(\\?7[lh]|K)");

  private final int columns;
  private final List<String[]> rows = new ArrayList<>();
  private int column;
  private boolean wraps = true;

  FakeTerminal(int columns) {
    this.columns = columns;
    newRow();
  }

  private void newRow() {
    String[] row = new String[columns];
    Arrays.fill(row, " ");
    rows.add(row);
    column = 0;
  }

  @Override
  public synchronized void accept(String text) {
    Matcher sequence = SEQUENCE.matcher(text);
    for (int at = 0; at < text.length(); ) {
      if (sequence.find(at) && sequence.start() == at) {
        obey(sequence.group(1));
        at = sequence.end();
      } else {
        int character = text.codePointAt(at);
        print(character);
        at += Character.charCount(character);
      }
    }
  }

  private void obey(String command) {
    switch (command) {
      case "?7l" -> wraps = false;
      case "?7h" -> wraps = true;
      default -> Arrays.fill(row(), Math.min(column, columns - 1), columns, " ");
    }
  }

  private void print(int character) {
    if (character == '\r') {
      column = 0;
    } else if (character == '\n') {
      newRow();
    } else {
      int width = character < 0x2e80 ? 1 : 2;
      if (column + width > columns) {
        if (wraps) {
          newRow();
        } else {
          column = columns - width;
        }
      }
      row()[column] = Character.toString(character);
      Arrays.fill(row(), column + 1, column + width, "");
      column += width;
    }
  }

  private String[] row() {
    return rows.get(rows.size() - 1);
  }

  /** What stands there, the row of the cursor last. */
  synchronized List<String> rows() {
    return rows.stream().map(row -> String.join("", row).stripTrailing()).toList();
  }

  /** Where the cursor is; 0 is the beginning of its row. */
  synchronized int column() {
    return column;
  }

  synchronized boolean wraps() {
    return wraps;
  }
}
