package io.hsmrest.simulator.crypto;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.util.BigIntegers;
import org.jspecify.annotations.Nullable;

/** The two numbers of a DSA or ECDSA signature and their encodings (contract 3.7). */
record SignaturePair(BigInteger r, BigInteger s) {

  byte[] toDer() throws IOException {
    return new DERSequence(new ASN1Encodable[] {new ASN1Integer(r), new ASN1Integer(s)})
        .getEncoded("DER");
  }

  /** Both numbers with as many bytes as the order has. */
  byte[] toRaw(BigInteger order) {
    int half = BigIntegers.getUnsignedByteLength(order);
    byte[] raw = new byte[2 * half];
    BigIntegers.asUnsignedByteArray(r, raw, 0, half);
    BigIntegers.asUnsignedByteArray(s, raw, half, half);
    return raw;
  }

  /** Reads DER, or two halves as long as {@code order}; null when it is neither. */
  static @Nullable SignaturePair read(byte[] signature, BigInteger order) {
    SignaturePair der = ofDer(signature);
    if (der != null) {
      return der;
    }
    int half = BigIntegers.getUnsignedByteLength(order);
    return signature.length == 2 * half
        ? new SignaturePair(
            BigIntegers.fromUnsignedByteArray(signature, 0, half),
            BigIntegers.fromUnsignedByteArray(signature, half, half))
        : null;
  }

  /** Reads DER; null when it is something else. */
  static @Nullable SignaturePair ofDer(byte[] signature) {
    try {
      ASN1Sequence sequence = ASN1Sequence.getInstance(signature);
      if (sequence.size() != 2) {
        return null;
      }
      SignaturePair pair =
          new SignaturePair(
              ASN1Integer.getInstance(sequence.getObjectAt(0)).getValue(),
              ASN1Integer.getInstance(sequence.getObjectAt(1)).getValue());
      return Arrays.equals(pair.toDer(), signature) ? pair : null;
    } catch (IOException | RuntimeException e) {
      return null;
    }
  }
}
