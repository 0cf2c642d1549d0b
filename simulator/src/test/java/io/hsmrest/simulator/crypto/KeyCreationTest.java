package io.hsmrest.simulator.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Objects;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys as the service creates and describes them (contract 2.1.1, 2.1.3, 3.1, 3.2). */
class KeyCreationTest {

  @ParameterizedTest
  @CsvSource({
    "1.3.132.0.32, 1.3.132.0.32",
    "1.3.132.0.33, 1.3.132.0.33",
    "1.3.132.0.10, 1.3.132.0.10",
    "1.2.840.10045.3.1.7, 1.2.840.10045.3.1.7",
    "1.3.132.0.34, 1.3.132.0.34",
    "1.3.132.0.35, 1.3.132.0.35",
    "1.2.840.10045.3.1.1, 1.2.840.10045.3.1.4",
    "1.2.840.10045.3.1.5, 1.2.840.10045.3.1.5",
    "1.3.36.3.3.2.8.1.1.1, 1.3.36.3.3.2.8.1.1.5",
    "1.3.36.3.3.2.8.1.1.5, 1.3.36.3.3.2.8.1.1.5",
    "1.3.36.3.3.2.8.1.1.7, 1.3.36.3.3.2.8.1.1.7",
    "1.3.36.3.3.2.8.1.1.9, 1.3.36.3.3.2.8.1.1.9",
    "1.3.36.3.3.2.8.1.1.11, 1.3.36.3.3.2.8.1.1.11",
    "1.3.36.3.3.2.8.1.1.13, 1.3.36.3.3.2.8.1.1.13",
    "1.2.250.1.223.101.256.1, 1.2.250.1.223.101.256.1"
  })
  void everyCurveSigns(String asked, String standard) {
    KeyMaterial key = TestKeys.key(KeySpec.ec(asked));

    assertThat(key.curveOid()).isEqualTo(asked);
    assertThat(key.keySize()).isNull();
    assertThat(curve(key)).isEqualTo(standard);
    Bytes signature = TestKeys.sign(key, "SHA256_WITH_ECDSA", TestKeys.text("x"));
    assertThat(TestKeys.verify(key, "SHA256_WITH_ECDSA", TestKeys.text("x"), signature)).isTrue();
  }

  private static String curve(KeyMaterial key) {
    return SubjectPublicKeyInfo.getInstance(Objects.requireNonNull(key.publicKey()).toArray())
        .getAlgorithm()
        .getParameters()
        .toString();
  }

  @Test
  void edKeysShowNoCurve() {
    KeyMaterial key = TestKeys.key(new KeySpec("ED", null, "1.3.101.112", null));

    assertThat(key.algorithm()).isEqualTo("ED");
    assertThat(key.algorithmOid()).isEqualTo("1.3.101.112");
    assertThat(key.curveOid()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "RSA, 2048, 1.2.840.113549.1.1.1",
    "DSA, 1024, 1.2.840.10040.4.1",
    "AES, 128, 1.0.18033.3.2.1",
    "Camellia, 256, 1.0.18033.3.2.2",
    "ChaCha20, 256, 1.2.840.113549.1.9.16.3.18",
    "TDEA, 192, 1.0.18033.3.1.1"
  })
  void sizesAndOidsAreShown(String name, int bits, String oid) {
    KeyMaterial byName = TestKeys.key(KeySpec.sized(name, bits));
    KeyMaterial byOid = TestKeys.key(new KeySpec(null, oid, null, bits));

    assertThat(byName.algorithmOid()).isEqualTo(oid);
    assertThat(byName.keySize()).isEqualTo(bits);
    assertThat(byOid.algorithm()).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HMACSHA256",
        "ChaCha20",
        "TDEA",
        "ML-DSA-44",
        "ML-DSA-87",
        "SLH-DSA-SHA2-128s",
        "SLH-DSA-SHAKE-256f",
        "ML-KEM-512",
        "ML-KEM-1024"
      })
  void aNameIsEnough(String name) {
    assertThat(TestKeys.key(KeySpec.named(name)).algorithm()).isEqualTo(name);
  }

  @Test
  void xmssShowsItsFamilyOnly() {
    assertThat(TestKeys.key(KeySpec.named("XMSS-SHA256_10_256")).algorithm()).isEqualTo("XMSS");
  }

  @Test
  void whatIsUnknownIsRefusedInTheServicesWords() {
    assertRefused(KeySpec.named("rsa"), 600, "Unsupported algorithm: 'rsa'");
    assertRefused(KeySpec.named("DILITHIUM_L2"), 600, "Unsupported algorithm: 'DILITHIUM_L2'");
    assertRefused(KeySpec.ec("1.2.3"), 600, "Unsupported Curve: '1.2.3'");
    assertRefused(
        new KeySpec("ED", null, "1.3.101.113", null), 600, "Unsupported Curve: '1.3.101.113'");
    assertRefused(
        new KeySpec(null, null, null, 2048),
        600,
        "Either 'algorithm' or 'algorithmOid' must be provided.");
    assertRefused(KeySpec.rsa(2047), 603, "Invalid key size: 2047");
    assertRefused(KeySpec.rsa(512), 603, "Invalid key size: 512");
    assertRefused(KeySpec.rsa(16384), 603, "Invalid key size: 16384");
    assertRefused(KeySpec.named("RSA"), 603, "The key size is missing.");
    assertRefused(KeySpec.sized("AES", 512), 603, "Invalid key size: 512");
    assertRefused(KeySpec.sized("DSA", 4096), 603, "Invalid key size: 4096");
    assertRefused(
        KeySpec.named("BLS"), 607, "The algorithm 'BLS' is not supported by this simulator.");
  }

  private static void assertRefused(KeySpec spec, int code, String message) {
    assertThatThrownBy(() -> new KeyCreation(TestKeys.RANDOM).create(spec))
        .as(spec.toString())
        .isInstanceOfSatisfying(
            ServiceRefusal.class,
            refusal -> {
              assertThat(refusal.errorCode()).isEqualTo(code);
              assertThat(refusal.getMessage()).isEqualTo(message);
            });
  }
}
