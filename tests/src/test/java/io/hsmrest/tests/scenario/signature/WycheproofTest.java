package io.hsmrest.tests.scenario.signature;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.provider.HsmRestProvider;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Verification through the provider, of signatures that were made to deceive verifiers. */
@Tag("scenario")
@ResourceLock(Resources.GLOBAL) // the JVM's list of providers
class WycheproofTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final Provider OURS = new HsmRestProvider();
  private static final Provider BC = new BouncyCastleProvider();

  /** DigestInfo up to the digest (RFC 8017 9.2 note 1). */
  private static final Map<String, String> DIGEST_INFO =
      Map.of(
          "SHA-224", "302d300d06096086480165030402040500041c",
          "SHA-256", "3031300d060960864801650304020105000420",
          "SHA-512", "3051300d060960864801650304020305000440");

  /**
   * Where JDKs depart from what the authors say: they forgive the missing zero before a high bit,
   * and numbers of less than full length in P1363; JDK 17 does not know that the x-coordinate may
   * be larger than the order, and overlooks a zero behind an Ed25519 signature. Verification is the
   * JDK's, so it departs with it.
   */
  private static final Set<String> THE_JDKS_OWN =
      Set.of(
          "ecdsa_secp256r1_sha256.csv 6",
          "ecdsa_secp384r1_sha384.csv 6",
          "ecdsa_secp256r1_sha256_p1363.csv 115",
          "ecdsa_secp256r1_sha256_p1363.csv 121",
          "ed25519.csv 37");

  /** Of curves that no JDK since 16 computes on. */
  private static boolean isBeyondTheJdk(WycheproofVector vector) {
    return vector.file().contains("secp256k1") || vector.file().contains("brainpool");
  }

  /** Whether everybody has to say the same. */
  private static boolean isUndisputed(WycheproofVector vector) {
    return !vector.result().equals("acceptable")
        && !THE_JDKS_OWN.contains(vector.file() + " " + vector.id());
  }

  static List<WycheproofVector> vectors() {
    return WycheproofVector.all();
  }

  static Stream<WycheproofVector> vectorsOfDigests() {
    return vectors().stream()
        .filter(v -> v.algorithm().contains("with") && !v.algorithm().contains("MGF1"))
        .filter(WycheproofTest::isUndisputed);
  }

  private static PublicKey key(WycheproofVector vector) throws GeneralSecurityException {
    String type = vector.file().replaceAll("_.*|\\.csv", "");
    return KeyFactory.getInstance(type.equals("ecdsa") ? "EC" : type)
        .generatePublic(new X509EncodedKeySpec(HEX.parseHex(vector.key())));
  }

  private static boolean verifies(Signature engine, WycheproofVector vector)
      throws GeneralSecurityException {
    return verifies(
        engine, key(vector), HEX.parseHex(vector.message()), HEX.parseHex(vector.signature()));
  }

  /** A malformed signature may be answered with this exception, as JCA has it, and no other. */
  static boolean verifies(Signature engine, PublicKey key, byte[] message, byte[] signature)
      throws GeneralSecurityException {
    engine.initVerify(key);
    engine.update(message);
    try {
      return engine.verify(signature);
    } catch (SignatureException e) {
      return false;
    }
  }

  /** While we are not in the list. */
  private static boolean jdkVerifies(WycheproofVector vector) throws GeneralSecurityException {
    boolean pss = vector.algorithm().endsWith("andMGF1");
    Signature engine = Signature.getInstance(pss ? "RSASSA-PSS" : vector.algorithm());
    if (pss) {
      engine.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
    }
    return verifies(engine, vector);
  }

  @Test
  void everyFileHasSignaturesOfBothKinds() {
    Map<String, List<WycheproofVector>> files =
        vectors().stream().collect(Collectors.groupingBy(WycheproofVector::file));
    assertThat(files).hasSize(12);
    assertThat(vectors()).hasSize(479);
    files.forEach(
        (file, vectors) ->
            assertThat(vectors)
                .as(file)
                .anyMatch(WycheproofVector::isValid)
                .anyMatch(v -> v.result().equals("invalid")));
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void whoeverNamesTheProviderHearsWhatTheAuthorsSay(WycheproofVector vector)
      throws GeneralSecurityException {
    assertThat(verifies(Signature.getInstance(vector.algorithm(), OURS), vector))
        .isEqualTo(isUndisputed(vector) ? vector.isValid() : jdkVerifies(vector));
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void whoeverNamesNoneHearsTheJdkThoughTheProviderComesFirst(WycheproofVector vector)
      throws GeneralSecurityException {
    boolean jdk = jdkVerifies(vector);
    assertThat(Security.insertProviderAt(OURS, 1)).isEqualTo(1);
    try {
      assertThat(verifies(Signature.getInstance(vector.algorithm()), vector)).isEqualTo(jdk);
    } finally {
      Security.removeProvider(OURS.getName());
    }
    if (isBeyondTheJdk(vector)) {
      assertThat(jdk).isFalse();
    } else {
      assertThat(verifies(Signature.getInstance(vector.algorithm(), OURS), vector)).isEqualTo(jdk);
    }
  }

  /** A judge for the curves on which the JDK is none. */
  @ParameterizedTest
  @MethodSource("vectors")
  void bouncyCastleSaysTheSame(WycheproofVector vector) throws GeneralSecurityException {
    Signature engine =
        Signature.getInstance(
            vector.algorithm().replace("withECDSAinP1363Format", "withPLAIN-ECDSA"), BC);
    if (!vector.result().equals("acceptable")) {
      assertThat(verifies(engine, vector)).isEqualTo(vector.isValid());
    }
  }

  @ParameterizedTest
  @MethodSource("vectorsOfDigests")
  void whoeverHashesHimselfHearsTheSame(WycheproofVector vector) throws GeneralSecurityException {
    String hash = vector.algorithm().replaceAll("with.*", "").replace("SHA", "SHA-");
    ByteArrayOutputStream raw = new ByteArrayOutputStream();
    if (vector.algorithm().endsWith("RSA")) {
      raw.writeBytes(HEX.parseHex(DIGEST_INFO.get(hash)));
    }
    raw.writeBytes(MessageDigest.getInstance(hash).digest(HEX.parseHex(vector.message())));
    Signature engine =
        Signature.getInstance(vector.algorithm().replaceAll("SHA\\d+with", "NONEwith"), OURS);
    assertThat(verifies(engine, key(vector), raw.toByteArray(), HEX.parseHex(vector.signature())))
        .isEqualTo(vector.isValid());
  }
}
