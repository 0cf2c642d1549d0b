package io.hsmrest.client;

import java.util.regex.Pattern;

/** Other people's text, made fit for a terminal and a line of a log. */
public final class PlainText {
  private static final Pattern WHITE_SPACE = Pattern.compile("[\\s\\p{Zs}]+");
  // Escape sequences of terminals begin with control characters; format characters reorder text;
  // the letters among them are blanks in disguise.
  private static final Pattern INVISIBLE =
      Pattern.compile(
          "[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cn}\\p{Cs}\\x{2028}\\x{2029}\\x{34f}\\x{115f}\\x{1160}"
              + "\\x{17b4}\\x{17b5}\\x{180b}-\\x{180f}\\x{2800}\\x{3164}\\x{fe00}-\\x{fe0f}"
              + "\\x{ffa0}\\x{e0100}-\\x{e01ef}]");

  private PlainText() {}

  /** On one line, without characters that do something instead of showing something. */
  public static String oneLine(String text) {
    return INVISIBLE.matcher(WHITE_SPACE.matcher(text).replaceAll(" ")).replaceAll("?").strip();
  }

  /** Every blank of one line of text where it is; tabs as arrows, to be told from blanks. */
  public static String visible(String line) {
    return INVISIBLE.matcher(line.replace('\t', '\u2192')).replaceAll("?");
  }
}
