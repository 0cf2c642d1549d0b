package io.hsmrest.keystore.aia;

import io.hsmrest.client.model.Octets;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An answer to an HTTP/1.1 GET (RFC 9112), with as much of it as the limits allow.
 *
 * @param status the status code
 * @param location where to look instead, null without one
 * @param body empty unless the status is 200
 */
record HttpAnswer(int status, @Nullable String location, Octets body) {
  private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] ([0-9]{3})( .*)?");
  private static final int MOST_HEADER_BYTES = 16 << 10;
  private static final int OK = 200;

  static HttpAnswer read(InputStream in, int mostBytes) throws IOException {
    int[] left = {MOST_HEADER_BYTES};
    Matcher statusLine = STATUS_LINE.matcher(line(in, left));
    if (!statusLine.matches()) {
      throw new DownloadException("the answer is not HTTP");
    }
    int status = Integer.parseInt(statusLine.group(1));
    Map<String, String> fields = new HashMap<>();
    for (String line = line(in, left); !line.isEmpty(); line = line(in, left)) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        fields.putIfAbsent(
            line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
      }
    }
    return new HttpAnswer(
        status,
        fields.get("location"),
        status == OK ? body(in, fields, mostBytes) : Octets.of(new byte[0]));
  }

  private static Octets body(InputStream in, Map<String, String> fields, int mostBytes)
      throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    if ("chunked".equalsIgnoreCase(fields.get("transfer-encoding"))) {
      int[] left = {MOST_HEADER_BYTES};
      for (int size = chunkSize(in, left); size > 0; size = chunkSize(in, left)) {
        copy(in, size, body, mostBytes);
        line(in, left);
      }
    } else if (fields.containsKey("content-length")) {
      copy(in, number(fields.getOrDefault("content-length", ""), 10), body, mostBytes);
    } else {
      copyToEnd(in, body, mostBytes);
    }
    return Octets.of(body.toByteArray());
  }

  private static int chunkSize(InputStream in, int[] left) throws IOException {
    String line = line(in, left);
    int extension = line.indexOf(';');
    return number((extension < 0 ? line : line.substring(0, extension)).strip(), 16);
  }

  private static int number(String text, int radix) throws DownloadException {
    try {
      return Integer.parseUnsignedInt(text, radix) & Integer.MAX_VALUE;
    } catch (NumberFormatException e) {
      throw new DownloadException("the answer is not HTTP: a length that is none");
    }
  }

  private static void copy(InputStream in, int size, ByteArrayOutputStream to, int most)
      throws IOException {
    if (size > most - to.size()) {
      throw tooLarge(most);
    }
    byte[] part = in.readNBytes(size);
    if (part.length < size) {
      throw new EOFException("the answer ends before its end");
    }
    to.writeBytes(part);
  }

  private static void copyToEnd(InputStream in, ByteArrayOutputStream to, int most)
      throws IOException {
    byte[] all = in.readNBytes(most + 1);
    if (all.length > most) {
      throw tooLarge(most);
    }
    to.writeBytes(all);
  }

  private static DownloadException tooLarge(int most) {
    return new DownloadException("the answer is larger than " + most + " bytes");
  }

  /** One line without its end; {@code left} is what all lines together may still take. */
  private static String line(InputStream in, int[] left) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int octet = in.read(); octet != '\n'; octet = in.read()) {
      if (octet < 0) {
        throw new EOFException("the answer ends within its header");
      }
      if (--left[0] < 0) {
        throw new DownloadException("the answer's header is too large");
      }
      if (octet != '\r') {
        line.write(octet);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }
}
