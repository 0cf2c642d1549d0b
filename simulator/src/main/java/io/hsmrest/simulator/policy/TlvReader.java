package io.hsmrest.simulator.policy;

import io.hsmrest.simulator.crypto.Bytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads what {@link TlvWriter} wrote, element by element. Everything that the writer would not have
 * written is an {@link IllegalArgumentException}: other lengths, other padding, bytes at the end.
 */
final class TlvReader {
  private final ByteBuffer rest;

  TlvReader(Bytes structure) {
    rest = ByteBuffer.wrap(structure.toArray()).order(ByteOrder.LITTLE_ENDIAN);
    if (rest.remaining() < 4 || rest.getInt() != rest.remaining()) {
      throw malformed("its length is wrong");
    }
  }

  /** The type of the next element; -1 at the end. */
  int nextType() {
    if (!rest.hasRemaining()) {
      return -1;
    }
    if (rest.remaining() < 4) {
      throw malformed("an element is cut off");
    }
    return Short.toUnsignedInt(rest.getShort(rest.position()));
  }

  Bytes bytes(int type) {
    if (nextType() != type) {
      throw malformed("an element of type 0x" + Integer.toHexString(type) + " is missing");
    }
    rest.getShort();
    int length = Short.toUnsignedInt(rest.getShort());
    int padding = (4 - length % 4) % 4;
    if (length + padding > rest.remaining()) {
      throw malformed("an element is cut off");
    }
    byte[] data = new byte[length];
    rest.get(data);
    for (int i = 0; i < padding; i++) {
      if (rest.get() != 0) {
        throw malformed("the padding is not zero");
      }
    }
    return Bytes.of(data);
  }

  String text(int type) {
    try {
      CharBuffer text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes(type).toArray()));
      return text.toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("malformed structure: a text is not UTF-8", e);
    }
  }

  int number(int type) {
    return fixed(type, 4).getInt();
  }

  long longNumber(int type) {
    return fixed(type, 8).getLong();
  }

  private ByteBuffer fixed(int type, int length) {
    Bytes data = bytes(type);
    if (data.size() != length) {
      throw malformed("a number has " + data.size() + " bytes");
    }
    return ByteBuffer.wrap(data.toArray()).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Checks that nothing follows. */
  void end() {
    if (rest.hasRemaining()) {
      throw malformed("there is more than expected");
    }
  }

  private static IllegalArgumentException malformed(String why) {
    return new IllegalArgumentException("malformed structure: " + why);
  }
}
