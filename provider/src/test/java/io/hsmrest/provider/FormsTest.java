package io.hsmrest.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hsmrest.provider.SoftService.Asked;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.SignatureException;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the service is asked for, and what instead when it does not know it. */
class FormsTest {
  private static final int LIMIT = 64 * 1024;

  private final SoftService service = new SoftService();

  @AfterEach
  void stop() {
    service.close();
  }

  private Signature ready(SignatureAlgorithm row, String type, String... settings)
      throws GeneralSecurityException {
    String label = service.add(type);
    return ready(row, label, service.provider(settings));
  }

  private static Signature ready(SignatureAlgorithm row, String label, HsmRestProvider provider)
      throws GeneralSecurityException {
    Signature signature = Signature.getInstance(row.jcaName(), provider);
    signature.initSign(SoftService.handle(provider, label));
    if (row == SignatureAlgorithm.RSASSA_PSS) {
      signature.setParameter(Verifier.pss(row));
    }
    return signature;
  }

  private static void sign(Signature signature, SignatureAlgorithm row, String type, int length)
      throws GeneralSecurityException {
    byte[] message = new byte[length];
    signature.update(message);
    assertThat(Verifier.verifies(row, SoftKeys.pair(type).getPublic(), message, signature.sign()))
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "SHA224_RSA, RSA, NONESHA224_WITH_RSA, 28",
    "SHA512_RSA, RSA, NONESHA512_WITH_RSA, 64",
    "SHA384_PSS, RSA, NONESHA384_WITH_RSA_PSS, 48",
    "SHA3_384_ECDSA, EC:secp256r1, NONE_WITH_ECDSA, 48",
    "ED25519, ED, EDDSA, 1000",
    "ML_DSA_ANY, ML-DSA-65, ML_DSA, 1000"
  })
  void digestsAreSentWhereverTheSchemeAllows(
      SignatureAlgorithm row, String type, String asked, int length)
      throws GeneralSecurityException {
    sign(ready(row, type), row, type, 1000);
    assertThat(service.asked()).containsExactly(new Asked(asked, null, length));
  }

  @ParameterizedTest
  @CsvSource({
    "SHA256_RSA, RSA, SHA256_WITH_RSA",
    "RSASSA_PSS, RSA, SHA256_WITH_RSA_PSS",
    "SHA512_PSS, RSA, SHA512_WITH_RSA_PSS",
    "SHA256_ECDSA_P1363, EC:secp256r1, SHA256_WITH_ECDSA",
    "SHA3_256_ECDSA, EC:secp384r1, SHA3256_WITH_ECDSA"
  })
  void messagesAreSentWhenTheHsmIsToHash(SignatureAlgorithm row, String type, String asked)
      throws GeneralSecurityException {
    Signature signature = ready(row, type, "sign.hash=hsm");
    sign(signature, row, type, LIMIT);
    assertThat(service.asked()).containsExactly(new Asked(asked, null, LIMIT));
    signature.update(new byte[LIMIT + 1]);
    assertThatThrownBy(signature::sign)
        .isInstanceOf(SignatureException.class)
        .hasMessageContaining("65537 bytes")
        .hasMessageContaining("65536")
        .hasMessageContaining("sign.hash=local");
    assertThat(service.asked()).hasSize(1);
    sign(signature, row, type, 7);
  }

  @Test
  void whatWasHashedAlreadyIsSentAsItIsThoughTheHsmIsToHash() throws GeneralSecurityException {
    Signature signature = ready(SignatureAlgorithm.NONE_ECDSA, "EC:secp256r1", "sign.hash=hsm");
    sign(signature, SignatureAlgorithm.NONE_ECDSA, "EC:secp256r1", 32);
    assertThat(service.asked()).containsExactly(new Asked("NONE_WITH_ECDSA", null, 32));
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "RSASSA_PSS",
        "SHA224_PSS",
        "SHA256_PSS",
        "SHA384_PSS",
        "SHA512_PSS",
        "SHA224_RSA",
        "SHA256_RSA",
        "SHA384_RSA",
        "SHA512_RSA"
      })
  void aServiceThatDoesNotKnowDigestsIsSentMessagesAndIsAskedOnce(SignatureAlgorithm row)
      throws GeneralSecurityException {
    Hash named = row.hash();
    Hash hash = named == null ? Hash.SHA256 : named;
    String digests = row.family().forDigest(hash);
    String messages = row.family().forMessage(hash);
    service.lacking(digests);
    String label = service.add("RSA");
    HsmRestProvider provider = service.provider();
    Signature signature = ready(row, label, provider);
    sign(signature, row, "RSA", 100);
    assertThat(service.asked())
        .containsExactly(new Asked(digests, null, hash.length()), new Asked(messages, null, 100));
    sign(signature, row, "RSA", LIMIT);
    sign(ready(row, label, provider), row, "RSA", 5);
    assertThat(service.asked())
        .hasSize(4)
        .endsWith(new Asked(messages, null, LIMIT), new Asked(messages, null, 5));
  }

  /** The contract's codes for what it does not know, cannot do, or cannot read. */
  @ParameterizedTest
  @ValueSource(ints = {600, 607, 611, 635, 501, 101})
  void everyWayOfNotKnowingAFormLeadsToTheOther(int code) throws GeneralSecurityException {
    service.lacking("NONESHA256_WITH_RSA_PSS").sayingSoWith(code);
    Signature signature = ready(SignatureAlgorithm.RSASSA_PSS, "RSA");
    sign(signature, SignatureAlgorithm.RSASSA_PSS, "RSA", 10);
    sign(signature, SignatureAlgorithm.RSASSA_PSS, "RSA", 10);
    assertThat(service.asked())
        .extracting(Asked::algorithm)
        .containsExactly("NONESHA256_WITH_RSA_PSS", "SHA256_WITH_RSA_PSS", "SHA256_WITH_RSA_PSS");
  }

  @ParameterizedTest
  @ValueSource(ints = {631, 650, 698, 701})
  void anyOtherRefusalIsFinal(int code) throws GeneralSecurityException {
    Signature signature = ready(SignatureAlgorithm.RSASSA_PSS, "RSA");
    service.refusing(code);
    assertThatThrownBy(signature::sign)
        .isInstanceOf(SignatureException.class)
        .hasMessageContaining(Integer.toString(code))
        .hasMessageContaining("RSASSA-PSS")
        .hasMessageContaining("'key-RSA'");
    assertThat(service.asked())
        .extracting(Asked::algorithm)
        .containsOnly("NONESHA256_WITH_RSA_PSS");
  }

  @Test
  void aLongMessageForAServiceThatDoesNotKnowDigestsIsRefusedWithTheReason()
      throws GeneralSecurityException {
    service.lacking("NONESHA256_WITH_RSA_PSS");
    Signature signature = ready(SignatureAlgorithm.RSASSA_PSS, "RSA");
    for (int i = 0; i < 2; i++) {
      signature.update(new byte[LIMIT + 1]);
      assertThatThrownBy(signature::sign)
          .isInstanceOf(SignatureException.class)
          .hasMessageContaining("65537 bytes")
          .hasMessageContaining("NONESHA256_WITH_RSA_PSS")
          .hasMessageContaining("newer services");
    }
    sign(signature, SignatureAlgorithm.RSASSA_PSS, "RSA", 10);
  }

  @Test
  void nothingIsConcludedFromARefusalThatTheOtherFormMeetsToo() throws GeneralSecurityException {
    service.lacking("NONESHA256_WITH_RSA", "SHA256_WITH_RSA");
    Signature signature = ready(SignatureAlgorithm.SHA256_RSA, "RSA");
    assertThatThrownBy(signature::sign)
        .isInstanceOf(SignatureException.class)
        .hasMessageContaining("key-RSA")
        .satisfies(e -> assertThat(e.getCause().getSuppressed()).hasSize(1));
    assertThatThrownBy(signature::sign).isInstanceOf(SignatureException.class);
    assertThat(service.asked())
        .extracting(Asked::algorithm)
        .containsExactly(
            "NONESHA256_WITH_RSA", "SHA256_WITH_RSA", "NONESHA256_WITH_RSA", "SHA256_WITH_RSA");
  }

  @Test
  void aServiceThatForgetsAFormIsBelievedTheNextTime() throws GeneralSecurityException {
    Signature signature = ready(SignatureAlgorithm.SHA256_RSA, "RSA");
    sign(signature, SignatureAlgorithm.SHA256_RSA, "RSA", 10);
    sign(signature, SignatureAlgorithm.SHA256_RSA, "RSA", 10);
    signature.update(new byte[10]);
    service.lacking("NONESHA256_WITH_RSA");
    assertThatThrownBy(signature::sign)
        .isInstanceOf(SignatureException.class)
        .hasMessageContaining("try again");
    signature.sign();
    sign(signature, SignatureAlgorithm.SHA256_RSA, "RSA", 10);
  }

  @ParameterizedTest
  @CsvSource({
    "Ed25519, ED",
    "EdDSA, ED",
    "ML-DSA, ML-DSA-44",
    "ML-DSA-87, ML-DSA-87",
    "SLH-DSA, SLH-DSA-SHA2-128f",
    "SLH-DSA-SHA2-128f, SLH-DSA-SHA2-128f"
  })
  void whatCannotBeHashedBeforehandIsRefusedBeyondTheLimit(String name, String type)
      throws GeneralSecurityException {
    String label = service.add(type);
    HsmRestProvider provider = service.provider();
    Signature signature = Signature.getInstance(name, provider);
    signature.initSign(SoftService.handle(provider, label));
    signature.update(new byte[LIMIT]);
    signature.sign();
    signature.update(new byte[LIMIT + 1]);
    assertThatThrownBy(signature::sign)
        .isInstanceOf(SignatureException.class)
        .hasMessageContaining("65537 bytes")
        .hasMessageContaining(name + " cannot be hashed beforehand");
    assertThat(service.asked()).hasSize(1);
    assertThat(signature.sign()).isNotEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"SHA224", "SHA256", "SHA384", "SHA512"})
  void aDigestInfoIsSentAsTheDigestInIt(Hash hash) throws GeneralSecurityException {
    byte[] info = hash.digestInfo(new byte[hash.length()]);
    Signature signature = ready(SignatureAlgorithm.NONE_RSA, "RSA");
    signature.update(info);
    byte[] made = signature.sign();
    assertThat(service.asked())
        .containsExactly(new Asked("NONE" + hash.serviceName() + "_WITH_RSA", null, hash.length()));
    assertThat(
            Verifier.verifies(
                SignatureAlgorithm.NONE_RSA, SoftKeys.pair("RSA").getPublic(), info, made))
        .isTrue();
  }

  @Test
  void aDigestInfoIsSentAsItIsWhereTheServiceDoesNotKnowDigests() throws GeneralSecurityException {
    service.lacking("NONESHA256_WITH_RSA");
    Signature signature = ready(SignatureAlgorithm.NONE_RSA, "RSA");
    signature.update(Hash.SHA256.digestInfo(new byte[32]));
    signature.sign();
    assertThat(service.asked())
        .containsExactly(
            new Asked("NONESHA256_WITH_RSA", null, 32), new Asked("NONE_WITH_RSA", null, 51));
  }

  @ParameterizedTest
  @CsvSource({
    // MD5 and SHA-1 together as in TLS 1.1, a DigestInfo of SHA-3, one with a byte missing.
    "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20212223",
    "3031300d060960864801650304020805000420000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
    "3031300d060960864801650304020105000420000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e"
  })
  void anythingElseIsPaddedAsItIs(String hex) throws GeneralSecurityException {
    byte[] raw = HexFormat.of().parseHex(hex);
    Signature signature = ready(SignatureAlgorithm.NONE_RSA, "RSA");
    signature.update(raw);
    signature.sign();
    assertThat(service.asked()).containsExactly(new Asked("NONE_WITH_RSA", null, raw.length));
  }

  @ParameterizedTest
  @CsvSource({
    "NONE_RSA, RSA, 245",
    "NONE_ECDSA, EC:secp256r1, 64",
    "NONE_ECDSA_P1363, EC:secp521r1, 64"
  })
  void rawInputHasALimitOfItsOwn(SignatureAlgorithm row, String type, int limit)
      throws GeneralSecurityException {
    Signature signature = ready(row, type);
    signature.update(new byte[limit]);
    signature.sign();
    signature.update(new byte[limit + 1]);
    assertThatThrownBy(signature::sign)
        .isInstanceOf(SignatureException.class)
        .hasMessageContaining(limit + " bytes at most (got " + (limit + 1) + ")");
    assertThat(service.asked()).hasSize(1);
  }

  @Test
  void ed25519IsAskedForInRawWhereTheServiceFailsToWriteDer() throws GeneralSecurityException {
    service.lacking("EDDSA");
    Signature signature = ready(SignatureAlgorithm.ED25519, "ED");
    sign(signature, SignatureAlgorithm.ED25519, "ED", 3);
    sign(signature, SignatureAlgorithm.ED25519, "ED", 3);
    assertThat(service.asked())
        .containsExactly(
            new Asked("EDDSA", null, 3),
            new Asked("EDDSA", "RAW", 3),
            new Asked("EDDSA", "RAW", 3));
  }

  @Test
  void eachServiceIsRememberedForItself() throws GeneralSecurityException {
    try (SoftService old = new SoftService()) {
      old.lacking("NONESHA256_WITH_RSA");
      old.add("RSA");
      HsmRestProvider oldProvider = old.provider();
      sign(
          ready(SignatureAlgorithm.SHA256_RSA, "key-RSA", oldProvider),
          SignatureAlgorithm.SHA256_RSA,
          "RSA",
          1);
      sign(ready(SignatureAlgorithm.SHA256_RSA, "RSA"), SignatureAlgorithm.SHA256_RSA, "RSA", 1);
      assertThat(old.asked()).hasSize(2);
      assertThat(service.asked()).hasSize(1);
    }
  }
}
