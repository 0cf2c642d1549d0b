package io.hsmrest.simulator.crypto;

import java.io.IOException;
import java.math.BigInteger;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.util.BigIntegers;

/**
 * r, s, v as Ethereum writes them (contract 3.7, U31): 65 bytes, s in the lower half (EIP-2), v 27
 * or 28 by the parity of the nonce's y.
 */
final class EthereumSignature {
  private static final int FIRST_V = 27;
  private static final int HALF = 32;

  private EthereumSignature() {}

  static byte[] of(SignaturePair pair, KeyMaterial key, SignInput input) throws IOException {
    ECPublicKeyParameters publicKey = (ECPublicKeyParameters) key.parsed().publicKey();
    if (input.algorithm().hash() != Hash.KECCAK256) {
      throw Signing.unfitting();
    }
    Secp256k1 curve = Secp256k1.of(publicKey.getParameters());
    BigInteger s =
        pair.s().compareTo(curve.order().shiftRight(1)) > 0
            ? curve.order().subtract(pair.s())
            : pair.s();
    byte[] digest = input.algorithm().digest(input.payload());
    byte[] out = new byte[2 * HALF + 1];
    BigIntegers.asUnsignedByteArray(pair.r(), out, 0, HALF);
    BigIntegers.asUnsignedByteArray(s, out, HALF, HALF);
    out[2 * HALF] =
        (byte) (FIRST_V + (isOdd(pair.r(), s, digest, curve, publicKey.getQ()) ? 1 : 0));
    return out;
  }

  /**
   * Computes the nonce's point from the signature: u1 G + u2 Q, whose x is r. Its y decides v; with
   * s negated it is the negated point, as it should be.
   */
  private static boolean isOdd(
      BigInteger r, BigInteger s, byte[] digest, Secp256k1 curve, ECPoint publicPoint) {
    BigInteger inverse = BigIntegers.modOddInverse(curve.order(), s);
    BigInteger u1 = new BigInteger(1, digest).multiply(inverse).mod(curve.order());
    BigInteger u2 = r.multiply(inverse).mod(curve.order());
    ECPoint nonce =
        ECAlgorithms.sumOfTwoMultiplies(curve.generator(), u1, publicPoint, u2).normalize();
    return !curve.isEven(nonce);
  }
}
