package io.hsmrest.provider;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERSequence;

/**
 * Reads signatures in every encoding in which a service may write them (contract 3.7, U4) and
 * writes them as the JCA name promises. What can be read in two ways yields both; the check with
 * the public key decides.
 */
final class SignatureEncoding {
  private static final int ED25519_LENGTH = 64;

  private SignatureEncoding() {}

  /** RSA: a block of the modulus' length, nothing else. */
  static List<byte[]> rsa(byte[] answer, int modulusBits) {
    return answer.length == (modulusBits + 7) / 8 ? List.of(answer) : List.of();
  }

  /** ECDSA: DER or r and s of fixed length; each as the name promises. */
  static List<byte[]> ecdsa(byte[] answer, int orderBits, boolean p1363) {
    int length = (orderBits + 7) / 8;
    List<byte[]> readings = new ArrayList<>();
    twoIntegers(answer).ifPresent(rs -> readings.add(write(rs, length, p1363)));
    if (answer.length == 2 * length) {
      BigInteger[] rs = {
        new BigInteger(1, Arrays.copyOfRange(answer, 0, length)),
        new BigInteger(1, Arrays.copyOfRange(answer, length, 2 * length))
      };
      readings.add(write(rs, length, p1363));
    }
    return readings;
  }

  private static byte[] write(BigInteger[] rs, int length, boolean p1363) {
    return p1363 ? fixed(rs, length) : der(rs);
  }

  /** Ed25519: 64 bytes, bare or in an OCTET STRING, a BIT STRING or two INTEGERs. */
  static List<byte[]> ed25519(byte[] answer) {
    if (answer.length == ED25519_LENGTH) {
      return List.of(answer);
    }
    Optional<BigInteger[]> rs = twoIntegers(answer);
    if (rs.isPresent()) {
      return List.of(fixed(rs.get(), ED25519_LENGTH / 2));
    }
    byte[] content = new byte[0];
    if (parse(answer).orElse(null) instanceof ASN1OctetString octets) {
      content = octets.getOctets();
    } else if (parse(answer).orElse(null) instanceof ASN1BitString bits && bits.getPadBits() == 0) {
      content = bits.getOctets();
    }
    return content.length == ED25519_LENGTH ? List.of(content) : List.of();
  }

  private static Optional<BigInteger[]> twoIntegers(byte[] der) {
    if (parse(der).orElse(null) instanceof ASN1Sequence sequence
        && sequence.size() == 2
        && sequence.getObjectAt(0) instanceof ASN1Integer r
        && sequence.getObjectAt(1) instanceof ASN1Integer s) {
      return Optional.of(new BigInteger[] {r.getPositiveValue(), s.getPositiveValue()});
    }
    return Optional.empty();
  }

  private static Optional<ASN1Primitive> parse(byte[] der) {
    try {
      return Optional.ofNullable(ASN1Primitive.fromByteArray(der));
    } catch (java.io.IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  /** DER as verifiers want it, minimal integers included. */
  static byte[] der(BigInteger[] rs) {
    try {
      return new DERSequence(new ASN1Integer[] {new ASN1Integer(rs[0]), new ASN1Integer(rs[1])})
          .getEncoded(ASN1Encoding.DER);
    } catch (java.io.IOException e) {
      throw new IllegalStateException("two integers cannot be encoded", e);
    }
  }

  /** r and s in {@code length} bytes each; integers that are too large make it longer. */
  static byte[] fixed(BigInteger[] rs, int length) {
    byte[] fixed = new byte[2 * length];
    for (int i = 0; i < 2; i++) {
      byte[] bytes = rs[i].toByteArray();
      int skipped = bytes.length > length && bytes[0] == 0 ? 1 : 0;
      int count = bytes.length - skipped;
      if (count > length) {
        return new byte[0];
      }
      System.arraycopy(bytes, skipped, fixed, (i + 1) * length - count, count);
    }
    return fixed;
  }
}
