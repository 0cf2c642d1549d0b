package io.hsmrest.simulator.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each signature algorithm of contract 3.4. */
class EveryAlgorithmTest {
  private static final Set<String> MISSING =
      Set.of("BLS", "ISS_KERL", "DILITHIUM", "SPHINCS_PLUS", "KYBER", "XMSS-SHAKE256_10_256");

  static Stream<String> possible() {
    return SignatureAlgorithm.names().stream().filter(name -> !MISSING.contains(name));
  }

  @ParameterizedTest
  @MethodSource("possible")
  void whatIsSignedVerifiesAndWhatIsAlteredDoesNot(String name) {
    SignatureAlgorithm algorithm = SignatureAlgorithm.of(name);
    KeyMaterial key = TestKeys.fitting(algorithm);
    Bytes payload = payload(algorithm, 1);

    Bytes signature = TestKeys.sign(key, name, payload);

    assertThat(TestKeys.verify(key.publicOnly(), name, payload, signature)).isTrue();
    assertThat(TestKeys.verify(key, name, payload(algorithm, 2), signature)).isFalse();
    byte[] altered = signature.toArray();
    altered[altered.length - 1] ^= 1;
    assertThat(TestKeys.verify(key, name, payload, Bytes.of(altered))).isFalse();
    assertThat(TestKeys.verify(key, name, payload, Bytes.empty())).isFalse();
  }

  @ParameterizedTest
  @MethodSource("possible")
  void anotherKindOfKeyIsRefused(String name) {
    SignatureAlgorithm algorithm = SignatureAlgorithm.of(name);
    KeyMaterial other =
        algorithm.scheme().family() == KeyFamily.ED ? TestKeys.p256() : TestKeys.ed();

    assertThatThrownBy(() -> TestKeys.sign(other, name, payload(algorithm, 1)))
        .isInstanceOfSatisfying(
            ServiceRefusal.class,
            refusal -> {
              assertThat(refusal.errorCode()).isEqualTo(607);
              assertThat(refusal.getMessage()).isEqualTo("Error creating signature");
            });
    assertThatThrownBy(
            () -> TestKeys.verify(other, name, payload(algorithm, 1), Bytes.of(new byte[64])))
        .isInstanceOfSatisfying(
            ServiceRefusal.class, refusal -> assertThat(refusal.errorCode()).isEqualTo(607));
  }

  @Test
  void whatThisSimulatorHasNotFitsNoKey() {
    for (String name : MISSING) {
      assertThatThrownBy(() -> TestKeys.sign(TestKeys.p256(), name, TestKeys.text("x")))
          .as(name)
          .isInstanceOfSatisfying(
              ServiceRefusal.class, refusal -> assertThat(refusal.errorCode()).isEqualTo(607));
    }
  }

  @Test
  void namesThatDoNotExistAreNotFound() {
    assertThat(SignatureAlgorithm.byName("SHA3_256_WITH_RSA")).isEmpty();
    assertThat(SignatureAlgorithm.byName("sha256_with_rsa")).isEmpty();
    assertThat(SignatureAlgorithm.byName("NONESHA1_WITH_RSA_PSS")).isEmpty();
    assertThat(SignatureAlgorithm.forCertificates("SHA256_WITH_RSA_PSS")).isEmpty();
    assertThat(SignatureAlgorithm.forCertificates("SHA256_WITH_RSA")).isPresent();
  }

  /** A message, or a digest where one is wanted. */
  private static Bytes payload(SignatureAlgorithm algorithm, int first) {
    Hash hash = algorithm.hash();
    int length =
        switch (algorithm.scheme()) {
          case RSA_DIGEST -> hash == null ? 0 : hash.length();
          case RSA_PSS_DIGEST -> hash == null ? 48 : hash.length();
          case BIP340 -> 32;
          case ML_DSA_MU -> 64;
          default -> 20;
        };
    byte[] payload = new byte[length];
    payload[0] = (byte) first;
    return Bytes.of(payload);
  }
}
