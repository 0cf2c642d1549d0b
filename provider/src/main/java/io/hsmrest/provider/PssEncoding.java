package io.hsmrest.provider;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.OptionalInt;

/**
 * Takes an RSASSA-PSS signature apart (RFC 8017 9.1.2). The JDK verifies no digest that was made
 * elsewhere, and tells nothing of the salt; the service's salt is not documented (contract U5).
 */
final class PssEncoding {
  private static final byte TRAILER = (byte) 0xBC;
  private static final byte[] EIGHT_ZEROS = new byte[8];

  private PssEncoding() {}

  /**
   * The length of the salt in bytes; empty when this is no signature of the key over the digest
   * with {@code hash} in both places.
   */
  static OptionalInt saltLength(RSAPublicKey key, Hash hash, byte[] digest, byte[] signature) {
    BigInteger n = key.getModulus();
    BigInteger s = new BigInteger(1, signature);
    if (signature.length != (n.bitLength() + 7) / 8 || s.compareTo(n) >= 0) {
      return OptionalInt.empty();
    }
    int bits = n.bitLength() - 1;
    BigInteger m = s.modPow(key.getPublicExponent(), n);
    return m.bitLength() > bits
        ? OptionalInt.empty()
        : saltLength(fixed(m, (bits + 7) / 8), bits, hash, digest);
  }

  private static OptionalInt saltLength(byte[] encoded, int bits, Hash hash, byte[] digest) {
    int dbLength = encoded.length - hash.length() - 1;
    if (dbLength < 1 || encoded[encoded.length - 1] != TRAILER) {
      return OptionalInt.empty();
    }
    MessageDigest engine = JdkEngines.digest(hash);
    byte[] h = Arrays.copyOfRange(encoded, dbLength, dbLength + hash.length());
    byte[] db = mask(engine, h, dbLength);
    for (int i = 0; i < dbLength; i++) {
      db[i] ^= encoded[i];
    }
    db[0] &= (byte) (0xFF >> (8 * encoded.length - bits));
    int separator = 0;
    while (separator < dbLength && db[separator] == 0) {
      separator++;
    }
    if (separator == dbLength || db[separator] != 1) {
      return OptionalInt.empty();
    }
    int salt = dbLength - separator - 1;
    engine.update(EIGHT_ZEROS);
    engine.update(digest);
    engine.update(db, separator + 1, salt);
    return MessageDigest.isEqual(h, engine.digest()) ? OptionalInt.of(salt) : OptionalInt.empty();
  }

  /** MGF1 (RFC 8017 B.2.1). */
  private static byte[] mask(MessageDigest engine, byte[] seed, int length) {
    byte[] mask = new byte[length];
    int done = 0;
    for (int counter = 0; done < length; counter++) {
      engine.update(seed);
      byte[] block =
          engine.digest(
              new byte[] {
                (byte) (counter >> 24),
                (byte) (counter >> 16),
                (byte) (counter >> 8),
                (byte) counter
              });
      int count = Math.min(block.length, length - done);
      System.arraycopy(block, 0, mask, done, count);
      done += count;
    }
    return mask;
  }

  private static byte[] fixed(BigInteger value, int length) {
    byte[] bytes = value.toByteArray();
    byte[] fixed = new byte[length];
    int count = Math.min(bytes.length, length);
    System.arraycopy(bytes, bytes.length - count, fixed, length - count, count);
    return fixed;
  }
}
