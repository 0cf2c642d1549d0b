package io.hsmrest.simulator.json;

import io.hsmrest.simulator.crypto.Bytes;
import java.util.Optional;

/** Base64 as the service's validator takes it (contract 1.4). */
public final class Base64Text {
  private Base64Text() {}

  /**
   * Decodes standard base64 with padding on one line; empty if it is anything else. The header and
   * footer of PEM are passed over, line breaks are not.
   */
  public static Optional<Bytes> decode(String text) {
    String bare = text.startsWith("-----") ? withoutArmour(text) : text;
    // The decoder of the JDK does without padding; the service's pattern does not.
    if (bare.length() % 4 != 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(Bytes.ofBase64(bare));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String withoutArmour(String text) {
    String bare = text;
    for (String kind : new String[] {"PRIVATE KEY", "PUBLIC KEY", "CERTIFICATE"}) {
      bare =
          bare.replace("-----BEGIN " + kind + "-----", "")
              .replace("-----END " + kind + "-----", "");
    }
    return bare;
  }
}
