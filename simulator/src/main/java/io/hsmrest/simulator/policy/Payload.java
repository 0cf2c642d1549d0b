package io.hsmrest.simulator.policy;

import io.hsmrest.simulator.crypto.Bytes;

/**
 * What a request is about, as it stands in the timestamp and in the approval (contract 2.6.2).
 *
 * @param modification true for 0x1058, a serialized policy; false for 0x1057
 * @param content the bytes: those to be signed, decrypted or unwrapped, a certificate request's
 *     content, the serialized policy; empty for block and unblock
 */
public record Payload(boolean modification, Bytes content) {

  /** Payload of a use; also of block and unblock, whose content is empty. */
  public static Payload use(Bytes content) {
    return new Payload(false, content);
  }

  /** Payload of a modification: the new rules. */
  public static Payload modify(Policy policy) {
    return new Payload(true, PolicyEncoding.encode(policy));
  }

  void write(TlvWriter out) {
    out.bytes(modification ? TlvType.MODIFY_PAYLOAD : TlvType.USE_PAYLOAD, content);
  }

  static Payload read(TlvReader in) {
    return in.nextType() == TlvType.MODIFY_PAYLOAD
        ? new Payload(true, in.bytes(TlvType.MODIFY_PAYLOAD))
        : new Payload(false, in.bytes(TlvType.USE_PAYLOAD));
  }
}
