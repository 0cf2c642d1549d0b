package io.hsmrest.provider;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** A second opinion: Bouncy Castle's provider verifies, under its own names. */
final class Verifier {
  private static final Provider BC = new BouncyCastleProvider();

  private Verifier() {}

  static boolean verifies(SignatureAlgorithm row, PublicKey key, byte[] message, byte[] signature)
      throws GeneralSecurityException {
    Signature engine =
        Signature.getInstance(
            row.family() == KeyFamily.RSA_PSS
                ? "RSASSA-PSS"
                : row.jcaName()
                    .replaceAll("withECDSAinP1363Format", "withPLAIN-ECDSA")
                    .replace("NONEwithPLAIN-ECDSA", "NONEwithECDSA"),
            BC);
    if (row.family() == KeyFamily.RSA_PSS) {
      engine.setParameter(pss(row));
    }
    engine.initVerify(key);
    engine.update(message);
    // Bouncy Castle has no plain form without a digest.
    return engine.verify(row == SignatureAlgorithm.NONE_ECDSA_P1363 ? der(signature) : signature);
  }

  /** The parameters that a row stands for; SHA-256 where it leaves them open. */
  static PSSParameterSpec pss(SignatureAlgorithm row) {
    Hash hash = row.hash() == null ? Hash.SHA256 : row.hash();
    return new PSSParameterSpec(
        hash.jdkName(), "MGF1", new MGF1ParameterSpec(hash.jdkName()), hash.length(), 1);
  }

  private static byte[] der(byte[] fixed) {
    BigInteger r = new BigInteger(1, Arrays.copyOf(fixed, fixed.length / 2));
    BigInteger s = new BigInteger(1, Arrays.copyOfRange(fixed, fixed.length / 2, fixed.length));
    try {
      return new DERSequence(new ASN1Integer[] {new ASN1Integer(r), new ASN1Integer(s)})
          .getEncoded();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
