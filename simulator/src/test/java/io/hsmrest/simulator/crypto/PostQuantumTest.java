package io.hsmrest.simulator.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.bouncycastle.crypto.Signer;
import org.bouncycastle.crypto.params.ParametersWithContext;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.pqc.crypto.mldsa.HashMLDSASigner;
import org.bouncycastle.pqc.crypto.mldsa.MLDSASigner;
import org.bouncycastle.pqc.crypto.slhdsa.SLHDSASigner;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** ML-DSA, SLH-DSA, LMS and XMSS, against Bouncy Castle's own forms where it has them. */
class PostQuantumTest {
  private static final Bytes MESSAGE = TestKeys.text("message");
  private static final Bytes CONTEXT = TestKeys.text("context");
  private static final KeyMaterial ML_DSA = TestKeys.key(KeySpec.named("ML-DSA-65"));

  @Test
  void pureMlDsaIsBouncyCastles() throws Exception {
    assertAgree(new MLDSASigner(), "ML_DSA");
  }

  @Test
  void mlDsaOverSha512IsBouncyCastles() throws Exception {
    assertAgree(new HashMLDSASigner(), "SHA2_512_WITH_ML_DSA");
  }

  private static void assertAgree(Signer signer, String algorithm) throws Exception {
    Bytes ours =
        TestKeys.SIGNING
            .sign(
                ML_DSA,
                SignInput.of(SignatureAlgorithm.of(algorithm), MESSAGE).withContext(CONTEXT))
            .signature();
    signer.init(false, new ParametersWithContext(ML_DSA.parsed().publicKey(), CONTEXT.toArray()));
    signer.update(MESSAGE.toArray(), 0, MESSAGE.size());
    assertThat(signer.verifySignature(ours.toArray())).isTrue();

    signer.init(
        true,
        new ParametersWithContext(
            new ParametersWithRandom(ML_DSA.parsed().privateKey(), TestKeys.RANDOM),
            CONTEXT.toArray()));
    signer.update(MESSAGE.toArray(), 0, MESSAGE.size());
    Bytes theirs = Bytes.of(signer.generateSignature());
    assertThat(verify(ML_DSA, algorithm, theirs, CONTEXT)).isTrue();
    assertThat(verify(ML_DSA, algorithm, theirs, null)).isFalse();
  }

  @Test
  void pureSlhDsaIsBouncyCastles() throws Exception {
    KeyMaterial key = TestKeys.key(KeySpec.named("SLH-DSA-SHAKE-128f"));
    SLHDSASigner signer = new SLHDSASigner();

    Bytes ours =
        TestKeys.SIGNING
            .sign(key, SignInput.of(SignatureAlgorithm.of("SLH_DSA"), MESSAGE).withContext(CONTEXT))
            .signature();

    signer.init(false, new ParametersWithContext(key.parsed().publicKey(), CONTEXT.toArray()));
    assertThat(signer.verifySignature(MESSAGE.toArray(), ours.toArray())).isTrue();
    signer.init(true, new ParametersWithContext(key.parsed().privateKey(), CONTEXT.toArray()));
    assertThat(
            verify(key, "SLH_DSA", Bytes.of(signer.generateSignature(MESSAGE.toArray())), CONTEXT))
        .isTrue();
  }

  /** RFC 8554: levels minus one, index, type of the one-time signature. */
  @Test
  void lmsSignaturesHaveTheShapeOfTheRfc() {
    KeyMaterial key = new KeyCreation(TestKeys.RANDOM).create(KeySpec.named("LMS"));

    ByteBuffer signature = ByteBuffer.wrap(TestKeys.sign(key, "LMS", MESSAGE).toArray());

    assertThat(key.algorithm()).isEqualTo("HSS-LMS");
    assertThat(signature.getInt()).isZero();
    assertThat(signature.getInt()).isZero();
    assertThat(signature.getInt()).as("LMOTS_SHA256_N32_W4").isEqualTo(3);
    assertThat(signature.remaining()).isEqualTo(32 + 67 * 32 + 4 + 10 * 32);
  }

  @ParameterizedTest
  @ValueSource(strings = {"LMS", "XMSS-SHA256_10_256"})
  void aStoredSuccessorGoesOnWhereTheKeyStopped(String algorithm) {
    KeyMaterial key = TestKeys.key(KeySpec.named(algorithm));
    Set<Integer> used = new HashSet<>();

    for (int i = 0; i < 3; i++) {
      SignResult result =
          TestKeys.SIGNING.sign(key, SignInput.of(SignatureAlgorithm.of(algorithm), MESSAGE));
      assertThat(TestKeys.verify(key, algorithm, MESSAGE, result.signature())).isTrue();
      assertThat(used.add(index(algorithm, result.signature()))).isTrue();
      KeyMaterial successor = Objects.requireNonNull(result.successor());
      assertThat(successor).isNotEqualTo(key);
      key = KeyMaterial.fromBytes(successor.toBytes());
    }
  }

  @Test
  void simultaneousSignaturesNeverUseAOneTimeKeyTwice() {
    KeyMaterial key = TestKeys.key(KeySpec.named("XMSS-SHA256_10_256"));
    ConcurrentLinkedQueue<Integer> used = new ConcurrentLinkedQueue<>();

    IntStream.range(0, 16)
        .parallel()
        .forEach(i -> used.add(index("XMSS", TestKeys.sign(key, "XMSS-SHA256_10_256", MESSAGE))));

    assertThat(used).hasSize(16).doesNotHaveDuplicates();
  }

  private static int index(String algorithm, Bytes signature) {
    return ByteBuffer.wrap(signature.toArray()).getInt(algorithm.equals("LMS") ? 4 : 0);
  }

  private static boolean verify(
      KeyMaterial key, String algorithm, Bytes signature, @Nullable Bytes context) {
    return TestKeys.VERIFICATION.verify(
        key, SignatureAlgorithm.of(algorithm), MESSAGE, signature, context);
  }
}
