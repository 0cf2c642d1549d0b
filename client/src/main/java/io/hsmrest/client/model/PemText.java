package io.hsmrest.client.model;

import java.util.Base64;
import java.util.regex.Pattern;

/** PEM as the service writes and reads it, in all the forms it has been seen in (contract 1.4). */
public final class PemText {
  private static final Pattern ARMOUR = Pattern.compile("-----(BEGIN|END) [A-Z0-9 ]+-----");
  private static final Pattern WHITE_SPACE = Pattern.compile("\\s+");

  private PemText() {}

  /**
   * Decodes one object, with or without armour, on one line or many.
   *
   * @throws IllegalArgumentException when what lies between the armour is not base64 or empty
   */
  public static Octets decode(String text) {
    String body = WHITE_SPACE.matcher(ARMOUR.matcher(text).replaceAll("")).replaceAll("");
    if (body.isEmpty()) {
      throw new IllegalArgumentException("no PEM content");
    }
    return Octets.ofBase64(body);
  }

  /** Encodes with the given label, such as {@code NEW CERTIFICATE REQUEST}, in 64 columns. */
  public static String encode(String label, Octets der) {
    Base64.Encoder encoder = Base64.getMimeEncoder(64, new byte[] {'\n'});
    return "-----BEGIN "
        + label
        + "-----\n"
        + encoder.encodeToString(der.toByteArray())
        + "\n-----END "
        + label
        + "-----\n";
  }
}
