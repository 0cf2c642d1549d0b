package io.hsmrest.provider;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What has been handed in to be signed: hashed as it comes, kept in memory up to a limit, or both.
 * Memory is bounded whatever is handed in. Used by one thread.
 */
final class MessageInput {
  /** The HSM takes requests of 64 KB (contract 3.5). */
  static final int LIMIT = 64 * 1024;

  /** The longest digest there is, and what the JDK's own {@code NONEwithECDSA} takes. */
  static final int LONGEST_DIGEST = 64;

  private final @Nullable MessageDigest digest;
  private final int limit;
  private final ByteArrayOutputStream head = new ByteArrayOutputStream(LONGEST_DIGEST);
  private long length;

  private MessageInput(@Nullable MessageDigest digest, int limit) {
    this.digest = digest;
    this.limit = limit;
  }

  /** Hashes, and keeps a message that is not longer than {@code limit} bytes. */
  static MessageInput hashed(Hash hash, int limit) {
    return new MessageInput(JdkEngines.digest(hash), limit);
  }

  /** Keeps a message that is not longer than {@code limit} bytes. */
  static MessageInput whole(int limit) {
    return new MessageInput(null, limit);
  }

  void update(byte[] bytes, int offset, int count) {
    length += count;
    if (digest != null) {
      digest.update(bytes, offset, count);
    }
    if (length <= limit) {
      head.write(bytes, offset, count);
    } else {
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

  /** Everything that was handed in, empty when it was too much to keep. */
  Optional<byte[]> message() {
    return length <= limit ? Optional.of(head.toByteArray()) : Optional.empty();
  }

  /** How many bytes were handed in. */
  long length() {
    return length;
  }
}
