package io.hsmrest.simulator.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hsmrest.simulator.crypto.SignatureSettings.EdEncoding;
import io.hsmrest.simulator.crypto.SignatureSettings.PssSalt;
import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Encodings of signatures (contract 3.7). */
class SignatureTypeTest {
  private static final Bytes MESSAGE = TestKeys.text("message");

  @ParameterizedTest
  @CsvSource({
    "1.2.840.10045.3.1.7, 64",
    "1.3.132.0.34, 96",
    "1.3.132.0.35, 132",
    "1.3.132.0.10, 64",
    "1.3.36.3.3.2.8.1.1.9, 80"
  })
  void rawIsTwoHalvesAsLongAsTheOrder(String curve, int length) {
    KeyMaterial key = TestKeys.key(KeySpec.ec(curve));

    Bytes raw = sign(TestKeys.SIGNING, key, "SHA256_WITH_ECDSA", SignatureType.RAW);

    assertThat(raw.size()).isEqualTo(length);
    assertThat(TestKeys.verify(key, "SHA256_WITH_ECDSA", MESSAGE, raw)).isTrue();
  }

  @Test
  void rawIsRefusedForSignaturesThatAreNoPair() {
    assertRefused(635, TestKeys.rsa(), "SHA256_WITH_RSA", SignatureType.RAW);
    assertRefused(635, TestKeys.key(KeySpec.named("ML-DSA-44")), "ML_DSA", SignatureType.RAW);
  }

  @Test
  void ethereumSignaturesTellWhoSigned() throws Exception {
    KeyMaterial key = TestKeys.secp256k1();
    boolean[] seen = new boolean[2];
    for (int i = 0; i < 64 && !(seen[0] && seen[1]); i++) {
      byte[] signature =
          sign(TestKeys.SIGNING, key, "KECCAK256_WITH_ECDSA", SignatureType.ETH).toArray();
      assertThat(signature).hasSize(65);
      assertThat(signature[64]).isBetween((byte) 27, (byte) 28);
      assertThat(recovered(signature)).isEqualTo(point(key));
      seen[signature[64] - 27] = true;
    }
    assertThat(seen).containsExactly(true, true);
  }

  @Test
  void ethereumSignaturesNeedKeccakOnItsCurve() {
    assertRefused(607, TestKeys.secp256k1(), "SHA256_WITH_ECDSA", SignatureType.ETH);
    assertRefused(607, TestKeys.p256(), "KECCAK256_WITH_ECDSA", SignatureType.ETH);
    assertRefused(607, TestKeys.ed(), "EDDSA", SignatureType.ETH);
  }

  @ParameterizedTest
  @EnumSource
  void edSignaturesAreEncodedAsTheSettingSays(EdEncoding encoding) {
    SignatureSettings settings = new SignatureSettings(PssSalt.DIGEST_LENGTH, encoding, true);
    Signing signing = new Signing(settings, TestKeys.RANDOM);

    Bytes signature = sign(signing, TestKeys.ed(), "EDDSA", SignatureType.DER);

    byte[] bytes = signature.toArray();
    switch (encoding) {
      case RAW -> assertThat(bytes).hasSize(64);
      case OCTET_STRING -> assertThat(bytes).hasSize(66).startsWith(4, 64);
      case BIT_STRING -> assertThat(bytes).hasSize(67).startsWith(3, 65, 0);
      case SEQUENCE -> assertThat(bytes).startsWith(0x30).hasSizeBetween(60, 72);
    }
    assertThat(TestKeys.verify(TestKeys.ed(), "EDDSA", MESSAGE, signature)).isTrue();
    if (encoding == EdEncoding.SEQUENCE) {
      assertThat(sign(signing, TestKeys.ed(), "EDDSA", SignatureType.RAW).size()).isEqualTo(64);
    } else {
      assertThatThrownBy(() -> sign(signing, TestKeys.ed(), "EDDSA", SignatureType.RAW))
          .isInstanceOfSatisfying(
              ServiceRefusal.class, refusal -> assertThat(refusal.errorCode()).isEqualTo(635));
    }
  }

  @Test
  void rawEdSignaturesAreThe64Bytes() {
    assertThat(sign(TestKeys.SIGNING, TestKeys.ed(), "EDDSA", SignatureType.RAW))
        .isEqualTo(TestKeys.sign(TestKeys.ed(), "EDDSA", MESSAGE));
  }

  private static Bytes sign(
      Signing signing, KeyMaterial key, String algorithm, SignatureType type) {
    return signing
        .sign(key, SignInput.of(SignatureAlgorithm.of(algorithm), MESSAGE).as(type))
        .signature();
  }

  private static void assertRefused(
      int code, KeyMaterial key, String algorithm, SignatureType type) {
    assertThatThrownBy(() -> sign(TestKeys.SIGNING, key, algorithm, type))
        .as(algorithm)
        .isInstanceOfSatisfying(
            ServiceRefusal.class, refusal -> assertThat(refusal.errorCode()).isEqualTo(code));
  }

  private static ECPoint point(KeyMaterial key) throws Exception {
    return ((ECPublicKeyParameters) key.parsed().publicKey()).getQ().normalize();
  }

  /** Public key recovery as Ethereum's ecrecover does it. */
  private static ECPoint recovered(byte[] signature) {
    var domain = Curves.requested(Curves.SECP256K1);
    byte[] compressed = new byte[33];
    compressed[0] = (byte) (signature[64] - 27 + 2);
    System.arraycopy(signature, 0, compressed, 1, 32);
    BigInteger r = new BigInteger(1, Arrays.copyOf(signature, 32));
    BigInteger s = new BigInteger(1, Arrays.copyOfRange(signature, 32, 64));
    assertThat(s).isLessThanOrEqualTo(domain.getN().shiftRight(1));
    BigInteger digest = new BigInteger(1, Hash.KECCAK256.of(MESSAGE.toArray()));
    BigInteger inverse = r.modInverse(domain.getN());
    return ECAlgorithms.sumOfTwoMultiplies(
            domain.getCurve().decodePoint(compressed),
            s.multiply(inverse).mod(domain.getN()),
            domain.getG(),
            digest.negate().multiply(inverse).mod(domain.getN()))
        .normalize();
  }
}
