package io.hsmrest.client;

import java.util.regex.Pattern;

/** Other people's text, made fit for a terminal and a line of a log. */
public final class PlainText {
  private static final Pattern WHITE_SPACE = Pattern.compile("\\s+");
  // Escape sequences of terminals begin with control characters; format characters reorder text.
  private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}\u2028\u2029]");

  private PlainText() {}

  /** On one line, without characters that do something instead of showing something. */
  public static String oneLine(String text) {
    return INVISIBLE.matcher(WHITE_SPACE.matcher(text).replaceAll(" ")).replaceAll("?").strip();
  }
}
