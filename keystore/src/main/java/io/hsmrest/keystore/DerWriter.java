package io.hsmrest.keystore;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;

/** Writes the few DER elements (X.690) that a placeholder certificate is made of. */
final class DerWriter {
  private static final int SHORT_LENGTHS = 0x80;

  private DerWriter() {}

  static byte[] sequence(byte[]... parts) {
    return element(0x30, parts);
  }

  static byte[] set(byte[]... parts) {
    return element(0x31, parts);
  }

  static byte[] integer(BigInteger value) {
    return element(0x02, value.toByteArray());
  }

  /** A bit string of whole octets. */
  static byte[] bitString(byte[] octets) {
    return element(0x03, new byte[1], octets);
  }

  /** One element: tag, length, and the parts one after the other. */
  static byte[] element(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    writeLength(out, content.size());
    out.writeBytes(content.toByteArray());
    return out.toByteArray();
  }

  private static void writeLength(ByteArrayOutputStream out, int length) {
    if (length < SHORT_LENGTHS) {
      out.write(length);
      return;
    }
    int octets = (Integer.SIZE - Integer.numberOfLeadingZeros(length) + 7) / Byte.SIZE;
    out.write(SHORT_LENGTHS | octets);
    for (int i = octets - 1; i >= 0; i--) {
      out.write(length >>> (Byte.SIZE * i));
    }
  }
}
