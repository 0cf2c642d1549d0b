package io.hsmrest.simulator.crypto;

import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.KeccakDigest;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.crypto.digests.SHA224Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.digests.SHA3Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.digests.SHAKEDigest;
import org.jspecify.annotations.Nullable;

/** The hashes of the service's signature and cipher algorithms. */
enum Hash {
  SHA1(20, "1.3.14.3.2.26"),
  SHA224(28, "2.16.840.1.101.3.4.2.4"),
  SHA256(32, "2.16.840.1.101.3.4.2.1"),
  SHA384(48, "2.16.840.1.101.3.4.2.2"),
  SHA512(64, "2.16.840.1.101.3.4.2.3"),
  SHA3_224(28, "2.16.840.1.101.3.4.2.7"),
  SHA3_256(32, "2.16.840.1.101.3.4.2.8"),
  SHA3_384(48, "2.16.840.1.101.3.4.2.9"),
  SHA3_512(64, "2.16.840.1.101.3.4.2.10"),
  KECCAK224(28, null),
  KECCAK256(32, null),
  KECCAK384(48, null),
  KECCAK512(64, null),
  /** With 256 bits of output, as FIPS 204 and 205 use it for pre-hashing. */
  SHAKE_128(32, "2.16.840.1.101.3.4.2.11"),
  /** With 512 bits of output, as FIPS 204 and 205 use it for pre-hashing. */
  SHAKE_256(64, "2.16.840.1.101.3.4.2.12"),
  /** SHA-256 of the SHA-256. */
  DOUBLE_SHA256(32, null);

  private final int length;
  private final @Nullable String oid;

  Hash(int length, @Nullable String oid) {
    this.length = length;
    this.oid = oid;
  }

  /** Bytes of output. */
  int length() {
    return length;
  }

  /** A fresh digest; of {@link #DOUBLE_SHA256} the inner one. */
  Digest digest() {
    return switch (this) {
      case SHA1 -> new SHA1Digest();
      case SHA224 -> new SHA224Digest();
      case SHA256, DOUBLE_SHA256 -> new SHA256Digest();
      case SHA384 -> new SHA384Digest();
      case SHA512 -> new SHA512Digest();
      case SHA3_224, SHA3_256, SHA3_384, SHA3_512 -> new SHA3Digest(length * Byte.SIZE);
      case KECCAK224, KECCAK256, KECCAK384, KECCAK512 -> new KeccakDigest(length * Byte.SIZE);
      case SHAKE_128 -> new SHAKEDigest(128);
      case SHAKE_256 -> new SHAKEDigest(256);
    };
  }

  ASN1ObjectIdentifier oid() {
    if (oid == null) {
      throw new IllegalStateException(this + " has no OID");
    }
    return new ASN1ObjectIdentifier(oid);
  }

  byte[] of(byte[] message) {
    byte[] once = once(message);
    return this == DOUBLE_SHA256 ? once(once) : once;
  }

  private byte[] once(byte[] message) {
    Digest digest = digest();
    digest.update(message, 0, message.length);
    byte[] out = new byte[length];
    digest.doFinal(out, 0);
    return out;
  }

  /** The SHA-1 or SHA-2 whose output has that many bytes. */
  static @Nullable Hash ofLength(int bytes) {
    for (Hash hash : new Hash[] {SHA1, SHA224, SHA256, SHA384, SHA512}) {
      if (hash.length == bytes) {
        return hash;
      }
    }
    return null;
  }
}
