package io.hsmrest.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hsmrest.keystore.HsmPrivateKey;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every row of the table, called in every way in which JCA lets it be called. The module tests runs
 * it again on the newest JDK, by its tag.
 */
@Tag("scenario")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignatureCallPatternsTest {
  private static final byte[] SHORT =
      "short enough to pass for a digest".getBytes(StandardCharsets.US_ASCII);

  private final SoftService service = new SoftService();
  private HsmRestProvider provider = service.provider();

  static Stream<SignatureAlgorithm> everyRow() {
    return Arrays.stream(SignatureAlgorithm.values());
  }

  /**
   * Those that sign here. SLH-DSA takes long in software: one row stands for the others, which sign
   * in {@link PostQuantumTest} and are refused and asked here like every row.
   */
  static Stream<SignatureAlgorithm> rows() {
    return Arrays.stream(SignatureAlgorithm.values())
        .filter(row -> row.family() != KeyFamily.SLH_DSA || row == SignatureAlgorithm.SLH_DSA_ANY);
  }

  @BeforeAll
  void addKeys() {
    everyRow().forEach(row -> service.add(type(row)));
    provider = service.provider();
  }

  @AfterAll
  void stop() {
    service.close();
  }

  static String type(SignatureAlgorithm row) {
    return switch (row.family()) {
      case RSA, RSA_PSS -> "RSA";
      case ECDSA -> "EC:secp256r1";
      case EDDSA -> "ED";
      case ML_DSA -> row == SignatureAlgorithm.ML_DSA_ANY ? "ML-DSA-44" : row.jcaName();
      case SLH_DSA -> row == SignatureAlgorithm.SLH_DSA_ANY ? "SLH-DSA-SHA2-128f" : row.jcaName();
    };
  }

  private HsmPrivateKey key(SignatureAlgorithm row) {
    return SoftService.handle(provider, "key-" + type(row).replace(':', '-'));
  }

  private Signature ready(SignatureAlgorithm row) throws GeneralSecurityException {
    Signature signature = Signature.getInstance(row.jcaName(), provider);
    signature.initSign(key(row));
    if (row == SignatureAlgorithm.RSASSA_PSS) {
      signature.setParameter(Verifier.pss(row));
    }
    return signature;
  }

  private void assertSigned(SignatureAlgorithm row, byte[] message, byte[] signature)
      throws GeneralSecurityException {
    assertThat(Verifier.verifies(row, SoftKeys.pair(type(row)).getPublic(), message, signature))
        .as("%s over %d bytes", row, message.length)
        .isTrue();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void signsSingleBytes(SignatureAlgorithm row) throws GeneralSecurityException {
    Signature signature = ready(row);
    for (byte b : SHORT) {
      signature.update(b);
    }
    assertSigned(row, SHORT, signature.sign());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void signsSlices(SignatureAlgorithm row) throws GeneralSecurityException {
    byte[] padded = new byte[SHORT.length + 20];
    System.arraycopy(SHORT, 0, padded, 7, SHORT.length);
    Signature signature = ready(row);
    signature.update(padded, 7, 10);
    signature.update(padded, 17, 0);
    signature.update(padded, 17, SHORT.length - 10);
    assertSigned(row, SHORT, signature.sign());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void signsBuffersOnAndOffTheHeap(SignatureAlgorithm row) throws GeneralSecurityException {
    ByteBuffer direct = ByteBuffer.allocateDirect(SHORT.length);
    direct.put(SHORT).flip();
    ByteBuffer heap = ByteBuffer.wrap(SHORT, 3, 9).slice();
    ByteBuffer readOnly = ByteBuffer.wrap(SHORT, 12, 4).asReadOnlyBuffer();
    Signature signature = ready(row);
    signature.update(direct);
    signature.update(heap);
    signature.update(readOnly);
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.writeBytes(SHORT);
    whole.write(SHORT, 3, 9);
    whole.write(SHORT, 12, 4);
    assertThat(direct.hasRemaining() || heap.hasRemaining() || readOnly.hasRemaining()).isFalse();
    assertSigned(row, whole.toByteArray(), signature.sign());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void signsTheEmptyMessage(SignatureAlgorithm row) throws GeneralSecurityException {
    assertSigned(row, new byte[0], ready(row).sign());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void signsTwiceWithoutBeingInitialisedAgain(SignatureAlgorithm row)
      throws GeneralSecurityException {
    Signature signature = ready(row);
    signature.update(SHORT);
    assertSigned(row, SHORT, signature.sign());
    byte[] other = Arrays.copyOf(SHORT, 20);
    signature.update(other);
    assertSigned(row, other, signature.sign());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void forgetsPendingDataWhenInitialisedAgain(SignatureAlgorithm row)
      throws GeneralSecurityException {
    Signature signature = ready(row);
    signature.update((byte) 1);
    signature.initSign(key(row));
    signature.update(SHORT);
    assertSigned(row, SHORT, signature.sign());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void signsIntoAPartOfAnArray(SignatureAlgorithm row) throws GeneralSecurityException {
    Signature signature = ready(row);
    signature.update(SHORT);
    byte[] out = new byte[60_000];
    int length = signature.sign(out, 5, out.length - 5);
    assertSigned(row, SHORT, Arrays.copyOfRange(out, 5, 5 + length));
  }

  /** Whoever approved would have done so in vain. */
  @ParameterizedTest
  @MethodSource("rows")
  void asksNothingWhereTheSignatureMayNotFit(SignatureAlgorithm row)
      throws GeneralSecurityException {
    Signature signature = ready(row);
    signature.update((byte) 1);
    int before = service.asked().size();
    assertThatThrownBy(() -> signature.sign(new byte[40], 5, 35))
        .isInstanceOf(SignatureException.class)
        .hasMessageContaining(row.jcaName())
        .hasMessageContaining("'" + key(row).label() + "'")
        .hasMessageContaining("35 bytes");
    assertThat(service.asked()).hasSize(before);
    signature.update(SHORT);
    assertSigned(row, SHORT, signature.sign());
  }

  @ParameterizedTest
  @CsvSource({
    "SHA256_RSA, 256",
    "NONE_RSA, 256",
    "RSASSA_PSS, 256",
    "SHA256_ECDSA, 72",
    "SHA256_ECDSA_P1363, 64",
    "ED25519, 64",
    "ML_DSA_44, 2420"
  })
  void theLongestSignatureFitsAlways(SignatureAlgorithm row, int longest)
      throws GeneralSecurityException {
    Signature signature = ready(row);
    byte[] out = new byte[longest];
    signature.update(SHORT);
    int length = signature.sign(out, 0, longest);
    assertSigned(row, SHORT, Arrays.copyOf(out, length));
    assertThatThrownBy(() -> signature.sign(out, 0, longest - 1))
        .isInstanceOf(SignatureException.class)
        .hasMessageContaining(longest + " bytes");
  }

  @ParameterizedTest
  @MethodSource("rows")
  void canBeUsedAgainAfterAFailure(SignatureAlgorithm row) throws GeneralSecurityException {
    try (SoftService failing = new SoftService()) {
      String label = failing.add(type(row));
      HsmRestProvider own = failing.provider();
      Signature signature = Signature.getInstance(row.jcaName(), own);
      signature.initSign(SoftService.handle(own, label));
      if (row == SignatureAlgorithm.RSASSA_PSS) {
        signature.setParameter(Verifier.pss(row));
      }
      failing.answering(good -> new byte[3]);
      signature.update((byte) 1);
      assertThatThrownBy(signature::sign)
          .isInstanceOf(SignatureException.class)
          .hasMessageContaining("'" + label + "'")
          .hasMessageContaining(row.jcaName());
      failing.answering(good -> good);
      signature.update(SHORT);
      assertSigned(row, SHORT, signature.sign());
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void canBeUsedAgainAfterARefusal(SignatureAlgorithm row) throws GeneralSecurityException {
    Signature signature = ready(row);
    signature.update((byte) 1);
    service.refusing(701);
    try {
      assertThatThrownBy(signature::sign)
          .isInstanceOf(SignatureException.class)
          .hasMessageContaining("'" + key(row).label() + "'")
          .hasMessageContaining(row.jcaName())
          .hasMessageContaining("HTTP 403")
          .hasMessageContaining("701");
    } finally {
      service.refusing(0);
    }
    signature.update(SHORT);
    assertSigned(row, SHORT, signature.sign());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void carriesNothingFromVerifyingToSigningOrBack(SignatureAlgorithm row)
      throws GeneralSecurityException {
    Signature signature = ready(row);
    signature.initVerify(key(row).publicKey());
    signature.update((byte) 1);
    signature.initSign(key(row));
    signature.update(SHORT);
    byte[] made = signature.sign();
    assertSigned(row, SHORT, made);
    signature.update((byte) 2);
    signature.initVerify(key(row).publicKey());
    signature.update(SHORT);
    assertThat(signature.verify(made)).isTrue();
    assertThatThrownBy(signature::sign).isInstanceOf(SignatureException.class);
  }

  @ParameterizedTest
  @MethodSource("everyRow")
  void refusesNoKeyAtAll(SignatureAlgorithm row) throws GeneralSecurityException {
    Signature signature = Signature.getInstance(row.jcaName(), provider);
    assertThatThrownBy(() -> signature.initSign(null)).isInstanceOf(InvalidKeyException.class);
    assertThatThrownBy(() -> signature.initVerify((PublicKey) null))
        .isInstanceOf(InvalidKeyException.class);
  }

  @ParameterizedTest
  @MethodSource("everyRow")
  void refusesAKeyOfAnotherTypeWithoutAsking(SignatureAlgorithm row)
      throws GeneralSecurityException {
    Signature signature = Signature.getInstance(row.jcaName(), provider);
    HsmPrivateKey wrong = key(ofAnotherType(row));
    int before = service.asked().size();
    assertThatThrownBy(() -> signature.initSign(wrong))
        .isInstanceOf(InvalidKeyException.class)
        .hasMessageContaining(row.jcaName())
        .hasMessageContaining(wrong.toString());
    assertThat(service.asked()).hasSize(before);
  }

  @ParameterizedTest
  @MethodSource("everyRow")
  void asksTheServiceNothingForForeignKeys(SignatureAlgorithm row) throws GeneralSecurityException {
    Signature signature = Signature.getInstance(row.jcaName(), provider);
    int before = service.asked().size();
    if (row.isBouncyCastlesName()) {
      // The JDK has no engine of this name and does the work under its own.
      signature.initSign(SoftKeys.pair(type(row)).getPrivate());
      signature.update(SHORT);
      assertSigned(row, SHORT, signature.sign());
    } else {
      assertThatThrownBy(() -> signature.initSign(SoftKeys.pair(type(row)).getPrivate()))
          .isInstanceOf(InvalidKeyException.class);
    }
    assertThat(service.asked()).hasSize(before);
  }

  @ParameterizedTest
  @MethodSource("everyRow")
  void isNotSignedWithAfterARefusedKey(SignatureAlgorithm row) throws GeneralSecurityException {
    HsmPrivateKey wrong = key(ofAnotherType(row));
    Signature signature = ready(row);
    signature.update(SHORT);
    int before = service.asked().size();
    assertThatThrownBy(() -> signature.initSign(wrong)).isInstanceOf(InvalidKeyException.class);
    assertThatThrownBy(signature::sign).isInstanceOf(SignatureException.class);
    assertThat(service.asked()).hasSize(before);
  }

  private static SignatureAlgorithm ofAnotherType(SignatureAlgorithm row) {
    return row.family() == KeyFamily.ECDSA
        ? SignatureAlgorithm.SHA256_RSA
        : SignatureAlgorithm.SHA256_ECDSA;
  }

  @ParameterizedTest
  @MethodSource("everyRow")
  void tellsItsParametersAtAnyTime(SignatureAlgorithm row) throws GeneralSecurityException {
    Signature signature = Signature.getInstance(row.jcaName(), provider);
    if (row.family() != KeyFamily.RSA_PSS) {
      assertThat(signature.getParameters()).isNull();
      signature.initSign(key(row));
      assertThat(signature.getParameters()).isNull();
      return;
    }
    if (row == SignatureAlgorithm.RSASSA_PSS) {
      assertThat(signature.getParameters()).isNull();
      signature.setParameter(Verifier.pss(row));
    }
    assertPss(signature, row);
    signature.initSign(key(row));
    assertPss(signature, row);
    signature.update(SHORT);
    assertPss(signature, row);
    signature.sign();
    assertPss(signature, row);
  }

  private static void assertPss(Signature signature, SignatureAlgorithm row)
      throws GeneralSecurityException {
    PSSParameterSpec told = signature.getParameters().getParameterSpec(PSSParameterSpec.class);
    assertThat(told).hasToString(Verifier.pss(row).toString());
  }

  @ParameterizedTest
  @MethodSource("everyRow")
  void takesParametersWhereItHasAny(SignatureAlgorithm row) throws GeneralSecurityException {
    Signature signature = Signature.getInstance(row.jcaName(), provider);
    if (row.family() != KeyFamily.RSA_PSS) {
      assertThatThrownBy(() -> signature.setParameter(Verifier.pss(SignatureAlgorithm.SHA256_PSS)))
          .isInstanceOf(InvalidAlgorithmParameterException.class);
      return;
    }
    signature.setParameter(Verifier.pss(row));
    signature.initSign(key(row));
    signature.setParameter(Verifier.pss(row));
    signature.update(SHORT);
    assertThatThrownBy(() -> signature.setParameter(Verifier.pss(row)))
        .isInstanceOf(InvalidAlgorithmParameterException.class);
    assertSigned(row, SHORT, signature.sign());
  }

  /** The JDK's object around it clones whatever engine says that it can be. */
  @ParameterizedTest
  @MethodSource("everyRow")
  void cannotBeCloned(SignatureAlgorithm row) throws GeneralSecurityException {
    Signature signature = ready(row);
    assertThatThrownBy(signature::clone).isInstanceOf(CloneNotSupportedException.class);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void verifiesWhatItSignedAndNothingElse(SignatureAlgorithm row) throws GeneralSecurityException {
    Signature signature = ready(row);
    signature.update(SHORT);
    byte[] good = signature.sign();
    Signature verifier = Signature.getInstance(row.jcaName(), provider);
    if (row == SignatureAlgorithm.RSASSA_PSS) {
      verifier.setParameter(Verifier.pss(row));
    }
    verifier.initVerify(key(row).publicKey());
    verifier.update(SHORT);
    assertThat(verifier.verify(good)).isTrue();
    verifier.update((byte) 1);
    verifier.update(SHORT);
    assertThat(verifies(verifier, good)).isFalse();
    byte[] bad = good.clone();
    bad[bad.length - 1] ^= 1;
    verifier.update(SHORT);
    assertThat(verifies(verifier, bad)).isFalse();
    verifier.update(SHORT);
    assertThat(verifier.verify(good)).isTrue();
  }

  /** JCA allows an engine to throw over what cannot be a signature. */
  static boolean verifies(Signature verifier, byte[] signature) {
    try {
      return verifier.verify(signature);
    } catch (SignatureException e) {
      return false;
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void asksOnceForEachSignature(SignatureAlgorithm row) throws GeneralSecurityException {
    Signature signature = ready(row);
    int before = service.asked().size();
    signature.update(SHORT);
    signature.sign();
    assertThat(service.asked()).hasSize(before + 1);
  }

  @ParameterizedTest
  @MethodSource("everyRow")
  void needsToBeInitialised(SignatureAlgorithm row) throws GeneralSecurityException {
    Signature signature = Signature.getInstance(row.jcaName(), provider);
    assertThatThrownBy(() -> signature.update((byte) 1)).isInstanceOf(SignatureException.class);
    assertThatThrownBy(signature::sign).isInstanceOf(SignatureException.class);
  }
}
