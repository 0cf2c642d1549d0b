package io.hsmrest.simulator.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys survive the store. */
class KeyMaterialTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"ED", "ML-DSA-44", "SLH-DSA-SHA2-128f", "ML-KEM-768", "HMACSHA256", "LMS"})
  void whatIsStoredComesBack(String name) {
    KeyMaterial key = TestKeys.key(KeySpec.named(name));

    assertThat(KeyMaterial.fromBytes(key.toBytes())).isEqualTo(key);
  }

  @Test
  void curveSizeAndHalvesComeBack() {
    for (KeyMaterial key :
        new KeyMaterial[] {
          TestKeys.p256(),
          TestKeys.rsa(),
          TestKeys.rsa().publicOnly(),
          TestKeys.key(KeySpec.sized("AES", 192))
        }) {
      KeyMaterial read = KeyMaterial.fromBytes(key.toBytes());
      assertThat(read).isEqualTo(key).hasSameHashCodeAs(key);
      assertThat(read.curveOid()).isEqualTo(key.curveOid());
      assertThat(read.keySize()).isEqualTo(key.keySize());
    }
  }

  @Test
  void whatIsCutOffIsRefused() {
    byte[] stored = TestKeys.p256().toBytes();

    for (int length = 0; length < stored.length; length++) {
      byte[] cut = Arrays.copyOf(stored, length);
      assertThatIllegalArgumentException().isThrownBy(() -> KeyMaterial.fromBytes(cut));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KeyMaterial.fromBytes(Arrays.copyOf(stored, stored.length + 1)));
  }

  @Test
  void aSecretKeyHasNoPublicHalf() {
    assertThatIllegalStateException()
        .isThrownBy(() -> TestKeys.key(KeySpec.sized("AES", 128)).publicOnly());
  }

  @Test
  void nothingSecretIsPrinted() {
    assertThat(TestKeys.p256()).hasToString("EC key");
    assertThat(TestKeys.p256().publicOnly()).hasToString("EC public key");
  }
}
