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
  private static final int LONGEST_HEX = 64;

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
    if (der.isPresent()) {
      CertificateText.add(facts, der.get());
      facts.add("SHA-256", sha256(payload));
    } else if (members.isPresent()) {
      CertificateRequestText.add(facts, members.get());
    } else {
      bytes(facts, payload);
    }
  }

  private static void bytes(Facts facts, Octets payload) {
    String text = readable(payload);
    byte[] bytes = payload.toByteArray();
    if (text != null && text.length() <= LONGEST_TEXT) {
      facts.addText("payload, a text of " + bytes.length + " bytes", text);
      facts.add("SHA-256", sha256(payload));
    } else if (text != null) {
      facts.addText(
          "payload, the beginning of a text of " + bytes.length + " bytes",
          text.substring(0, LONGEST_TEXT));
      facts.add("SHA-256", sha256(payload));
    } else if (bytes.length <= LONGEST_HEX) {
      facts.add("payload", bytes.length + " bytes: " + HexFormat.of().formatHex(bytes));
    } else {
      facts.add(
          "payload",
          bytes.length
              + " bytes, the first "
              + LONGEST_HEX
              + ": "
              + HexFormat.of().formatHex(bytes, 0, LONGEST_HEX));
      facts.add("SHA-256", sha256(payload));
    }
  }

  /** The text that it is, null when it is none that people could read. */
  private static @Nullable String readable(Octets payload) {
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
