package io.hsmrest.tests.scenario.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hsmrest.keystore.HsmPrivateKey;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What differs between releases of the service, and where the contract leaves the choice open. */
@Tag("scenario")
class ServiceVersionsTest {
  private static final byte[] MESSAGE = {4, 5, 6};

  private static byte[] sign(Provider provider, String algorithm, String label, byte[] message)
      throws GeneralSecurityException {
    HsmPrivateKey handle = SigningKeys.handle(provider, label);
    Signature signature = Signature.getInstance(algorithm, provider);
    signature.initSign(handle);
    if (algorithm.equals("RSASSA-PSS")) {
      signature.setParameter(
          new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
    }
    signature.update(message);
    byte[] made = signature.sign();
    signature.initVerify(handle.publicKey());
    signature.update(message);
    assertThat(signature.verify(made)).isTrue();
    return made;
  }

  @ParameterizedTest
  @CsvSource({"2.0.1, 2", "2.2.0, 2", "2.5.1, 1"})
  void pssIsSignedByEveryReleaseAndLearntOnce(String version, int firstCosts)
      throws GeneralSecurityException {
    try (SigningKeys keys = new SigningKeys("{\"version\": \"" + version + "\"}", "RSA")) {
      Provider provider = keys.provider();
      sign(provider, "RSASSA-PSS", "RSA", MESSAGE);
      assertThat(keys.asked()).isEqualTo(firstCosts);
      sign(provider, "RSASSA-PSS", "RSA", MESSAGE);
      assertThat(keys.asked()).isEqualTo(firstCosts + 1);
    }
  }

  @Test
  void aLongMessageNeedsAReleaseThatSignsDigestsWithPss() throws GeneralSecurityException {
    byte[] message = new byte[70_000];
    try (SigningKeys keys = new SigningKeys("{\"version\": \"2.2.0\"}", "RSA")) {
      assertThatThrownBy(() -> sign(keys.provider(), "RSASSA-PSS", "RSA", message))
          .isInstanceOf(SignatureException.class)
          .hasMessageContaining("NONESHA256_WITH_RSA_PSS")
          .hasMessageContaining("70000");
      sign(keys.provider(), "SHA256withRSA", "RSA", message);
    }
    try (SigningKeys keys = new SigningKeys("{\"version\": \"2.5.1\"}", "RSA")) {
      sign(keys.provider(), "RSASSA-PSS", "RSA", message);
    }
  }

  @ParameterizedTest
  @CsvSource({"maximum, 222", "twenty, 20"})
  void aServiceWithAnotherSaltIsToldFromOneThatSignsWrongly(String salt, int length) {
    try (SigningKeys keys =
        new SigningKeys("{\"behaviour\": {\"pssSalt\": \"" + salt + "\"}}", "RSA")) {
      assertThatThrownBy(() -> sign(keys.provider(), "RSASSA-PSS", "RSA", MESSAGE))
          .isInstanceOf(SignatureException.class)
          .hasMessageContaining("whose salt has " + length + " bytes");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"raw", "octet_string", "bit_string", "sequence"})
  void ed25519IsReadHoweverTheServiceWritesIt(String encoding) throws GeneralSecurityException {
    try (SigningKeys keys =
        new SigningKeys(
            "{\"behaviour\": {\"eddsaEncoding\": \"" + encoding + "\", \"eddsaRawRefused\": true}}",
            "ED")) {
      assertThat(sign(keys.provider(), "Ed25519", "ED", MESSAGE)).hasSize(64);
      assertThat(keys.asked()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "SHA256withRSA, RSA",
    "SHA384withRSAandMGF1, RSA",
    "SHA3-256withECDSA, secp256r1",
    "SHA512withECDSAinP1363Format, secp256r1"
  })
  void theHsmHashesWhereItIsToldTo(String algorithm, String label) throws GeneralSecurityException {
    try (SigningKeys keys = new SigningKeys("{}", label)) {
      Provider provider = keys.provider("sign.hash=hsm");
      sign(provider, algorithm, label, new byte[60_000]);
      assertThat(keys.asked()).isEqualTo(1);
      assertThatThrownBy(() -> sign(provider, algorithm, label, new byte[65_537]))
          .isInstanceOf(SignatureException.class)
          .hasMessageContaining("sign.hash=local");
      assertThat(keys.asked()).isEqualTo(1);
    }
  }
}
