package io.hsmrest.tests.scenario.signature;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.provider.HsmRestProvider;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.RSAKeyGenParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Malformed signatures of our own making, for what {@link WycheproofTest} has no files for. Bouncy
 * Castle judges, and the JDK where it has the algorithm.
 */
@Tag("scenario")
class MalformedSignaturesTest {
  private static final byte[] MESSAGE = "signed by nobody".getBytes(StandardCharsets.US_ASCII);
  private static final Provider OURS = new HsmRestProvider();
  private static final Provider BC = new BouncyCastleProvider();
  private static final byte[] SHA256_INFO =
      HexFormat.of().parseHex("3031300d060960864801650304020105000420");

  private static byte[] sign(String algorithm, KeyPair pair) throws GeneralSecurityException {
    Signature signer = Signature.getInstance(algorithm, BC);
    // Without a source of randomness Bouncy Castle makes the same ML-DSA signature each time.
    signer.initSign(pair.getPrivate(), new SecureRandom());
    signer.update(MESSAGE);
    return signer.sign();
  }

  /** The key as the one that verifies reads it. */
  private static PublicKey read(String algorithm, Provider provider, PublicKey key)
      throws GeneralSecurityException {
    return KeyFactory.getInstance(algorithm, provider)
        .generatePublic(new X509EncodedKeySpec(key.getEncoded()));
  }

