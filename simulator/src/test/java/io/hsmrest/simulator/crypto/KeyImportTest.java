package io.hsmrest.simulator.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Key material from outside (contract 2.1.6). */
class KeyImportTest {

  @ParameterizedTest
  @CsvSource({
    "RSA,2048,",
    "DSA,1024,",
    "EC,,1.2.840.10045.3.1.7",
    "EC,,1.3.132.0.10",
    "EC,,1.3.36.3.3.2.8.1.1.7",
    "ED,,",
    "ML-DSA-65,,",
    "SLH-DSA-SHAKE-128f,,",
    "ML-KEM-768,,",
    "LMS,,",
    "XMSS-SHA256_10_256,,"
  })
  void aPrivateKeyTellsItsPublicHalf(String algorithm, Integer bits, String curve) {
    KeyMaterial key = TestKeys.key(new KeySpec(algorithm, null, curve, bits));

    KeyMaterial imported = KeyImport.keyPair(algorithm, privateKey(key), null, null);

    assertThat(imported.publicKey()).isEqualTo(key.publicKey());
    assertThat(imported.keySize()).isEqualTo(key.keySize());
    assertThat(imported.curveOid()).isEqualTo(key.curveOid());
    assertThat(KeyImport.keyPair(algorithm, privateKey(key), key.publicKey(), null))
        .isEqualTo(imported);
    assertThat(KeyImport.publicKey(algorithm, publicKey(key))).isEqualTo(imported.publicOnly());
  }

  @Test
  void theOlderFormOfRsaKeysIsTaken() throws Exception {
    ASN1Encodable pkcs1 =
        PrivateKeyInfo.getInstance(privateKey(TestKeys.rsa()).toArray()).parsePrivateKey();
    Bytes der = Bytes.of(pkcs1.toASN1Primitive().getEncoded("DER"));

    KeyMaterial imported = KeyImport.keyPair("RSA", der, null, null);

    assertThat(imported.publicKey()).isEqualTo(TestKeys.rsa().publicKey());
    Bytes signature = TestKeys.sign(imported, "SHA256_WITH_RSA", TestKeys.text("x"));
    assertThat(TestKeys.verify(TestKeys.rsa(), "SHA256_WITH_RSA", TestKeys.text("x"), signature))
        .isTrue();
  }

  @Test
  void aCertificateBringsThePublicKey() {
    Bytes certificate = TestCertificates.selfSigned(TestKeys.p256(), "k");

    assertThat(KeyImport.certificate(null, certificate).publicKey())
        .isEqualTo(TestKeys.p256().publicKey());
    assertThat(KeyImport.keyPair("EC", privateKey(TestKeys.p256()), null, certificate).publicKey())
        .isEqualTo(TestKeys.p256().publicKey());
    assertRefused(
        407, () -> KeyImport.keyPair("EC", privateKey(TestKeys.secp256k1()), null, certificate));
  }

  @Test
  void whatIsNoKeyIsRefused() {
    Bytes rubbish = TestKeys.text("rubbish");
    assertRefused(625, () -> KeyImport.keyPair("RSA", rubbish, null, null));
    assertRefused(625, () -> KeyImport.publicKey("RSA", rubbish));
    assertRefused(626, () -> KeyImport.certificate(null, rubbish));
    assertRefused(625, () -> KeyImport.secretKey("AES", rubbish));
    assertRefused(600, () -> KeyImport.publicKey("X25519", rubbish));
    assertRefused(607, () -> KeyImport.publicKey("BLS", rubbish));
  }

  @Test
  void aKeyOfAnotherAlgorithmIsRefused() {
    assertRefused(407, () -> KeyImport.keyPair("RSA", privateKey(TestKeys.p256()), null, null));
    assertRefused(407, () -> KeyImport.publicKey("EC", publicKey(TestKeys.rsa())));
    assertRefused(407, () -> KeyImport.publicKey("ED", publicKey(TestKeys.p256())));
    assertRefused(
        407,
        () ->
            KeyImport.publicKey("ML-DSA-44", publicKey(TestKeys.key(KeySpec.named("ML-DSA-65")))));
    assertRefused(407, () -> KeyImport.secretKey("RSA", TestKeys.text("x")));
    assertRefused(407, () -> KeyImport.publicKey("AES", publicKey(TestKeys.rsa())));
  }

  @Test
  void halvesThatDoNotBelongTogetherAreRefused() {
    assertRefused(
        407,
        () ->
            KeyImport.keyPair(
                "EC",
                privateKey(TestKeys.p256()),
                new KeyCreation(TestKeys.RANDOM).create(KeySpec.ec(TestKeys.P256)).publicKey(),
                null));
  }

  private static Bytes privateKey(KeyMaterial key) {
    return Objects.requireNonNull(key.privateKey());
  }

  private static Bytes publicKey(KeyMaterial key) {
    return Objects.requireNonNull(key.publicKey());
  }

  private static void assertRefused(int code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ServiceRefusal.class, refusal -> assertThat(refusal.errorCode()).isEqualTo(code));
  }
}
