package io.hsmrest.client.rest;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Labels and ids as one segment of a path (RFC 3986 3.3). */
final class PathSegment {
  private PathSegment() {}

  /** Everything but letters, digits and a few marks percent-encoded, in UTF-8. */
  static String of(String text) {
    // In a path a blank is %20; the form encoding's plus sign would be taken as it stands.
    String encoded = URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    // Alone they would mean this level and the one above.
    return encoded.equals(".") || encoded.equals("..") ? encoded.replace(".", "%2E") : encoded;
  }
}
