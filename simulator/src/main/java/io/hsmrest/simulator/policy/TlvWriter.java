package io.hsmrest.simulator.policy;

import io.hsmrest.simulator.crypto.Bytes;
import io.hsmrest.simulator.crypto.ServiceRefusal;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Writes a structure of contract 2.6.2: little endian, a 32-bit length, then elements of a 16-bit
 * type, a 16-bit length and the data, filled up with zeros to a multiple of four.
 */
final class TlvWriter {
  private static final int LONGEST = 0xFFFF;

  private final ByteArrayOutputStream elements = new ByteArrayOutputStream();

  TlvWriter bytes(int type, byte[] data) {
    if (data.length > LONGEST) {
      throw ServiceRefusal.inHsm("The request is larger than 64 KB.");
    }
    int padded = (data.length + 3) / 4 * 4;
    ByteBuffer element = ByteBuffer.allocate(4 + padded).order(ByteOrder.LITTLE_ENDIAN);
    element.putShort((short) type).putShort((short) data.length).put(data);
    elements.writeBytes(element.array());
    return this;
  }

  TlvWriter bytes(int type, Bytes data) {
    return bytes(type, data.toArray());
  }

  TlvWriter text(int type, String text) {
    return bytes(type, text.getBytes(StandardCharsets.UTF_8));
  }

  /** A 32-bit number. */
  TlvWriter number(int type, int value) {
    return bytes(type, ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
  }

  /** A 64-bit number. */
  TlvWriter longNumber(int type, long value) {
    return bytes(
        type, ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array());
  }

  /** The structure so far. */
  byte[] structure() {
    return ByteBuffer.allocate(4 + elements.size())
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(elements.size())
        .put(elements.toByteArray())
        .array();
  }
}
