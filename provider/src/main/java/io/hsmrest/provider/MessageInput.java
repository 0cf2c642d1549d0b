package io.hsmrest.provider;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.SignatureException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What has been handed in to be signed: hashed as it comes, kept in memory up to the service's
 * limit, or both. Memory is bounded whatever is handed in. Used by one thread.
 */
final class MessageInput {
  /** The HSM takes requests of 64 KB (contract 3.5). */
  static final int LIMIT = 64 * 1024;

  private final @Nullable MessageDigest digest;
  private final boolean kept;
  private final ByteArrayOutputStream head = new ByteArrayOutputStream();
  private long length;

  private MessageInput(@Nullable MessageDigest digest, boolean kept) {
    this.digest = digest;
    this.kept = kept;
  }

  /** Hashes, and keeps the beginning where {@code kept} says so. */
  static MessageInput hashed(Hash hash, boolean kept) {
    return new MessageInput(JdkEngines.digest(hash), kept);
  }

  /** Keeps the beginning alone. */
  static MessageInput whole() {
    return new MessageInput(null, true);
  }

  void update(byte[] bytes, int offset, int count) {
    length += count;
    if (digest != null) {
      digest.update(bytes, offset, count);
    }
    if (kept && length <= LIMIT) {
      head.write(bytes, offset, count);
    } else if (kept) {
      head.reset();
    }
  }

  /** The digest; what follows belongs to the next one. */
  byte[] digest() {
    if (digest == null) {
      throw new IllegalStateException("nothing was hashed");
    }
    return digest.digest();
  }

  /** Everything that was handed in, empty when it was too much to keep or was not kept. */
  Optional<byte[]> message() {
    return kept && length <= LIMIT ? Optional.of(head.toByteArray()) : Optional.empty();
  }

  /** Everything that was handed in, or the reason why it cannot be signed. */
  byte[] messageOr(String reason) throws SignatureException {
    return message()
        .orElseThrow(
            () ->
                new SignatureException(
                    "the message has "
                        + length
                        + " bytes and the service takes "
                        + LIMIT
                        + " at most: "
                        + reason));
  }
}
