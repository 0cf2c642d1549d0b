package io.hsmrest.simulator.operation;

import io.hsmrest.simulator.crypto.Bytes;
import io.hsmrest.simulator.crypto.Reason;
import io.hsmrest.simulator.crypto.ServiceRefusal;
import java.util.HexFormat;

/** Payloads of type HEX (contract 3.6). */
final class HexText {
  private HexText() {}

  /**
   * Decodes hexadecimal digits of either case.
   *
   * @throws ServiceRefusal 635
   */
  static Bytes decode(String text) {
    if (text.length() % 2 != 0) {
      throw new ServiceRefusal(
          Reason.ENCODING_EXCEPTION,
          "Invalid hex payload: length must be even (got " + text.length() + " characters)");
    }
    try {
      return Bytes.of(HexFormat.of().parseHex(text));
    } catch (IllegalArgumentException e) {
      throw new ServiceRefusal(
          Reason.ENCODING_EXCEPTION, "Invalid hex payload: only 0-9, a-f and A-F are allowed");
    }
  }
}
