package io.hsmrest.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hsmrest.client.model.Octets;
import io.hsmrest.keystore.HsmPrivateKey;
import io.hsmrest.keystore.HsmSigner;
import io.hsmrest.keystore.RemoteSignature;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.Provider;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the service may answer with, good and bad. */
class AnswersTest {
  private static final byte[] MESSAGE = {1, 2, 3, 4, 5};

  private final SoftService service = new SoftService();

  @AfterEach
  void stop() {
    service.close();
  }

  private byte[] sign(SignatureAlgorithm row, String type, String... settings)
      throws GeneralSecurityException {
    String label = service.add(type);
    HsmRestProvider provider = service.provider(settings);
    return sign(row, provider, SoftService.handle(provider, label), Verifier.pss(row));
  }

  private static byte[] sign(
      SignatureAlgorithm row, Provider provider, HsmPrivateKey key, PSSParameterSpec pss)
      throws GeneralSecurityException {
    Signature signature = Signature.getInstance(row.jcaName(), provider);
    signature.initSign(key);
    if (row == SignatureAlgorithm.RSASSA_PSS) {
      signature.setParameter(pss);
    }
    signature.update(MESSAGE);
    return signature.sign();
  }

  /** Forms in which services write a pair of numbers, or 64 bytes. */
  enum Form {
    DER,
    RAW,
    OCTET_STRING,
    BIT_STRING,
    MISSING_ZEROS;

    byte[] ed25519(byte[] signature) {
      return switch (this) {
        case DER -> SignatureEncoding.der(SignatureEncoding.halves(signature));
        case RAW -> signature;
        case OCTET_STRING -> joined(new byte[] {4, 64}, signature);
        case BIT_STRING -> joined(new byte[] {3, 65, 0}, signature);
        case MISSING_ZEROS -> {
          byte[] head = joined(new byte[] {0x30, 68, 2, 32}, Arrays.copyOf(signature, 32));
          yield joined(joined(head, new byte[] {2, 32}), Arrays.copyOfRange(signature, 32, 64));
        }
      };
    }
  }

  private static byte[] joined(byte[] head, byte[] tail) {
    byte[] all = Arrays.copyOf(head, head.length + tail.length);
    System.arraycopy(tail, 0, all, head.length, tail.length);
    return all;
  }

  @ParameterizedTest
  @EnumSource
  void ed25519IsHandedOutAs64BytesWhateverTheServiceWrites(Form form)
      throws GeneralSecurityException {
    service.answering(form::ed25519);
    // A key has one signature of a message: only another key makes another one.
    for (int i = 0; i < 20; i++) {
      KeyPair pair = SoftKeys.another("ED");
      service.put("key-" + i, "ED", pair);
      HsmRestProvider provider = service.provider();
      byte[] signature =
          sign(
              SignatureAlgorithm.ED25519,
              provider,
              SoftService.handle(provider, "key-" + i),
              Verifier.pss(SignatureAlgorithm.ED25519));
      assertThat(signature).hasSize(64);
      assertThat(
              Verifier.verifies(SignatureAlgorithm.ED25519, pair.getPublic(), MESSAGE, signature))
          .isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"EC:secp256r1", "EC:secp521r1", "EC:secp256k1"})
  void ecdsaIsHandedOutAsItsNameSaysWhateverTheServiceWrites(String type)
      throws GeneralSecurityException {
    int bits = type.contains("521") ? 521 : 256;
    for (UnaryOperator<byte[]> form :
        List.<UnaryOperator<byte[]>>of(der -> der, der -> SignatureEncoding.p1363(der, bits))) {
      service.answering(form);
      for (SignatureAlgorithm row :
          List.of(SignatureAlgorithm.SHA256_ECDSA, SignatureAlgorithm.SHA256_ECDSA_P1363)) {
        byte[] signature = sign(row, type);
        assertThat(Verifier.verifies(row, SoftKeys.pair(type).getPublic(), MESSAGE, signature))
            .isTrue();
      }
    }
  }

  /** What a broken, or a dishonest, service may answer. */
  enum Wrong {
    EMPTY,
    SHORT,
    ONE_BYTE_MORE,
    OF_ANOTHER_KEY,
    OF_ANOTHER_MESSAGE,
    ONE_BIT_CHANGED,
    ALL_ZERO,
    HUGE_NUMBERS,
    ZERO_NUMBERS;

