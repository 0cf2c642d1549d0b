package io.hsmrest.provider.cli;

import io.hsmrest.keystore.der.DerElement;
import io.hsmrest.keystore.der.DerException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.security.auth.x500.X500Principal;

/** An alternative name (RFC 5280 4.2.1.6) in words. */
final class GeneralName {
  private GeneralName() {}

  /** Its type, a colon and its value, whose end can be seen. */
  static String text(DerElement name) throws DerException {
    return switch (name.tag()) {
      case 0x81 -> "e-mail:" + ascii(name);
      case 0x82 -> "DNS:" + ascii(name);
      case 0x86 -> "URI:" + ascii(name);
      case 0x87 -> "IP:" + address(name.content());
      case 0x88 -> "id:" + oid(name);
      case 0xa0 -> "other:" + DerContentReader.first(name).oid() + ", " + size(name);
      case 0xa3 -> "X.400:" + size(name);
      case 0xa4 -> "directory:" + directory(name.children());
      case 0xa5 -> "EDI:" + size(name);
      default -> throw new DerException("no name of a kind that is known");
    };
  }

  private static String size(DerElement name) {
    return name.content().length + " bytes";
  }

  private static String ascii(DerElement name) throws DerException {
    for (byte c : name.content()) {
      if (c <= ' ' || c == 0x7f) {
        throw new DerException("no name in ASCII");
      }
    }
    return Quoted.inList(new String(name.content(), StandardCharsets.US_ASCII));
  }

  private static String address(byte[] octets) throws DerException {
    try {
      return InetAddress.getByAddress(octets).getHostAddress();
    } catch (UnknownHostException e) {
      throw new DerException("no address");
    }
  }

  /** An object identifier whose tag says that it is a name. */
  private static String oid(DerElement name) throws DerException {
    byte[] der = name.encoded();
    der[0] = DerElement.OBJECT_IDENTIFIER;
    return DerElement.parse(der).oid();
  }

  private static String directory(List<DerElement> name) throws DerException {
    if (name.size() != 1) {
      throw new DerException("no directory name");
    }
    return Quoted.always(new X500Principal(name.get(0).encoded()).getName());
  }
}
