package io.hsmrest.client.approver;

import io.hsmrest.client.model.Octets;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes the HSM's binary structures (contract 2.6.2). */
final class Structure {
  private final ByteArrayOutputStream elements = new ByteArrayOutputStream();

  Structure with(int type, byte[] content) {
    elements.writeBytes(
        ByteBuffer.allocate(4)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putShort((short) type)
            .putShort((short) content.length)
            .array());
    elements.writeBytes(content);
    elements.writeBytes(new byte[(4 - content.length % 4) % 4]);
    return this;
  }

  Structure with(int type, String text) {
    return with(type, text.getBytes(StandardCharsets.UTF_8));
  }

  Structure with(int type, int number) {
    return with(type, ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(number).array());
  }

  Structure with(int type, long number) {
    return with(
        type, ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(number).array());
  }

  Structure with(int type, Structure inner) {
    return with(type, inner.octets().toByteArray());
  }

  Octets octets() {
    byte[] content = elements.toByteArray();
    return Octets.of(
        ByteBuffer.allocate(4 + content.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(content.length)
            .put(content)
            .array());
  }
}