    byte[] instead(byte[] good, String type, String algorithm) {
      try {
        return switch (this) {
          case EMPTY -> new byte[0];
          case SHORT -> Arrays.copyOf(good, good.length - 1);
          case ONE_BYTE_MORE -> Arrays.copyOf(good, good.length + 1);
          case OF_ANOTHER_KEY -> SoftKeys.sign(SoftKeys.another(type), algorithm, new byte[32], -1);
          case OF_ANOTHER_MESSAGE ->
              SoftKeys.sign(SoftKeys.pair(type), algorithm, new byte[32], -1);
          case ONE_BIT_CHANGED -> {
            byte[] changed = good.clone();
            changed[changed.length - 5] ^= 4;
            yield changed;
          }
          case ALL_ZERO -> new byte[good.length];
          case HUGE_NUMBERS ->
              SignatureEncoding.der(
                  new BigInteger[] {BigInteger.ONE.shiftLeft(600), BigInteger.ONE.shiftLeft(600)});
          case ZERO_NUMBERS ->
              SignatureEncoding.der(new BigInteger[] {BigInteger.ZERO, BigInteger.ZERO});
        };
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void wrongAnswersAreNotHandedOut(Wrong wrong) {
    assertRefused(wrong, SignatureAlgorithm.SHA256_RSA, "RSA", "NONESHA256_WITH_RSA");
    assertRefused(wrong, SignatureAlgorithm.RSASSA_PSS, "RSA", "NONESHA256_WITH_RSA_PSS");
    assertRefused(wrong, SignatureAlgorithm.SHA256_ECDSA, "EC:secp256r1", "NONE_WITH_ECDSA");
    assertRefused(wrong, SignatureAlgorithm.SHA256_ECDSA_P1363, "EC:secp256r1", "NONE_WITH_ECDSA");
    assertRefused(wrong, SignatureAlgorithm.SHA256_ECDSA, "EC:secp256k1", "NONE_WITH_ECDSA");
    assertRefused(wrong, SignatureAlgorithm.ED25519, "ED", "EDDSA");
    assertRefused(wrong, SignatureAlgorithm.NONE_RSA, "RSA", "NONE_WITH_RSA");
    assertRefused(wrong, SignatureAlgorithm.NONE_ECDSA, "EC:secp256r1", "NONE_WITH_ECDSA");
    assertRefused(wrong, SignatureAlgorithm.ML_DSA_44, "ML-DSA-44", "ML_DSA");
    assertRefused(wrong, SignatureAlgorithm.SLH_DSA_ANY, "SLH-DSA-SHA2-128f", "SLH_DSA");
  }

  private void assertRefused(Wrong wrong, SignatureAlgorithm row, String type, String algorithm) {
    service.answering(good -> wrong.instead(good, type, algorithm));
    int before = service.asked().size();
    assertThatThrownBy(() -> sign(row, type))
        .as("%s for %s", wrong, row)
        .isInstanceOf(SignatureException.class)
        .hasMessageContaining(row.jcaName())
        .hasMessageContaining("'key-" + type.replace(':', '-') + "'")
        .hasMessageContaining("HTTP 200");
    assertThat(service.asked()).hasSize(before + 1);
  }

  /** Where people approved, so that they can be told which request it was. */
  @Test
  void theRequestIsNamedWhoseSignatureIsNotHandedOut() {
    String label = service.add("RSA");
    HsmPrivateKey key = SoftService.handle(service.provider(), label);
    AnswerCheck check =
        new AnswerCheck(
            SignatureAlgorithm.SHA256_RSA, key, HsmSigner.of(key), Hash.SHA256, new byte[32]);
    for (int length : new int[] {3, 256}) {
      RemoteSignature answer =
          RemoteSignature.executed(Octets.of(new byte[length]), "SHA256_WITH_RSA", "request-7");
      assertThatThrownBy(() -> check.accept(answer))
          .isInstanceOf(SignatureException.class)
          .hasMessageContaining("SHA256withRSA")
          .hasMessageContaining("'" + label + "'")
          .hasMessageContaining(length + " bytes")
          .hasMessageContaining("request request-7 EXECUTED");
    }
  }

  @Test
  void aSignatureWithAnotherAlgorithmIsNotHandedOut() {
    service.answering(
        good -> {
          try {
            return SoftKeys.sign(SoftKeys.pair("RSA"), "SHA256_WITH_RSA", MESSAGE, -1);
          } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
          }
        });
    assertThatThrownBy(() -> sign(SignatureAlgorithm.RSASSA_PSS, "RSA"))
        .isInstanceOf(SignatureException.class)
        .hasMessageContaining("does not verify");
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 222, 0})
  void anotherSaltIsNamed(int salt) {
    service.withPssSalt(salt);
    assertThatThrownBy(() -> sign(SignatureAlgorithm.RSASSA_PSS, "RSA"))
        .isInstanceOf(SignatureException.class)
        .hasMessageContaining("whose salt has " + salt + " bytes")
        .hasMessageContaining("promise 32")
        .hasMessageContaining("'key-RSA'");
  }

