package io.hsmrest.simulator.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Objects;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ciphers (contract 2.5). */
class EncryptionTest {
  private static final Encryption ENCRYPTION = new Encryption(TestKeys.RANDOM);
  private static final Bytes PAYLOAD = Bytes.of(new byte[48]);
  private static final Bytes ADDITIONAL = TestKeys.text("additional");

  @ParameterizedTest
  @EnumSource
  void whatIsEncryptedIsDecrypted(CipherAlgorithm cipher) {
    KeyMaterial key = key(cipher);

    Encrypted encrypted = ENCRYPTION.encrypt(key, cipher, PAYLOAD, ADDITIONAL, 0);
    Bytes decrypted =
        ENCRYPTION.decrypt(
            key,
            cipher,
            encrypted.encryptedPayload(),
            encrypted.initializationVector(),
            ADDITIONAL,
            0);

    assertThat(encrypted.encryptedPayload()).isNotEqualTo(PAYLOAD);
    assertThat(decrypted)
        .isEqualTo(cipher == CipherAlgorithm.RSA_NO_PADDING ? Bytes.of(new byte[256]) : PAYLOAD);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 64, 96, 104, 112, 120, 128})
  void gcmIsThatOfTheJdk(int tagLength) throws Exception {
    KeyMaterial key = key(CipherAlgorithm.AES_GCM);
    Bytes secret = Objects.requireNonNull(key.secretKey());

    Encrypted encrypted =
        ENCRYPTION.encrypt(key, CipherAlgorithm.AES_GCM, PAYLOAD, ADDITIONAL, tagLength);

    int bits = tagLength == 0 ? 128 : tagLength;
    Bytes iv = Objects.requireNonNull(encrypted.initializationVector());
    assertThat(iv.size()).isEqualTo(12);
    assertThat(Objects.requireNonNull(encrypted.mac()).size()).isEqualTo(bits / 8);
    assertThat(Objects.requireNonNull(encrypted.withoutMac()).size()).isEqualTo(48);
    if (bits >= 96) {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          Cipher.DECRYPT_MODE,
          new SecretKeySpec(secret.toArray(), "AES"),
          new GCMParameterSpec(bits, iv.toArray()));
      cipher.updateAAD(ADDITIONAL.toArray());
      assertThat(cipher.doFinal(encrypted.encryptedPayload().toArray()))
          .isEqualTo(PAYLOAD.toArray());
    }
  }

  @Test
  void anAlteredCiphertextIsRefused() {
    KeyMaterial key = key(CipherAlgorithm.AES_GCM);
    Encrypted encrypted = ENCRYPTION.encrypt(key, CipherAlgorithm.AES_GCM, PAYLOAD, null, 128);
    byte[] altered = encrypted.encryptedPayload().toArray();
    altered[0] ^= 1;

    assertRefused(
        701,
        () ->
            ENCRYPTION.decrypt(
                key,
                CipherAlgorithm.AES_GCM,
                Bytes.of(altered),
                encrypted.initializationVector(),
                null,
                128));
    assertRefused(701, () -> decrypt(TestKeys.rsa(), CipherAlgorithm.RSA, Bytes.of(altered)));
    assertRefused(701, () -> decrypt(key, CipherAlgorithm.AES_ECB, TestKeys.text("short")));
  }

  @Test
  void badParametersAreRefused() {
    KeyMaterial aes = key(CipherAlgorithm.AES_GCM);
    KeyMaterial chacha = key(CipherAlgorithm.CHACHA20_AEAD);
    assertRefused(624, () -> ENCRYPTION.encrypt(aes, CipherAlgorithm.AES_GCM, PAYLOAD, null, 32));
    assertRefused(
        624, () -> ENCRYPTION.encrypt(chacha, CipherAlgorithm.CHACHA20_AEAD, PAYLOAD, null, 96));
    assertRefused(607, () -> ENCRYPTION.encrypt(aes, CipherAlgorithm.CAMELLIA, PAYLOAD, null, 0));
    assertRefused(
        607, () -> ENCRYPTION.encrypt(TestKeys.p256(), CipherAlgorithm.RSA, PAYLOAD, null, 0));
    assertRefused(
        612,
        () ->
            ENCRYPTION.encrypt(
                TestKeys.rsa(), CipherAlgorithm.RSA, Bytes.of(new byte[246]), null, 0));
    assertRefused(
        612,
        () ->
            ENCRYPTION.encrypt(
                aes, CipherAlgorithm.AES_CBC_NO_PADDING, TestKeys.text("short"), null, 0));
    assertRefused(600, () -> decrypt(aes, CipherAlgorithm.AES, PAYLOAD));
  }

  @Test
  void aLonePublicKeyEncrypts() {
    Encrypted encrypted =
        ENCRYPTION.encrypt(
            TestKeys.rsa().publicOnly(),
            CipherAlgorithm.RSA_PADDING_OAEP_WITH_SHA256,
            PAYLOAD,
            null,
            0);

    assertThat(
            decrypt(
                TestKeys.rsa(),
                CipherAlgorithm.RSA_PADDING_OAEP_WITH_SHA256,
                encrypted.encryptedPayload()))
        .isEqualTo(PAYLOAD);
  }

  private static Bytes decrypt(KeyMaterial key, CipherAlgorithm cipher, Bytes payload) {
    @Nullable Bytes none = null;
    return ENCRYPTION.decrypt(key, cipher, payload, none, none, 0);
  }

  private static KeyMaterial key(CipherAlgorithm cipher) {
    return switch (SymmetricCipher.family(cipher)) {
      case RSA -> TestKeys.rsa();
      case AES -> TestKeys.key(KeySpec.sized("AES", 256));
      case CAMELLIA -> TestKeys.key(KeySpec.sized("Camellia", 192));
      case CHACHA20 -> TestKeys.key(KeySpec.named("ChaCha20"));
      case TDEA -> TestKeys.key(KeySpec.named("TDEA"));
      default -> throw new IllegalArgumentException(cipher.name());
    };
  }

  private static void assertRefused(int code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ServiceRefusal.class, refusal -> assertThat(refusal.errorCode()).isEqualTo(code));
  }
}
