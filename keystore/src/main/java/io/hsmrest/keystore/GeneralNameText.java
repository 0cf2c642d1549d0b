package io.hsmrest.keystore;

import io.hsmrest.client.model.SubjectAlternativeName;
import io.hsmrest.keystore.der.DerElement;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/** Alternative names as text, so that those asked for can be compared with those received. */
final class GeneralNameText {
  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

  private GeneralNameText() {}

  /** A GeneralName (RFC 5280 4.2.1.6). */
  static String of(DerElement name) {
    return switch (name.tag()) {
      case 0x81 -> "EMAIL:" + ascii(name);
      case 0x82 -> "DNS:" + ascii(name).toLowerCase(Locale.ROOT);
      case 0x86 -> "URI:" + ascii(name);
      case 0x87 -> "IP:" + address(name.content());
      // What the service makes of the text of another name is not known.
      case 0xa0 -> "OTHERNAME";
      default -> "tag %02x:".formatted(name.tag()) + HexFormat.of().formatHex(name.content());
    };
  }

  static String of(SubjectAlternativeName name) {
    return switch (name.type()) {
      case DNS -> "DNS:" + name.value().toLowerCase(Locale.ROOT);
      case IP -> "IP:" + address(name.value());
      case OTHERNAME -> "OTHERNAME";
      case URI, EMAIL -> name.toString();
    };
  }

  private static String ascii(DerElement name) {
    return new String(name.content(), StandardCharsets.US_ASCII);
  }

  private static String address(byte[] octets) {
    try {
      return InetAddress.getByAddress(octets).getHostAddress();
    } catch (UnknownHostException e) {
      return HexFormat.of().formatHex(octets);
    }
  }

  /** The JDK's way of writing an address; a name is left as it is and never looked up. */
  private static String address(String text) {
    if (!ADDRESS.matcher(text).matches()) {
      return text;
    }
    try {
      return InetAddress.getByName(text).getHostAddress();
    } catch (UnknownHostException e) {
      return text;
    }
  }
}
