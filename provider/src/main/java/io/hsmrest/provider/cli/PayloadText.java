package io.hsmrest.provider.cli;

import io.hsmrest.client.model.Octets;
import io.hsmrest.client.rest.JsonMembers;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The bytes that an approval is over, in the form that says most. */
final class PayloadText {
  private static final int LONGEST_TEXT = 4096;
  private static final int MOST_LINES = 200;
  private static final int LONGEST_HEX = 64;
  private static final int SHORT = 60;

  private PayloadText() {}

  /**
   * Adds them to {@code facts}.
   *
   * @param isCertificate whether a certificate or certification request is to come out
   */
  static void add(Facts facts, Octets payload, boolean isCertificate) {
    if (payload.size() == 0) {
      return;
    }
    Optional<DerContent> der = DerContent.read(payload);
    Optional<Map<String, String>> members =
        isCertificate ? JsonMembers.read(payload) : Optional.empty();
    der.ifPresent(content -> CertificateText.add(facts, content));
    if (members.isPresent()) {
      CertificateRequestText.add(facts, members.get());
    } else if (der.isEmpty() || readable(payload) != null) {
      // In PEM there may be more than the certificate.
      addBytes(facts, "payload", payload, LONGEST_TEXT, MOST_LINES);
    } else {
      facts.add("SHA-256", sha256(payload));
    }
  }

  /** Text as text, anything else as numbers. */
  static void addBytes(Facts facts, String name, Octets payload, int longestText, int mostLines) {
    String text = readable(payload);
    byte[] bytes = payload.toByteArray();
    if (text != null) {
      String beginning = beginning(text, longestText, mostLines);
      facts.addText(
          name
              + (beginning.equals(text) ? ", a text of " : ", the beginning of a text of ")
              + bytes.length
              + " bytes",
          beginning);
      facts.add("SHA-256", sha256(payload));
    } else if (bytes.length <= LONGEST_HEX) {
      facts.add(name, bytes.length + " bytes: " + HexFormat.of().formatHex(bytes));
    } else {
      facts.add(
          name,
          bytes.length
              + " bytes, the first "
              + LONGEST_HEX
              + ": "
              + HexFormat.of().formatHex(bytes, 0, LONGEST_HEX));
      facts.add("SHA-256", sha256(payload));
    }
  }

  private static String beginning(String text, int longest, int mostLines) {
    int end = Math.min(text.length(), longest);
    int lines = 0;
    for (int at = text.indexOf('\n'); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) {
      if (++lines == mostLines) {
        end = at + 1;
      }
    }
    return text.substring(0, end);
  }

  /** Whether it is a text of which {@link #add} leaves something out. */
  static boolean isCut(Octets payload) {
    return isCut(payload, LONGEST_TEXT, MOST_LINES);
  }

  /** Whether it is a text of which {@link #addBytes} leaves something out. */
  static boolean isCut(Octets payload, int longestText, int mostLines) {
    String text = readable(payload);
    return text != null && !beginning(text, longestText, mostLines).equals(text);
  }

  /** The same in a few words; null for nothing. */
  static @Nullable String inShort(Octets payload, boolean isCertificate) {
    if (payload.size() == 0) {
      return null;
    }
    Optional<DerContent> der = DerContent.read(payload);
    if (der.isPresent()) {
      return CertificateText.inShort(der.get());
    }
    Optional<Map<String, String>> members =
        isCertificate ? JsonMembers.read(payload) : Optional.empty();
    if (members.isPresent()) {
      return CertificateRequestText.inShort(members.get());
    }
    String text = readable(payload);
    if (text != null) {
      return "a text of " + payload.size() + " bytes: " + shortened(text);
    }
    byte[] bytes = payload.toByteArray();
    return bytes.length
        + " bytes"
        + (bytes.length <= LONGEST_HEX
            ? ": " + HexFormat.of().formatHex(bytes)
            : ", SHA-256 " + sha256(payload));
  }

  /** The beginning of a text that has room on a line. */
  static String shortened(String text) {
    return text.length() <= SHORT ? text : text.substring(0, SHORT) + "...";
  }

  /** The text that it is, null when it is none that people could read. */
  static @Nullable String readable(Octets payload) {
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(payload.toByteArray()))
              .toString();
      return text.chars()
              .allMatch(c -> c >= ' ' && c != 0x7f || c == '\n' || c == '\r' || c == '\t')
          ? text
          : null;
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  static String sha256(Octets content) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(content.toByteArray()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no SHA-256 in this Java", e);
    }
  }
}
