package io.hsmrest.provider.cli;

import io.hsmrest.client.PlainText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Names and values under headings. Whatever is in them, they cannot steer a terminal. */
final class Facts {
  private static final int NAME_WIDTH = 14;

  private final List<String> lines = new ArrayList<>();

  /** What follows belongs together. */
  void heading(String heading) {
    lines.add("");
    lines.add("  " + PlainText.oneLine(heading));
  }

  /** One fact; none for null and for what is empty. */
  void add(String name, @Nullable String value) {
    if (value == null || value.isEmpty()) {
      return;
    }
    lines.add("    " + padded(PlainText.oneLine(name)) + " " + PlainText.oneLine(value));
  }

  /** A text of several lines, each of which begins with a bar. */
  void addText(String name, String text) {
    lines.add("    " + PlainText.oneLine(name));
    text.lines().forEach(line -> lines.add("      | " + PlainText.oneLine(line)));
  }

  /** Something to be noticed. */
  void warn(String text) {
    lines.add("  ! " + PlainText.oneLine(text));
  }

  private static String padded(String name) {
    return name.length() >= NAME_WIDTH ? name : name + " ".repeat(NAME_WIDTH - name.length());
  }

  /** Everything so far. */
  List<String> lines() {
    return List.copyOf(lines);
  }
}
