package io.hsmrest.provider;

import java.math.BigInteger;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECParameterSpec;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.math.ec.ECCurve;

/**
 * ECDSA on curves that the JDK parses and cannot compute on: secp256k1, brainpool, P-224 and the
 * like. Public values only.
 */
final class EcCheck {
  /** The orders' lengths of P-256, P-384 and P-521, told apart from others by their order. */
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

  private EcCheck() {}

  static boolean isBeyondTheJdk(ECPublicKey key) {
    return !JDK_ORDERS.contains(key.getParams().getOrder());
  }

  /** Checks a DER signature over a digest. */
  static boolean verifies(ECPublicKey key, byte[] digest, byte[] der) {
    ECParameterSpec spec = key.getParams();
    ECCurve curve =
        new ECCurve.Fp(
            ((ECFieldFp) spec.getCurve().getField()).getP(),
            spec.getCurve().getA(),
            spec.getCurve().getB(),
            spec.getOrder(),
            BigInteger.valueOf(spec.getCofactor()));
    ECDomainParameters domain =
        new ECDomainParameters(
            curve,
            curve.createPoint(spec.getGenerator().getAffineX(), spec.getGenerator().getAffineY()),
            spec.getOrder(),
            BigInteger.valueOf(spec.getCofactor()));
    ECDSASigner signer = new ECDSASigner();
    signer.init(
        false,
        new ECPublicKeyParameters(
            curve.createPoint(key.getW().getAffineX(), key.getW().getAffineY()), domain));
    ASN1Sequence rs = ASN1Sequence.getInstance(der);
    return rs.size() == 2
        && signer.verifySignature(
            digest,
            ASN1Integer.getInstance(rs.getObjectAt(0)).getValue(),
            ASN1Integer.getInstance(rs.getObjectAt(1)).getValue());
  }
}
