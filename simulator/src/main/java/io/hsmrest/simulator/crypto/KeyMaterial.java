package io.hsmrest.simulator.crypto;

import java.io.IOException;
import java.util.Objects;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.jspecify.annotations.Nullable;

/**
 * The cryptographic part of one key of the partition: a key pair, a lone public key, or a secret
 * key. Immutable and thread-safe; what is parsed out of the encodings is kept.
 *
 * <p>LMS and XMSS private keys are used up by signing: {@link Signing#sign} returns the {@link
 * SignResult#successor() successor} that must replace this value before the signature is handed
 * out. A value and its successors share one state in memory, so that no one-time key is used twice
 * in one process even when a value is used again.
 */
public final class KeyMaterial {
  private final String name;
  private final KeyFamily family;
  private final @Nullable String curveOid;
  private final @Nullable Integer keySize;
  private final @Nullable Bytes privateKey;
  private final @Nullable Bytes publicKey;
  private final @Nullable Bytes secretKey;
  private final ParsedKeys parsed;

  private KeyMaterial(
      String name,
      @Nullable String curveOid,
      @Nullable Integer keySize,
      @Nullable Bytes privateKey,
      @Nullable Bytes publicKey,
      @Nullable Bytes secretKey,
      @Nullable ParsedKeys shared) {
    KeyFamily found = KeyFamily.byName(name);
    if (found == null || found.isSymmetric() == (secretKey == null)) {
      throw new IllegalArgumentException("no key of algorithm " + name);
    }
    this.name = name;
    this.family = found;
    this.curveOid = curveOid;
    this.keySize = keySize;
    this.privateKey = privateKey;
    this.publicKey = publicKey;
    this.secretKey = secretKey;
    this.parsed = shared == null ? new ParsedKeys(found, privateKey, publicKey) : shared;
  }

  static KeyMaterial pair(
      String name,
      @Nullable String curveOid,
      @Nullable Integer keySize,
      @Nullable Bytes privateKey,
      Bytes publicKey) {
    return new KeyMaterial(name, curveOid, keySize, privateKey, publicKey, null, null);
  }

  static KeyMaterial secret(String name, Integer keySize, Bytes raw) {
    return new KeyMaterial(name, null, keySize, null, null, raw, null);
  }

  /** Private key as PKCS#8 DER; null for secret keys and lone public keys. */
  public @Nullable Bytes privateKey() {
    return privateKey;
  }

  /** Public key as SubjectPublicKeyInfo DER; null for secret keys. */
  public @Nullable Bytes publicKey() {
    return publicKey;
  }

  /** Secret key, raw; null for asymmetric keys. */
  public @Nullable Bytes secretKey() {
    return secretKey;
  }

  /** The name to show (contract 2.1.3): as created, but {@code HSS-LMS} and {@code XMSS}. */
  public String algorithm() {
    return switch (family) {
      case LMS -> "HSS-LMS";
      case XMSS -> "XMSS";
      default -> name;
    };
  }

  /** OID of the algorithm (contract 3.1). */
  public String algorithmOid() {
    return publicKey == null ? family.oid() : KeyCodec.algorithm(publicKey).getAlgorithm().getId();
  }

  /** The curve's OID as the client gave it at creation; null for all but EC. */
  public @Nullable String curveOid() {
    return curveOid;
  }

  /** Bits, for RSA, DSA and symmetric keys; else null. */
  public @Nullable Integer keySize() {
    return keySize;
  }

  /** Whether this is a secret key. */
  public boolean isSymmetric() {
    return secretKey != null;
  }

  /** The public half alone; of a secret key there is none, so {@link IllegalStateException}. */
  public KeyMaterial publicOnly() {
    if (publicKey == null) {
      throw new IllegalStateException("a secret key has no public half");
    }
    return pair(name, curveOid, keySize, null, publicKey);
  }

  /** A self-contained encoding for a store. */
  public byte[] toBytes() {
    return KeyRecord.write(name, curveOid, keySize, privateKey, publicKey, secretKey);
  }

  /**
   * Reads what {@link #toBytes} wrote.
   *
   * @throws IllegalArgumentException when it did not
   */
  public static KeyMaterial fromBytes(byte[] encoding) {
    KeyRecord record = KeyRecord.read(encoding);
    return new KeyMaterial(
        record.name(),
        record.curveOid(),
        record.keySize(),
        record.privateKey(),
        record.publicKey(),
        record.secretKey(),
        null);
  }

  /** The name as created, which tells the parameter set. */
  String name() {
    return name;
  }

  KeyFamily family() {
    return family;
  }

  ParsedKeys parsed() {
    return parsed;
  }

  /** This key after its state has been moved on by a signature. */
  KeyMaterial successor(AsymmetricKeyParameter moved) throws IOException {
    return new KeyMaterial(
        name, curveOid, keySize, KeyCodec.pkcs8(family, moved), publicKey, secretKey, parsed);
  }

  /** The secret key's bytes; only for symmetric families. */
  byte[] secretBytes() {
    return Objects.requireNonNull(secretKey, "no secret key").content();
  }

  /** Compared by content. */
  @Override
  public boolean equals(Object other) {
    return other instanceof KeyMaterial that
        && name.equals(that.name)
        && Objects.equals(curveOid, that.curveOid)
        && Objects.equals(keySize, that.keySize)
        && Objects.equals(privateKey, that.privateKey)
        && Objects.equals(publicKey, that.publicKey)
        && Objects.equals(secretKey, that.secretKey);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, publicKey, secretKey);
  }

  /** Nothing secret. */
  @Override
  public String toString() {
    return name + (privateKey == null && secretKey == null ? " public key" : " key");
  }
}
