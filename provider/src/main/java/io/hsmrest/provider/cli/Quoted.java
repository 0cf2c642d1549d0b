package io.hsmrest.provider.cli;

import io.hsmrest.client.PlainText;
import java.util.regex.Pattern;

/** Somebody else's words within a sentence, whose end can be seen. */
final class Quoted {
  private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}._@*-]+");

  private static final Pattern IN_LIST = Pattern.compile("[^,;=\"\\\\]+");

  private Quoted() {}

  /** The text itself if it is one word, else between quotation marks that it cannot close. */
  static String unlessPlain(String text) {
    return PLAIN.matcher(text).matches() ? text : always(text);
  }

  /** The text itself unless it has a character that would end it or begin another value. */
  static String inList(String text) {
    return IN_LIST.matcher(text).matches() ? text : always(text);
  }

  /** Between quotation marks that it cannot close. */
  static String always(String text) {
    return '"' + PlainText.oneLine(text).replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
