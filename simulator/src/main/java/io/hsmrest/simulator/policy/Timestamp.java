package io.hsmrest.simulator.policy;

import io.hsmrest.simulator.crypto.Bytes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The HSM's time stamp over a request (contract 2.6.2, 0x1054): the bytes that the timestamp key
 * signs, and that approvers see as {@code timestamp} at level 4.
 *
 * @param payload payload of the request
 * @param time whole seconds
 * @param keyLabel label of the timestamp key
 */
public record Timestamp(Payload payload, Instant time, String keyLabel) {

  /** The time is cut to whole seconds. */
  public Timestamp {
    time = time.truncatedTo(ChronoUnit.SECONDS);
  }

  /** The structure with its length in front. */
  public Bytes toBytes() {
    TlvWriter out = new TlvWriter();
    payload.write(out);
    out.longNumber(TlvType.TIME, time.getEpochSecond()).text(TlvType.LABEL, keyLabel);
    return Bytes.of(out.structure());
  }

  /**
   * Reads what {@link #toBytes} wrote.
   *
   * @throws IllegalArgumentException when it is malformed
   */
  public static Timestamp parse(Bytes encoded) {
    TlvReader in = new TlvReader(encoded);
    Payload payload = Payload.read(in);
    long seconds = in.longNumber(TlvType.TIME);
    if (seconds < 0 || seconds > Instant.MAX.getEpochSecond()) {
      throw new IllegalArgumentException("malformed structure: no time");
    }
    String label = in.text(TlvType.LABEL);
    in.end();
    return new Timestamp(payload, Instant.ofEpochSecond(seconds), label);
  }
}
