package io.hsmrest.simulator.policy;

import io.hsmrest.simulator.crypto.Bytes;

/**
 * What an approver signs (contract 2.6.2).
 *
 * @param operation operation
 * @param keyLabel label of the key, with the derivation path if any
 * @param timestamp encoded {@link Timestamp}
 * @param timestampSignature DER SEQUENCE of AlgorithmIdentifier and BIT STRING
 * @param payload payload
 */
public record ApprovalToBeSigned(
    Operation operation,
    String keyLabel,
    Bytes timestamp,
    Bytes timestampSignature,
    Payload payload) {

  /**
   * The bytes to be signed.
   *
   * @throws io.hsmrest.simulator.crypto.ServiceRefusal 701 when the payload is too large for the
   *     HSM
   */
  public Bytes toBytes() {
    TlvWriter out =
        new TlvWriter()
            .number(TlvType.OPERATION, operation.code())
            .text(TlvType.LABEL, keyLabel)
            .bytes(TlvType.TIMESTAMP, timestamp)
            .bytes(TlvType.TIMESTAMP_SIGNATURE, timestampSignature);
    payload.write(out);
    return Bytes.of(out.structure());
  }

  /**
   * Reads what {@link #toBytes} wrote.
   *
   * @throws IllegalArgumentException when it is malformed
   */
  public static ApprovalToBeSigned parse(Bytes encoded) {
    TlvReader in = new TlvReader(encoded);
    ApprovalToBeSigned parsed =
        new ApprovalToBeSigned(
            Operation.ofCode(in.number(TlvType.OPERATION)),
            in.text(TlvType.LABEL),
            in.bytes(TlvType.TIMESTAMP),
            in.bytes(TlvType.TIMESTAMP_SIGNATURE),
            Payload.read(in));
    in.end();
    return parsed;
  }
}
