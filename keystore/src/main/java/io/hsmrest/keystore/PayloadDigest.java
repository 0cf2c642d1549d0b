package io.hsmrest.keystore;

import io.hsmrest.client.model.SignRequest;
import java.util.HexFormat;

/** What an approver compares with what the asker says: the digest of what is to be signed. */
final class PayloadDigest {
  private PayloadDigest() {}

  /** The digest that was handed in, or SHA-256 of the message. */
  static String describe(SignRequest request) {
    String algorithm = request.signatureAlgorithm();
    byte[] payload = request.payload().toByteArray();
    if (algorithm.startsWith("NONE")) {
      return HexFormat.of().formatHex(payload);
    }
    return "SHA-256 of the message: " + JdkCrypto.sha256Hex(payload);
  }
}
