package io.hsmrest.client.approver;

import io.hsmrest.client.HsmProtocolException;
import io.hsmrest.client.model.Octets;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * An element of the HSM's binary structures (contract 2.6.2), little endian throughout: a type and
 * a length of two bytes each, then the content, padded with zeros to a multiple of four.
 *
 * @param type its number
 * @param content without padding
 */
record Tlv(int type, Octets content) {
  static final int APPROVAL_COUNT = 0x0003;
  static final int OPERATION = 0x003B;
  static final int MINUTES = 0x0055;
  static final int TOKEN_COUNT = 0x0059;
  static final int GROUP_COUNT = 0x005A;
  static final int QUORUM = 0x005B;
  static final int TIME = 0x0107;
  static final int LABEL = 0x1002;
  static final int RULE_USE = 0x104E;
  static final int RULE_BLOCK = 0x104F;
  static final int RULE_UNBLOCK = 0x1050;
  static final int RULE_MODIFY = 0x1051;
  static final int APPROVER_KEY = 0x1052;
  static final int TIMESTAMP = 0x1054;
  static final int TIMESTAMP_SIGNATURE = 0x1056;
  static final int USE_PAYLOAD = 0x1057;
  static final int MODIFY_PAYLOAD = 0x1058;

  /**
   * The elements of a structure, which begins with its length in four bytes.
   *
   * @throws HsmProtocolException when it is anything else
   */
  static List<Tlv> elements(Octets structure) throws HsmProtocolException {
    ByteBuffer rest = ByteBuffer.wrap(structure.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
    if (rest.remaining() < 4 || rest.getInt() != rest.remaining()) {
      throw malformed("its length is wrong");
    }
    List<Tlv> elements = new ArrayList<>();
    while (rest.hasRemaining()) {
      if (rest.remaining() < 4) {
        throw malformed("it ends within an element");
      }
      int type = Short.toUnsignedInt(rest.getShort());
      int length = Short.toUnsignedInt(rest.getShort());
      int padding = (4 - length % 4) % 4;
      if (length + padding > rest.remaining()) {
        throw malformed("element " + name(type) + " is longer than what is there");
      }
      byte[] content = new byte[length];
      rest.get(content);
      for (int i = 0; i < padding; i++) {
        if (rest.get() != 0) {
          throw malformed("something is hidden in the padding of element " + name(type));
        }
      }
      elements.add(new Tlv(type, Octets.of(content)));
    }
    return elements;
  }

  String text() throws HsmProtocolException {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(content.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw malformed("the text of element " + name(type) + " is not UTF-8");
    }
  }

  /** A number of four or eight bytes. */
  long number() throws HsmProtocolException {
    ByteBuffer bytes = ByteBuffer.wrap(content.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
    return switch (content.size()) {
      case Integer.BYTES -> Integer.toUnsignedLong(bytes.getInt());
      case Long.BYTES -> bytes.getLong();
      default ->
          throw malformed(
              "the number in element " + name(type) + " has " + content.size() + " bytes");
    };
  }

  static String name(int type) {
    return "0x%04X".formatted(type);
  }

  static HsmProtocolException malformed(String why) {
    return new HsmProtocolException("what is to be signed cannot be read: " + why, null);
  }
}
