package io.hsmrest.provider.cli;

import io.hsmrest.client.PlainText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Names and values under headings. Whatever is in them, each line of them begins with what this
 * class puts there, so that none can be taken for a heading.
 */
final class Facts {
  private static final int NAME_WIDTH = 14;
  private static final String CONTINUED = "    | ";

  private final int columns;
  private final List<String> lines = new ArrayList<>();

  /**
   * Begins.
   *
   * @param columns how wide a line may be
   */
  Facts(int columns) {
    this.columns = columns;
  }

  /** What follows belongs together. */
  void heading(String heading) {
    lines.add("");
    lines.add("  " + heading);
  }

  /** One fact; none for null and for what is empty. */
  void add(String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      String shown = padded(PlainText.oneLine(name)) + " " + PlainText.oneLine(value);
      lines.addAll(LineBreaks.ofWords("    ", CONTINUED, shown, columns));
    }
  }

  /**
   * A text as it is: a bar before each of its lines, a plus before what is left of a line that is
   * too long.
   */
  void addText(String name, String text) {
    lines.addAll(LineBreaks.ofWords("    ", CONTINUED, PlainText.oneLine(name), columns));
    String[] parts =
        (text.endsWith("\n") ? text.substring(0, text.length() - 1) : text).split("\n", -1);
    for (String part : parts) {
      String line = part.endsWith("\r") ? part.substring(0, part.length() - 1) : part;
      lines.addAll(LineBreaks.exactly("      | ", "      + ", PlainText.visible(line), columns));
    }
  }

  /** Something to be noticed. */
  void warn(String text) {
    lines.addAll(LineBreaks.ofWords("  ! ", CONTINUED, PlainText.oneLine(text), columns));
  }

  private static String padded(String name) {
    return name.length() >= NAME_WIDTH ? name : name + " ".repeat(NAME_WIDTH - name.length());
  }

  /** Everything so far. */
  List<String> lines() {
    return List.copyOf(lines);
  }
}
