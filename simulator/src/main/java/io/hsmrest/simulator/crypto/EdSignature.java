package io.hsmrest.simulator.crypto;

import io.hsmrest.simulator.crypto.SignatureSettings.EdEncoding;
import java.io.IOException;
import java.math.BigInteger;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.util.BigIntegers;
import org.jspecify.annotations.Nullable;

/** Encodings of the 64 bytes of an Ed25519 signature (contract, U4). */
final class EdSignature {
  private static final int LENGTH = 64;
  private static final int HALF = 32;

  /** An order of 32 bytes: two such halves are what a pair of INTEGERs is unfolded to. */
  private static final BigInteger HALF_ORDER = BigInteger.ONE.shiftLeft(8 * HALF - 1);

  private EdSignature() {}

  static byte[] write(byte[] raw, EdEncoding encoding) throws IOException {
    return switch (encoding) {
      case RAW -> raw;
      case OCTET_STRING -> new DEROctetString(raw).getEncoded("DER");
      case BIT_STRING -> new DERBitString(raw).getEncoded("DER");
      case SEQUENCE ->
          new SignaturePair(
                  BigIntegers.fromUnsignedByteArray(raw, 0, HALF),
                  BigIntegers.fromUnsignedByteArray(raw, HALF, HALF))
              .toDer();
    };
  }

  /** The 64 bytes inside any of the encodings; null when it is none of them. */
  static byte @Nullable [] read(byte[] signature) {
    if (signature.length == LENGTH) {
      return signature;
    }
    SignaturePair pair = SignaturePair.ofDer(signature);
    if (pair != null) {
      boolean fits =
          pair.r().signum() >= 0
              && pair.s().signum() >= 0
              && pair.r().bitLength() <= 8 * HALF
              && pair.s().bitLength() <= 8 * HALF;
      return fits ? pair.toRaw(HALF_ORDER) : null;
    }
    byte[] content = unwrapped(signature);
    return content != null && content.length == LENGTH ? content : null;
  }

  private static byte @Nullable [] unwrapped(byte[] signature) {
    try {
      ASN1Primitive value = ASN1Primitive.fromByteArray(signature);
      if (value instanceof ASN1OctetString octets) {
        return octets.getOctets();
      }
      return value instanceof ASN1BitString bits ? bits.getOctets() : null;
    } catch (IOException | RuntimeException e) {
      return null;
    }
  }
}
