package io.hsmrest.simulator.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the HSM does not sign (contract 2.2.1). */
class SigningRefusalsTest {

  @Test
  void aSecretKeySignsNothing() {
    KeyMaterial key = TestKeys.key(KeySpec.sized("AES", 256));

    assertThatThrownBy(() -> TestKeys.sign(key, "SHA256_WITH_RSA", TestKeys.text("x")))
        .isInstanceOfSatisfying(
            ServiceRefusal.class,
            refusal -> {
              assertThat(refusal.errorCode()).isEqualTo(613);
              assertThat(refusal.getMessage())
                  .isEqualTo(
                      "Private key can not be loaded as the referenced key is not an asymmetric"
                          + " key.");
            });
  }

  @Test
  void aLonePublicKeySignsNothing() {
    assertRefused(701, TestKeys.p256().publicOnly(), "SHA256_WITH_ECDSA", TestKeys.text("x"));
  }

  @Test
  void moreThan64KilobytesAreRefused() {
    Bytes most = Bytes.of(new byte[Signing.MAXIMUM_PAYLOAD]);
    Bytes more = Bytes.of(new byte[Signing.MAXIMUM_PAYLOAD + 1]);

    assertThat(TestKeys.sign(TestKeys.ed(), "EDDSA", most).size()).isEqualTo(64);
    assertRefused(701, TestKeys.ed(), "EDDSA", more);
  }

  @ParameterizedTest
  @CsvSource({
    "NONESHA256_WITH_RSA, 31",
    "NONESHA256_WITH_RSA, 33",
    "NONESHA1_WITH_RSA, 32",
    "NONESHA512_WITH_RSA_PSS, 32",
    "NONE_WITH_RSA_PSS, 33",
    "NONE_WITH_RSA, 246",
    "ML_DSA_M, 32",
    "NONE_WITH_EC_SCHNORR_BIP0340, 31"
  })
  void aPayloadOfTheWrongLengthIsRefused(String algorithm, int length) {
    assertRefused(
        701,
        TestKeys.fitting(SignatureAlgorithm.of(algorithm)),
        algorithm,
        Bytes.of(new byte[length]));
  }

  @Test
  void aLongContextIsRefused() {
    SignInput input =
        SignInput.of(SignatureAlgorithm.of("ML_DSA"), TestKeys.text("x"))
            .withContext(Bytes.of(new byte[256]));

    assertThatThrownBy(() -> TestKeys.SIGNING.sign(TestKeys.key(KeySpec.named("ML-DSA-44")), input))
        .isInstanceOfSatisfying(
            ServiceRefusal.class, refusal -> assertThat(refusal.errorCode()).isEqualTo(701));
  }

  private static void assertRefused(int code, KeyMaterial key, String algorithm, Bytes payload) {
    assertThatThrownBy(() -> TestKeys.sign(key, algorithm, payload))
        .isInstanceOfSatisfying(
            ServiceRefusal.class,
            refusal -> {
              assertThat(refusal.errorCode()).isEqualTo(code);
              assertThat(refusal.getMessage()).isNotBlank();
            });
  }
}
