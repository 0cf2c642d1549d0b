package io.hsmrest.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Any digest on any curve. */
class CurvesTest {
  private static final byte[] MESSAGE = {9, 8, 7};

  static Stream<String> curves() {
    return Arrays.stream(Curve.values()).map(Curve::jcaName);
  }

  @ParameterizedTest
  @MethodSource("curves")
  void everyDigestGoesWithTheCurve(String curve) throws GeneralSecurityException {
    try (SoftService service = new SoftService()) {
      String type = "EC:" + curve;
      String label = service.add(type);
      HsmRestProvider provider = service.provider();
      List<SignatureAlgorithm> signed = new ArrayList<>();
      for (SignatureAlgorithm row : SignatureAlgorithm.values()) {
        if (row.family() == KeyFamily.ECDSA) {
          byte[] message = row.isRaw() ? Arrays.copyOf(MESSAGE, 64) : MESSAGE;
          Signature signature = Signature.getInstance(row.jcaName(), provider);
          signature.initSign(SoftService.handle(provider, label));
          signature.update(message);
          byte[] made = signature.sign();
          assertThat(Verifier.verifies(row, SoftKeys.pair(type).getPublic(), message, made))
              .as("%s on %s", row, curve)
              .isTrue();
          assertVerified(
              provider, row, SoftService.handle(provider, label).publicKey(), message, made);
          signed.add(row);
        }
      }
      assertThat(signed).hasSize(18);
    }
  }

  private static void assertVerified(
      HsmRestProvider provider,
      SignatureAlgorithm row,
      java.security.PublicKey key,
      byte[] message,
      byte[] signature)
      throws GeneralSecurityException {
    Signature verifier = Signature.getInstance(row.jcaName(), provider);
    verifier.initVerify(key);
    verifier.update(message);
    assertThat(verifier.verify(signature)).as("%s", row).isTrue();
    verifier.update(message, 1, message.length - 1);
    assertThat(SignatureCallPatternsTest.verifies(verifier, signature)).isFalse();
  }

  @ParameterizedTest
  @EnumSource(names = {"SHA256_ECDSA", "SHA256_ECDSA_P1363"})
  void theOtherEncodingIsNotVerified(SignatureAlgorithm row) throws GeneralSecurityException {
    try (SoftService service = new SoftService()) {
      HsmRestProvider provider = service.provider();
      byte[] der = SoftKeys.sign(SoftKeys.pair("EC:secp256k1"), "SHA256_WITH_ECDSA", MESSAGE, -1);
      byte[] other = row.isP1363() ? der : SignatureEncoding.p1363(der, 256);
      Signature verifier = Signature.getInstance(row.jcaName(), provider);
      verifier.initVerify(SoftKeys.pair("EC:secp256k1").getPublic());
      verifier.update(MESSAGE);
      assertThat(SignatureCallPatternsTest.verifies(verifier, other)).isFalse();
    }
  }

  /** CVE-2020-0601: with a generator of one's own choice any signature is good. */
  @Test
  void aKeyWithAGeneratorOfItsOwnIsReadAsTheNamedCurve() throws GeneralSecurityException {
    ECPublicKey real = (ECPublicKey) SoftKeys.pair("EC:secp256k1").getPublic();
    ECPublicKey forged = new ForgedKey(real, real.getW());
    byte[] digest = new byte[32];
    digest[31] = 1;
    // With the public point as generator the private key is 1: r = x(Q), s = e + r.
    BigInteger n = real.getParams().getOrder();
    BigInteger r = real.getW().getAffineX().mod(n);
    byte[] signature = SignatureEncoding.der(new BigInteger[] {r, BigInteger.ONE.add(r).mod(n)});
    assertThat(EcCheck.of(forged).verifiesDer(digest, signature)).isFalse();
  }

  @Test
  void aPointThatIsNotOnTheCurveIsNoKey() {
    ECPublicKey real = (ECPublicKey) SoftKeys.pair("EC:secp256k1").getPublic();
    byte[] encoded = real.getEncoded();
    encoded[encoded.length - 1] ^= 1;
    assertThatThrownBy(() -> EcCheck.of(new EncodedKey(real, encoded)))
        .isInstanceOf(InvalidKeyException.class);
  }

  /** The JDK reads them and does not compute on them. */
  @Test
  void curvesOverBinaryFieldsAreRefused() throws GeneralSecurityException {
    AlgorithmParameters named = AlgorithmParameters.getInstance("EC");
    named.init(new ECGenParameterSpec("sect283k1"));
    ECParameterSpec parameters = named.getParameterSpec(ECParameterSpec.class);
    PublicKey key =
        KeyFactory.getInstance("EC")
            .generatePublic(new ECPublicKeySpec(parameters.getGenerator(), parameters));
    Signature verifier = Signature.getInstance("SHA256withECDSA", new HsmRestProvider());
    assertThatThrownBy(() -> verifier.initVerify(key))
        .isInstanceOf(InvalidKeyException.class)
        .hasMessage("ECDSA over binary fields is not verified");
  }

  /** A key that says of itself what it likes. */
  private record ForgedKey(ECPublicKey real, ECPoint generator) implements ECPublicKey {
    @Override
    public ECPoint getW() {
      return real.getW();
    }

    @Override
    public ECParameterSpec getParams() {
      ECParameterSpec p = real.getParams();
      return new ECParameterSpec(p.getCurve(), generator, p.getOrder(), p.getCofactor());
    }

    @Override
    public String getAlgorithm() {
      return "EC";
    }

    @Override
    public String getFormat() {
      return "X.509";
    }

    @Override
    public byte[] getEncoded() {
      return real.getEncoded();
    }
  }

  private static final class EncodedKey implements ECPublicKey {
    private static final long serialVersionUID = 1L;
    private final transient ECPublicKey real;
    private final transient byte[] encoded;

    EncodedKey(ECPublicKey real, byte[] encoded) {
      this.real = real;
      this.encoded = encoded;
    }

    @Override
    public ECPoint getW() {
      return real.getW();
    }

    @Override
    public ECParameterSpec getParams() {
      return real.getParams();
    }

    @Override
    public String getAlgorithm() {
      return "EC";
    }

    @Override
    public String getFormat() {
      return "X.509";
    }

    @Override
    public byte[] getEncoded() {
      return encoded.clone();
    }
  }
}
