package io.hsmrest.provider.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * Breaks lines where the terminal would, which begins the rest in its first column: there it would
 * look like a line of this program.
 */
final class LineBreaks {
  /** From here on there are characters that are two columns wide. */
  private static final int WIDE = 0x1100;

  /** A terminal that is narrower has to break lines itself. */
  private static final int NARROWEST = 40;

  private final String next;
  private final int room;
  private final boolean atBlanks;
  private final List<String> lines = new ArrayList<>();

  private LineBreaks(String next, int columns, boolean atBlanks) {
    this.next = next;
    this.room = Math.max(columns, NARROWEST);
    this.atBlanks = atBlanks;
  }

  /**
   * A text whose blanks do not matter, in lines.
   *
   * @param first what its first line begins with
   * @param next what each other line begins with
   */
  static List<String> ofWords(String first, String next, String text, int columns) {
    return new LineBreaks(next, columns, true).of(first, text);
  }

  /** The same for a text of which nothing may be left out. */
  static List<String> exactly(String first, String next, String text, int columns) {
    return new LineBreaks(next, columns, false).of(first, text);
  }

  private List<String> of(String first, String text) {
    String prefix = first;
    int from = 0;
    while (true) {
      int to = end(text, from, room - prefix.length());
      if (to == text.length()) {
        lines.add(prefix + text.substring(from));
        return lines;
      }
      int blank = atBlanks ? text.lastIndexOf(' ', to) : -1;
      boolean isBlank = blank > from + (to - from) / 2;
      lines.add(prefix + text.substring(from, isBlank ? blank : to));
      from = isBlank ? blank + 1 : to;
      prefix = next;
    }
  }

  /** How far the text goes within so many columns. */
  private static int end(String text, int from, int columns) {
    int width = 0;
    for (int at = from; at < text.length(); ) {
      int character = text.codePointAt(at);
      width += character < WIDE ? 1 : 2;
      if (width > columns) {
        return at;
      }
      at += Character.charCount(character);
    }
    return text.length();
  }
}
