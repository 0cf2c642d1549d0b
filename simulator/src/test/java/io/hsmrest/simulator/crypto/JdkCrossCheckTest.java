package io.hsmrest.simulator.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Objects;
import javax.crypto.Cipher;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is signed here verifies with the JDK, and the other way round. */
class JdkCrossCheckTest {
  private static final Bytes MESSAGE = TestKeys.text("what the approvers have seen");

  @ParameterizedTest
  @CsvSource({
    "SHA1_WITH_RSA, RSA, SHA1withRSA",
    "SHA224_WITH_RSA, RSA, SHA224withRSA",
    "SHA256_WITH_RSA, RSA, SHA256withRSA",
    "SHA384_WITH_RSA, RSA, SHA384withRSA",
    "SHA512_WITH_RSA, RSA, SHA512withRSA",
    "SHA1_WITH_ECDSA, EC, SHA1withECDSA",
    "SHA256_WITH_ECDSA, EC, SHA256withECDSA",
    "SHA384_WITH_ECDSA, EC, SHA384withECDSA",
    "SHA512_WITH_ECDSA, EC, SHA512withECDSA",
    "SHA3256_WITH_ECDSA, EC, SHA3-256withECDSA",
    "SHA3512_WITH_ECDSA, EC, SHA3-512withECDSA",
    "SHA256_WITH_ECDSA_DETERMINISTIC, EC, SHA256withECDSA",
    "SHA256_WITH_DSA, DSA, SHA256withDSA",
    "EDDSA, Ed25519, Ed25519"
  })
  void bothSidesAgree(String algorithm, String keyType, String jcaName) throws Exception {
    KeyMaterial key = TestKeys.fitting(SignatureAlgorithm.of(algorithm));

    Bytes ours = TestKeys.sign(key, algorithm, MESSAGE);
    Signature verifier = Signature.getInstance(jcaName);
    verifier.initVerify(publicKey(key, keyType));
    verifier.update(MESSAGE.toArray());
    assertThat(verifier.verify(ours.toArray())).isTrue();

    Signature signer = Signature.getInstance(jcaName);
    signer.initSign(privateKey(key, keyType));
    signer.update(MESSAGE.toArray());
    assertThat(TestKeys.verify(key, algorithm, MESSAGE, Bytes.of(signer.sign()))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"SHA1,SHA-1", "SHA224,SHA-224", "SHA256,SHA-256", "SHA384,SHA-384", "SHA512,SHA-512"})
  void anRsaSignatureOfADigestIsThatOfTheMessage(String name, String jcaName) throws Exception {
    Bytes digest = Bytes.of(MessageDigest.getInstance(jcaName).digest(MESSAGE.toArray()));

    assertThat(TestKeys.sign(TestKeys.rsa(), "NONE" + name + "_WITH_RSA", digest))
        .isEqualTo(TestKeys.sign(TestKeys.rsa(), name + "_WITH_RSA", MESSAGE));
  }

  /** NONE_WITH_RSA adds no DigestInfo: what comes out under the padding is what went in. */
  @ParameterizedTest
  @CsvSource({"1", "9", "32", "245"})
  void rsaWithoutAHashPadsWhateverIsGiven(int length) throws Exception {
    Bytes payload = Bytes.of(new byte[length]);

    Bytes signature = TestKeys.sign(TestKeys.rsa(), "NONE_WITH_RSA", payload);

    Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
    cipher.init(Cipher.DECRYPT_MODE, publicKey(TestKeys.rsa(), "RSA"));
    assertThat(cipher.doFinal(signature.toArray())).isEqualTo(payload.toArray());
  }

  @ParameterizedTest
  @EnumSource
  void pssSaltsAreAsLongAsTheSettingSays(SignatureSettings.PssSalt salt) throws Exception {
    SignatureSettings settings =
        new SignatureSettings(salt, SignatureSettings.EdEncoding.RAW, false);
    int length =
        switch (salt) {
          case DIGEST_LENGTH -> 48;
          case TWENTY -> 20;
          case MAXIMUM -> 256 - 48 - 2;
        };
    Bytes digest = Bytes.of(MessageDigest.getInstance("SHA-384").digest(MESSAGE.toArray()));
    Signing signing = new Signing(settings, TestKeys.RANDOM);
    SignatureAlgorithm ofMessage = SignatureAlgorithm.of("SHA384_WITH_RSA_PSS");
    SignatureAlgorithm ofDigest = SignatureAlgorithm.of("NONESHA384_WITH_RSA_PSS");

    Bytes one = signing.sign(TestKeys.rsa(), SignInput.of(ofMessage, MESSAGE)).signature();
    Bytes other = signing.sign(TestKeys.rsa(), SignInput.of(ofDigest, digest)).signature();

    assertThat(verifiesAsPss(one, length)).isTrue();
    assertThat(verifiesAsPss(other, length)).isTrue();
    assertThat(new Verification(settings).verify(TestKeys.rsa(), ofMessage, MESSAGE, other, null))
        .isTrue();
  }

  private static boolean verifiesAsPss(Bytes signature, int saltLength) throws Exception {
    Signature verifier = Signature.getInstance("RSASSA-PSS");
    verifier.setParameter(
        new PSSParameterSpec("SHA-384", "MGF1", MGF1ParameterSpec.SHA384, saltLength, 1));
    verifier.initVerify(publicKey(TestKeys.rsa(), "RSA"));
    verifier.update(MESSAGE.toArray());
    return verifier.verify(signature.toArray());
  }

  @ParameterizedTest
  @CsvSource({"1", "9", "20", "32", "64", "100"})
  void ecdsaWithoutAHashTakesADigestOfAnyLength(int length) throws Exception {
    Bytes payload = Bytes.of(new byte[length]);

    Bytes signature = TestKeys.sign(TestKeys.p256(), "NONE_WITH_ECDSA", payload);

    // The JDK's own form takes at most 64 bytes; Bouncy Castle's any number.
    Signature verifier = Signature.getInstance("NONEwithECDSA", BouncyCastle.provider());
    verifier.initVerify(publicKey(TestKeys.p256(), "EC"));
    verifier.update(payload.toArray());
    assertThat(verifier.verify(signature.toArray())).isTrue();
  }

  private static PublicKey publicKey(KeyMaterial key, String type) throws Exception {
    return KeyFactory.getInstance(type)
        .generatePublic(new X509EncodedKeySpec(Objects.requireNonNull(key.publicKey()).toArray()));
  }

  private static PrivateKey privateKey(KeyMaterial key, String type) throws Exception {
    return KeyFactory.getInstance(type)
        .generatePrivate(
            new PKCS8EncodedKeySpec(Objects.requireNonNull(key.privateKey()).toArray()));
  }
}
