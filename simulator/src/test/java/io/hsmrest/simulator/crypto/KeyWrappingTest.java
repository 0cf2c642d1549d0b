package io.hsmrest.simulator.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys under keys (contract 2.5). */
class KeyWrappingTest {
  private static final KeyWrapping WRAPPING = new KeyWrapping(TestKeys.RANDOM);

  @ParameterizedTest
  @CsvSource({
    "AES_WRAP, AES",
    "AES_WRAP_PAD, AES",
    "AES_WRAP_PAD, EC",
    "AES_WRAP_PAD_EC, EC",
    "AES_WRAP_PAD_ED, ED",
    "AES_WRAP_PAD_RSA, RSA",
    "AES_WRAP_PAD_DSA, DSA",
    "RSA_WRAP_PAD, AES",
    "RSA_WRAP_OAEP, AES",
    "RSA_WRAP_OAEP, ED",
    "ML-KEM-512, AES",
    "ML-KEM-768, EC",
    "ML-KEM-1024, RSA"
  })
  void aWrappedKeyComesBack(String methodName, String kind) {
    WrapMethod method = WrapMethod.byName(methodName).orElseThrow();
    KeyMaterial key =
        switch (kind) {
          case "AES" -> TestKeys.key(KeySpec.sized("AES", 128));
          case "EC" -> TestKeys.p256();
          case "ED" -> TestKeys.ed();
          case "DSA" -> TestKeys.key(KeySpec.sized("DSA", 1024));
          default -> TestKeys.rsa();
        };

    Bytes wrapped = WRAPPING.wrap(key, wrappingKey(method), method);

    assertThat(WRAPPING.unwrap(wrapped, wrappingKey(method), method)).isEqualTo(key);
  }

  @Test
  void aDamagedKeyIsRefused() {
    KeyMaterial aes = wrappingKey(WrapMethod.AES_WRAP_PAD);
    byte[] wrapped = WRAPPING.wrap(TestKeys.p256(), aes, WrapMethod.AES_WRAP_PAD).toArray();
    wrapped[5] ^= 1;

    assertRefused(701, () -> WRAPPING.unwrap(Bytes.of(wrapped), aes, WrapMethod.AES_WRAP_PAD));
    assertRefused(701, () -> WRAPPING.unwrap(Bytes.empty(), aes, WrapMethod.AES_WRAP_PAD));
    assertRefused(
        701,
        () ->
            WRAPPING.unwrap(
                Bytes.empty(), wrappingKey(WrapMethod.ML_KEM_512), WrapMethod.ML_KEM_512));
    assertRefused(
        701, () -> WRAPPING.unwrap(Bytes.empty(), TestKeys.rsa(), WrapMethod.RSA_WRAP_PAD));
  }

  @Test
  void aKeyOfAnotherKindThanTheMethodSaysIsRefused() {
    KeyMaterial aes = wrappingKey(WrapMethod.AES_WRAP_PAD);
    Bytes ec = WRAPPING.wrap(TestKeys.p256(), aes, WrapMethod.AES_WRAP_PAD);

    assertRefused(701, () -> WRAPPING.unwrap(ec, aes, WrapMethod.AES_WRAP_PAD_RSA));
    assertRefused(607, () -> WRAPPING.wrap(TestKeys.p256(), aes, WrapMethod.AES_WRAP_PAD_RSA));
    assertRefused(607, () -> WRAPPING.wrap(aes, TestKeys.p256(), WrapMethod.AES_WRAP_PAD));
    assertRefused(607, () -> WRAPPING.wrap(aes, aes, WrapMethod.ML_KEM_768));
    assertRefused(
        607, () -> WRAPPING.wrap(TestKeys.p256().publicOnly(), aes, WrapMethod.AES_WRAP_PAD));
  }

  @Test
  void aKeyTooLongForTheMethodIsRefused() {
    assertRefused(
        701, () -> WRAPPING.wrap(TestKeys.rsa(), TestKeys.rsa(), WrapMethod.RSA_WRAP_OAEP));
  }

  private static KeyMaterial wrappingKey(WrapMethod method) {
    return switch (method) {
      case RSA_WRAP_PAD, RSA_WRAP_OAEP -> TestKeys.rsa();
      case ML_KEM_512, ML_KEM_768, ML_KEM_1024 -> TestKeys.key(KeySpec.named(method.wireName()));
      default -> TestKeys.key(KeySpec.sized("AES", 256));
    };
  }

  private static void assertRefused(int code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ServiceRefusal.class, refusal -> assertThat(refusal.errorCode()).isEqualTo(code));
  }
}
