package io.hsmrest.simulator.crypto;

import static io.hsmrest.simulator.crypto.TestKeys.hex;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Signatures that somebody else has published. */
class PublishedVectorsTest {

  /** RFC 6979, A.2.5. */
  @ParameterizedTest
  @CsvSource({
    "sample,"
        + "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716,"
        + "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8",
    "test,"
        + "f1abb023518351cd71d881567b1ea663ed3efcf6c5132b354f28d3b0b7d38367,"
        + "019f4113742a2b14bd25926b49c649155f267e60d3814b4c0cc84250e46f0083"
  })
  void deterministicEcdsaIsThatOfRfc6979(String message, String r, String s) throws Exception {
    KeyMaterial key =
        TestKeys.ec(
            TestKeys.P256, "c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721");
    SignInput input =
        SignInput.of(
                SignatureAlgorithm.of("SHA256_WITH_ECDSA_DETERMINISTIC"), TestKeys.text(message))
            .as(SignatureType.RAW);

    assertThat(hex(TestKeys.SIGNING.sign(key, input).signature())).isEqualTo(r + s);
  }

  /** RFC 8032, 7.1. */
  @ParameterizedTest
  @CsvSource({
    "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60,'',"
        + "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39"
        + "701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb,72,"
        + "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f36"
        + "13d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7,af82,"
        + "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f7"
        + "60984dc6594a7c15e9716ed28dc027beceea1ec40a"
  })
  void edDsaIsThatOfRfc8032(String secret, String message, String signature) throws Exception {
    KeyMaterial key =
        KeyImport.keyPair(
            "ED",
            KeyCodec.pkcs8(KeyFamily.ED, new Ed25519PrivateKeyParameters(hex(secret), 0)),
            null,
            null);

    assertThat(hex(TestKeys.sign(key, "EDDSA", Bytes.of(hex(message))))).isEqualTo(signature);
  }

  /** RFC 4231, test case 2. */
  @Test
  void hmacIsThatOfRfc4231() {
    KeyMaterial key = KeyImport.secretKey("HMACSHA256", TestKeys.text("Jefe"));
    Bytes payload = TestKeys.text("what do ya want for nothing?");

    Bytes hash = Hmac.compute(key, payload);

    assertThat(hex(hash))
        .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    assertThat(Hmac.verify(key, payload, hash)).isTrue();
    assertThat(Hmac.verify(key, TestKeys.text("something else"), hash)).isFalse();
  }

  /** Ethereum's empty hash, which is Keccak's and not SHA-3's. */
  @Test
  void keccakHasTheOldPadding() {
    assertThat(hex(Bytes.of(Hash.KECCAK256.of(new byte[0]))))
        .isEqualTo(
            "C5D2460186F7233C927E7DB2DCC703C0E500B653CA82273B7BFAD8045D85A470"
                .toLowerCase(Locale.ROOT));
  }
}