  private static Optional<Signature> jdk(String algorithm) {
    try {
      return Optional.of(Signature.getInstance(algorithm, "SUN"));
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  private static void assertJudged(String algorithm, PublicKey key, byte[] made, boolean good)
      throws GeneralSecurityException {
    assertThat(
            WycheproofTest.verifies(
                Signature.getInstance(algorithm, BC), read(algorithm, BC, key), MESSAGE, made))
        .isEqualTo(good);
    Optional<Signature> jdk = jdk(algorithm);
    if (jdk.isPresent()) {
      PublicKey jdkKey = read(algorithm, jdk.get().getProvider(), key);
      assertThat(WycheproofTest.verifies(jdk.get(), jdkKey, MESSAGE, made)).isEqualTo(good);
    }
    PublicKey ourKey = read(algorithm, jdk.map(Signature::getProvider).orElse(OURS), key);
    assertThat(
            WycheproofTest.verifies(Signature.getInstance(algorithm, OURS), ourKey, MESSAGE, made))
        .isEqualTo(good);
  }

  private static byte[] with(byte[] good, int at, int value) {
    byte[] bad = good.clone();
    bad[at] = (byte) value;
    return bad;
  }

  /** FIPS 204: the challenge, z in packed form, then omega positions of hints and k counts. */
  @ParameterizedTest
  @CsvSource({"ML-DSA-44, 32, 80, 4", "ML-DSA-65, 48, 55, 6", "ML-DSA-87, 64, 75, 8"})
  void mlDsa(String algorithm, int challenge, int omega, int k) throws GeneralSecurityException {
    KeyPair pair = KeyPairGenerator.getInstance(algorithm, BC).generateKeyPair();
    byte[] good = signWithRoomForMistakes(algorithm, pair, omega, k);
    int hints = good.length - omega - k;
    int counts = good.length - k;
    int last = good[good.length - 1] & 0xFF;
    byte[] swapped = with(good, hints, good[hints + 1]);
    swapped[hints + 1] = good[hints];
    Map<String, byte[]> bad = new LinkedHashMap<>();
    bad.put("positions in falling order", swapped);
    bad.put("a position twice", with(good, hints + 1, good[hints]));
    bad.put("a position after the last", with(good, hints + last, 1));
    bad.put("more hints than there may be", with(good, good.length - 1, omega + 1));
    bad.put("counts that fall", with(good, good.length - 1, (good[counts] & 0xFF) - 1));
    bad.put("another challenge", with(good, 0, good[0] ^ 1));
    bad.put("another z", with(good, challenge, good[challenge] ^ 1));
    byte[] large = good.clone();
    Arrays.fill(large, challenge, challenge + 9, (byte) 0);
    bad.put("z beyond its bound", large);
    putLengths(bad, good);
    assertJudged(algorithm, pair.getPublic(), good, true);
    for (Map.Entry<String, byte[]> each : bad.entrySet()) {
      assertThat(each.getValue()).as(each.getKey()).isNotEqualTo(good);
      assertJudged(algorithm, pair.getPublic(), each.getValue(), false);
    }
  }

  /** One whose first polynomial has two hints and whose last hint has room behind it. */
  private static byte[] signWithRoomForMistakes(String algorithm, KeyPair pair, int omega, int k)
      throws GeneralSecurityException {
    for (int i = 0; i < 100; i++) {
      byte[] made = sign(algorithm, pair);
      if (made[made.length - k] >= 2 && made[made.length - 1] < omega) {
        return made;
      }
    }
    throw new AssertionError("none of a hundred signatures, which are random, will do");
  }

  private static void putLengths(Map<String, byte[]> bad, byte[] good) {
    bad.put("nothing", new byte[0]);
    bad.put("one byte less", Arrays.copyOf(good, good.length - 1));
    bad.put("one byte more", Arrays.copyOf(good, good.length + 1));
    bad.put("all zero", new byte[good.length]);
  }

  @ParameterizedTest
  @ValueSource(strings = {"SLH-DSA-SHA2-128f", "SLH-DSA-SHAKE-128f"})
  void slhDsa(String algorithm) throws GeneralSecurityException {
    KeyPair pair = KeyPairGenerator.getInstance(algorithm, BC).generateKeyPair();
    byte[] good = sign(algorithm, pair);
    Map<String, byte[]> bad = new LinkedHashMap<>();
    bad.put("another randomizer", with(good, 0, good[0] ^ 1));
    bad.put("another FORS part", with(good, 16, good[16] ^ 1));
    bad.put("another hypertree part", with(good, good.length - 1, good[good.length - 1] ^ 1));
    putLengths(bad, good);
    assertJudged(algorithm, pair.getPublic(), good, true);
    for (Map.Entry<String, byte[]> each : bad.entrySet()) {
      assertThat(each.getValue()).as(each.getKey()).isNotEqualTo(good);
      assertJudged(algorithm, pair.getPublic(), each.getValue(), false);
    }
  }

  /**
   * Bleichenbacher's forgery (CVE-2006-4339): with exponent 3, a cube that begins with a short
   * padding and the right digest and ends with whatever comes, made without the private key.
   */
  @Test
  void aCubeThatBeginsLikeASignatureIsNone() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F0));
    PublicKey key = generator.generateKeyPair().getPublic();
    byte[] head = {0, 1, -1, -1, -1, -1, -1, -1, -1, -1, 0};
    ByteArrayOutputStream info = new ByteArrayOutputStream();
    info.writeBytes(SHA256_INFO);
    info.writeBytes(sha256());
    byte[] wanted = new byte[256];
    Arrays.fill(wanted, (byte) -1);
    System.arraycopy(head, 0, wanted, 0, head.length);
    System.arraycopy(info.toByteArray(), 0, wanted, head.length, info.size());
    BigInteger root = cubeRoot(new BigInteger(1, wanted));
    byte[] forged = HexFormat.of().parseHex(String.format("%0512x", root));
    int known = head.length + info.size();
    assertThat(HexFormat.of().parseHex(String.format("%0512x", root.pow(3))))
        .startsWith(Arrays.copyOf(wanted, known));
    for (Provider provider : new Provider[] {BC, OURS}) {
      assertThat(
              WycheproofTest.verifies(
                  Signature.getInstance("SHA256withRSA", provider), key, MESSAGE, forged))
          .isFalse();
    }
    assertThat(
            WycheproofTest.verifies(Signature.getInstance("SHA256withRSA"), key, MESSAGE, forged))
        .isFalse();
    assertThat(
            WycheproofTest.verifies(
                Signature.getInstance("NONEwithRSA", OURS), key, info.toByteArray(), forged))
        .isFalse();
  }

  private static byte[] sha256() throws NoSuchAlgorithmException {
    return MessageDigest.getInstance("SHA-256").digest(MESSAGE);
  }

  /** The largest number whose cube is not above {@code cube}. */
  private static BigInteger cubeRoot(BigInteger cube) {
    BigInteger root = BigInteger.ZERO;
    for (int bit = cube.bitLength() / 3 + 1; bit >= 0; bit--) {
      BigInteger higher = root.setBit(bit);
      if (higher.pow(3).compareTo(cube) <= 0) {
        root = higher;
      }
    }
    return root;
  }
}
