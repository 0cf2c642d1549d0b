package io.hsmrest.provider;

import java.math.BigInteger;
import java.security.InvalidKeyException;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECParameterSpec;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.math.ec.ECCurve;

/**
 * ECDSA on curves that the JDK parses and cannot compute on: secp256k1, brainpool, P-224 and the
 * like. Public values only.
 */
final class EcCheck {
  /** The orders of P-256, P-384 and P-521. */
  private static final Set<BigInteger> JDK_ORDERS =
      Set.of(
          new BigInteger("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551", 16),
          new BigInteger(
              "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF"
                  + "581A0DB248B0A77AECEC196ACCC52973",
              16),
          new BigInteger(
              "01FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFA"
                  + "51868783BF2F966B7FCC0148F709A5D03BB5C9B8899C47AEBB6FB71E91386409",
              16));

  private final ECPublicKeyParameters key;

  private EcCheck(ECPublicKeyParameters key) {
    this.key = key;
  }

  static boolean isBeyondTheJdk(ECPublicKey key) {
    return !JDK_ORDERS.contains(key.getParams().getOrder());
  }

  /**
   * A check with this key.
   *
   * @throws InvalidKeyException when its curve is none that the JDK has a name for, or is one over
   *     a binary field, or its point is not on the curve
   */
  static EcCheck of(ECPublicKey key) throws InvalidKeyException {
    // Only the JDK's own reading is trusted with parameters: a key that brings a generator of its
    // own would verify anything.
    ECPublicKey known = JdkEngines.ecKey(key);
    ECParameterSpec spec = known.getParams();
    if (!(spec.getCurve().getField() instanceof ECFieldFp field)) {
      throw new InvalidKeyException("ECDSA over binary fields is not verified");
    }
    BigInteger cofactor = BigInteger.valueOf(spec.getCofactor());
    ECCurve curve =
        new ECCurve.Fp(
            field.getP(),
            spec.getCurve().getA(),
            spec.getCurve().getB(),
            spec.getOrder(),
            cofactor);
    ECDomainParameters domain =
        new ECDomainParameters(
            curve,
            curve.createPoint(spec.getGenerator().getAffineX(), spec.getGenerator().getAffineY()),
            spec.getOrder(),
            cofactor);
    try {
      return new EcCheck(
          new ECPublicKeyParameters(
              curve.createPoint(known.getW().getAffineX(), known.getW().getAffineY()), domain));
    } catch (IllegalArgumentException e) {
      throw new InvalidKeyException("the public key is no point on its curve", e);
    }
  }

  /** Checks a DER signature over a digest; DER and nothing that merely resembles it. */
  boolean verifiesDer(byte[] digest, byte[] der) {
    Optional<BigInteger[]> pair = SignatureEncoding.strictPair(der);
    return pair.isPresent() && verifies(digest, pair.get());
  }

  /** Checks r and s of fixed length over a digest. */
  boolean verifiesP1363(byte[] digest, byte[] signature) {
    int length = (key.getParameters().getN().bitLength() + 7) / 8;
    return signature.length == 2 * length && verifies(digest, SignatureEncoding.halves(signature));
  }

  private boolean verifies(byte[] digest, BigInteger[] pair) {
    ECDSASigner signer = new ECDSASigner();
    signer.init(false, key);
    return signer.verifySignature(digest, pair[0], pair[1]);
  }
}
