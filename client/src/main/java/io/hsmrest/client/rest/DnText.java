package io.hsmrest.client.rest;

/**
 * Values on their way into a distinguished name. The service joins them into the name's text
 * without escaping (contract 2.3.1), so a comma would end a value and begin an attribute that
 * nobody asked for; the escapes of RFC 4514 2.4 make it part of the value.
 */
final class DnText {
  private static final String SPECIAL = ",+\"\\<>;=";

  private DnText() {}

  static String escape(String value) {
    StringBuilder text = new StringBuilder();
    int last = value.length() - 1;
    for (int i = 0; i <= last; i++) {
      char c = value.charAt(i);
      boolean atAnEnd = c == ' ' && (i == 0 || i == last) || c == '#' && i == 0;
      if (atAnEnd || SPECIAL.indexOf(c) >= 0) {
        text.append('\\');
      }
      text.append(c);
    }
    return text.toString();
  }
}