  @Test
  void aRefusalOfTheServiceIsPassedOnWithItsWords() {
    service.add("RSA");
    assertThatThrownBy(
            () -> {
              service.lacking("NONESHA256_WITH_RSA", "SHA256_WITH_RSA");
              sign(SignatureAlgorithm.SHA256_RSA, "RSA");
            })
        .isInstanceOf(SignatureException.class)
        .hasMessageContaining("key-RSA")
        .hasMessageContaining("HTTP 400")
        .hasMessageContaining("600");
  }

  @Test
  void checkingOnlyTheFirstLetsALaterBadOneThrough() throws GeneralSecurityException {
    String label = service.add("RSA");
    HsmRestProvider provider = service.provider("sign.verify=first");
    Signature signature = Signature.getInstance("SHA256withRSA", provider);
    signature.initSign(SoftService.handle(provider, label));
    service.answering(good -> new byte[256]);
    assertThatThrownBy(signature::sign).isInstanceOf(SignatureException.class);
    service.answering(good -> good);
    assertThat(signature.sign()).isNotEqualTo(new byte[256]);
    service.answering(good -> new byte[256]);
    assertThat(signature.sign()).isEqualTo(new byte[256]);
    Signature other = Signature.getInstance("SHA384withRSA", provider);
    other.initSign(SoftService.handle(provider, label));
    assertThatThrownBy(other::sign).isInstanceOf(SignatureException.class);
  }

  /** Somebody has replaced the key: its signatures have not been checked yet. */
  @Test
  void theFirstOfAnotherKeyUnderTheSameLabelIsCheckedToo() throws Exception {
    String label = service.add("RSA");
    HsmRestProvider provider = service.provider("sign.verify=first");
    KeyStore store = KeyStore.getInstance(HsmRestProvider.NAME, provider);
    store.load(null, null);
    HsmPrivateKey one = (HsmPrivateKey) store.getKey(label, null);
    sign(SignatureAlgorithm.SHA256_RSA, provider, one, Verifier.pss(SignatureAlgorithm.SHA256_RSA));
    service.put(label, "RSA", SoftKeys.another("RSA"));
    store.load(null, null);
    HsmPrivateKey other = (HsmPrivateKey) store.getKey(label, null);
    assertThat(other.publicKey()).isNotEqualTo(one.publicKey());
    service.answering(good -> new byte[256]);
    assertThatThrownBy(
            () ->
                sign(
                    SignatureAlgorithm.SHA256_RSA,
                    provider,
                    other,
                    Verifier.pss(SignatureAlgorithm.SHA256_RSA)))
        .isInstanceOf(SignatureException.class)
        .hasMessageContaining("nothing was handed out");
  }

  @Test
  void theFirstWithOtherParametersIsCheckedToo() throws GeneralSecurityException {
    String label = service.add("RSA");
    HsmRestProvider provider = service.provider("sign.verify=first");
    HsmPrivateKey key = SoftService.handle(provider, label);
    sign(SignatureAlgorithm.RSASSA_PSS, provider, key, Verifier.pss(SignatureAlgorithm.SHA256_PSS));
    service.answering(good -> new byte[256]);
    assertThatThrownBy(
            () ->
                sign(
                    SignatureAlgorithm.RSASSA_PSS,
                    provider,
                    key,
                    Verifier.pss(SignatureAlgorithm.SHA512_PSS)))
        .isInstanceOf(SignatureException.class)
        .hasMessageContaining("nothing was handed out");
  }

  @Test
  void withoutAnyCheckTheFormIsCheckedAllTheSame() throws GeneralSecurityException {
    service.answering(good -> new byte[256]);
    assertThat(sign(SignatureAlgorithm.SHA256_RSA, "RSA", "sign.verify=never"))
        .isEqualTo(new byte[256]);
    service.answering(good -> new byte[1]);
    for (String type : List.of("RSA", "EC:secp256r1", "ED", "ML-DSA-44")) {
      SignatureAlgorithm row =
          switch (type) {
            case "RSA" -> SignatureAlgorithm.SHA256_RSA;
            case "ED" -> SignatureAlgorithm.ED25519;
            case "ML-DSA-44" -> SignatureAlgorithm.ML_DSA_44;
            default -> SignatureAlgorithm.SHA256_ECDSA_P1363;
          };
      assertThatThrownBy(() -> sign(row, type, "sign.verify=never"))
          .isInstanceOf(SignatureException.class)
          .hasMessageContaining("no such signature");
    }
  }
}
