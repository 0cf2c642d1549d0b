package io.hsmrest.simulator.crypto;

import java.io.IOException;
import org.bouncycastle.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The message representation of FIPS 204 (section 5.4) and FIPS 205 (section 10.2): a domain byte,
 * the context behind its length, and the message or its hash behind the hash's OID.
 */
final class PreHash {
  private static final int LONGEST_CONTEXT = 255;

  private PreHash() {}

  static byte[] representation(byte[] message, @Nullable Hash hash, byte[] context)
      throws IOException {
    byte[] front =
        Arrays.concatenate(
            new byte[] {(byte) (hash == null ? 0 : 1), (byte) context.length}, context);
    return hash == null
        ? Arrays.concatenate(front, message)
        : Arrays.concatenate(front, hash.oid().getEncoded("DER"), hash.of(message));
  }

  static byte[] context(@Nullable Bytes context) {
    byte[] bytes = context == null ? new byte[0] : context.content();
    if (bytes.length > LONGEST_CONTEXT) {
      throw ServiceRefusal.inHsm("Error creating signature. The context is too long.");
    }
    return bytes;
  }
}
