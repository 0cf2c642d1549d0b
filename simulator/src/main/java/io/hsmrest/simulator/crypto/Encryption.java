package io.hsmrest.simulator.crypto;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Set;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.RuntimeCryptoException;
import org.jspecify.annotations.Nullable;

/** Encrypts and decrypts (contract 2.5). Thread-safe. */
public final class Encryption {
  private static final Set<Integer> TAG_LENGTHS = Set.of(0, 64, 96, 104, 112, 120, 128);
  private static final int FULL_TAG = 128;

  private final SecureRandom random;
  private final RsaCipher rsa;

  /** Draws initialization vectors and paddings from {@code random}. */
  public Encryption(SecureRandom random) {
    this.random = random;
    this.rsa = new RsaCipher(random);
  }

  /**
   * Encrypts, with the public key where the key has one.
   *
   * @param tagLength bits: 0 (the service's default: 128 where the cipher has a tag), 64, 96, 104,
   *     112, 120, 128
   * @throws ServiceRefusal 624 for a bad tag length, 607 for a cipher that does not fit the key,
   *     612 for a payload that does not fit the cipher
   */
  public Encrypted encrypt(
      KeyMaterial key,
      CipherAlgorithm cipher,
      Bytes payload,
      @Nullable Bytes additionalAuthenticationData,
      int tagLength) {
    int tagBits = tagBits(cipher, tagLength);
    checkKey(key, cipher);
    try {
      if (key.family() == KeyFamily.RSA) {
        return new Encrypted(
            Bytes.owning(rsa.encrypt(key, cipher, payload.content())), null, null, null);
      }
      byte[] iv = new byte[SymmetricCipher.ivLength(cipher)];
      random.nextBytes(iv);
      if (!SymmetricCipher.isAuthenticated(cipher)) {
        byte[] out = SymmetricCipher.plain(true, cipher, key.secretBytes(), iv, payload.content());
        return new Encrypted(
            Bytes.owning(out), null, iv.length == 0 ? null : Bytes.owning(iv), null);
      }
      return split(
          SymmetricCipher.authenticated(
              true,
              cipher,
              key.secretBytes(),
              iv,
              content(additionalAuthenticationData),
              tagBits,
              payload.content()),
          iv,
          tagBits / Byte.SIZE);
    } catch (IOException | CryptoException | RuntimeCryptoException e) {
      throw new ServiceRefusal(
          Reason.INVALID_PAYLOAD, "The payload does not fit the cipher algorithm.", e);
    }
  }

  private static Encrypted split(byte[] encrypted, byte[] iv, int tagBytes) {
    int end = encrypted.length - tagBytes;
    return new Encrypted(
        Bytes.owning(encrypted),
        Bytes.owning(Arrays.copyOf(encrypted, end)),
        Bytes.owning(iv),
        Bytes.owning(Arrays.copyOfRange(encrypted, end, encrypted.length)));
  }

  /**
   * Decrypts.
   *
   * @throws ServiceRefusal as {@link #encrypt}; 600 for an initialization vector that is missing or
   *     of another length; 701 when the ciphertext or its tag is wrong
   */
  public Bytes decrypt(
      KeyMaterial key,
      CipherAlgorithm cipher,
      Bytes encryptedPayload,
      @Nullable Bytes initializationVector,
      @Nullable Bytes additionalAuthenticationData,
      int tagLength) {
    int tagBits = tagBits(cipher, tagLength);
    checkKey(key, cipher);
    byte[] iv = iv(cipher, initializationVector);
    byte[] input = encryptedPayload.content();
    try {
      if (key.family() == KeyFamily.RSA) {
        return Bytes.owning(rsa.decrypt(key, cipher, input));
      }
      byte[] secret = key.secretBytes();
      return Bytes.owning(
          SymmetricCipher.isAuthenticated(cipher)
              ? SymmetricCipher.authenticated(
                  false, cipher, secret, iv, content(additionalAuthenticationData), tagBits, input)
              : SymmetricCipher.plain(false, cipher, secret, iv, input));
    } catch (IOException
        | InvalidCipherTextException
        | RuntimeCryptoException
        | ArrayIndexOutOfBoundsException e) {
      throw new ServiceRefusal(Reason.IN_HSM, "Error decrypting payload", e);
    }
  }

  private static byte[] iv(CipherAlgorithm cipher, @Nullable Bytes given) {
    int expected = SymmetricCipher.ivLength(cipher);
    if (expected == 0) {
      return new byte[0];
    }
    // GCM takes any length; all others have exactly one.
    if (given == null
        || given.size() == 0
        || cipher != CipherAlgorithm.AES_GCM && given.size() != expected) {
      throw ServiceRefusal.invalidInput(
          "The initialization vector is missing or has the wrong length.");
    }
    return given.content();
  }

  private static int tagBits(CipherAlgorithm cipher, int tagLength) {
    boolean poly1305 = cipher == CipherAlgorithm.CHACHA20_AEAD;
    if (!TAG_LENGTHS.contains(tagLength) || poly1305 && tagLength != 0 && tagLength != FULL_TAG) {
      throw new ServiceRefusal(Reason.KEY_INVALID_TAG_LENGTH, "Invalid tag length: " + tagLength);
    }
    return tagLength == 0 ? FULL_TAG : tagLength;
  }

  private static void checkKey(KeyMaterial key, CipherAlgorithm cipher) {
    if (key.family() != SymmetricCipher.family(cipher)) {
      throw new ServiceRefusal(
          Reason.ALGORITHM_NOT_SUPPORTED_BY_KEY,
          "The cipher algorithm '" + cipher + "' is not supported by the key.");
    }
  }

  private static byte[] content(@Nullable Bytes bytes) {
    return bytes == null ? new byte[0] : bytes.content();
  }
}
