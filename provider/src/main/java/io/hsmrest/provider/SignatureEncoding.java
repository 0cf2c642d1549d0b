package io.hsmrest.provider;

import io.hsmrest.keystore.der.DerElement;
import io.hsmrest.keystore.der.DerException;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;

/**
 * Reads signatures in every encoding in which a service may write them (contract 3.7, U4) and
 * writes them as the JCA name promises. What can be read in two ways yields both; the check with
 * the public key decides.
 */
final class SignatureEncoding {
  /** The length of an Ed25519 signature (RFC 8032 5.1.6). */
  static final int ED25519_LENGTH = 64;

  private SignatureEncoding() {}

  /** RSA: a block of the modulus' length, nothing else. */
  static List<byte[]> rsa(byte[] answer, int modulusBits) {
    return ofLength(answer, (modulusBits + 7) / 8);
  }

  /** Schemes with one length and one encoding. */
  static List<byte[]> ofLength(byte[] answer, int length) {
    return answer.length == length ? List.of(answer) : List.of();
  }

  /** ECDSA: DER, or r and s of fixed length; each reading in DER with minimal integers. */
  static List<byte[]> ecdsa(byte[] answer, int orderBits) {
    List<byte[]> readings = new ArrayList<>();
    lenientPair(answer).filter(pair -> fit(pair, orderBits)).ifPresent(p -> readings.add(der(p)));
    if (answer.length == 2 * ((orderBits + 7) / 8)) {
      readings.add(der(halves(answer)));
    }
    return readings;
  }

  private static boolean fit(BigInteger[] pair, int bits) {
    return pair[0].bitLength() <= bits && pair[1].bitLength() <= bits;
  }

  /** Ed25519: 64 bytes, bare or in an OCTET STRING, a BIT STRING or two INTEGERs. */
  static List<byte[]> ed25519(byte[] answer) {
    if (answer.length == ED25519_LENGTH) {
      return List.of(answer);
    }
    Optional<BigInteger[]> pair =
        lenientPair(answer).filter(two -> fit(two, 8 * ED25519_LENGTH / 2));
    if (pair.isPresent()) {
      return List.of(fixed(pair.get(), ED25519_LENGTH / 2));
    }
    try {
      DerElement string = DerElement.parse(answer);
      return ofLength(
          string.tag() == DerElement.OCTET_STRING ? string.content() : string.wholeBits(),
          ED25519_LENGTH);
    } catch (DerException e) {
      return List.of();
    }
  }

  /**
   * Two INTEGERs, as a service may write them. Neither number has a sign, so a missing zero before
   * a high bit is forgiven, and so are zeros that fill a number up to a fixed length.
   */
  private static Optional<BigInteger[]> lenientPair(byte[] answer) {
    try {
      List<DerElement> pair = DerElement.parse(answer).children(DerElement.SEQUENCE);
      return pair.size() == 2
          ? Optional.of(new BigInteger[] {unsigned(pair.get(0)), unsigned(pair.get(1))})
          : Optional.empty();
    } catch (DerException e) {
      return Optional.empty();
    }
  }

  private static BigInteger unsigned(DerElement integer) throws DerException {
    byte[] content = integer.expect(DerElement.INTEGER).content();
    if (content.length == 0) {
      throw new DerException("an INTEGER of no bytes");
    }
    return new BigInteger(1, content);
  }

  /** Two INTEGERs in DER, every byte of it. */
  static Optional<BigInteger[]> strictPair(byte[] der) {
    return lenientPair(der).filter(pair -> Arrays.equals(der(pair), der));
  }

  /** DER as verifiers want it, minimal integers included. */
  static byte[] der(BigInteger[] pair) {
    try {
      return new DERSequence(new ASN1Integer[] {new ASN1Integer(pair[0]), new ASN1Integer(pair[1])})
          .getEncoded(ASN1Encoding.DER);
    } catch (IOException e) {
      throw new IllegalStateException("two integers cannot be encoded", e);
    }
  }

  /** The two halves as unsigned integers. */
  static BigInteger[] halves(byte[] signature) {
    int length = signature.length / 2;
    return new BigInteger[] {
      new BigInteger(1, Arrays.copyOfRange(signature, 0, length)),
      new BigInteger(1, Arrays.copyOfRange(signature, length, 2 * length))
    };
  }

  /** From DER to r and s of fixed length (IEEE P1363). */
  static byte[] p1363(byte[] der, int orderBits) {
    return fixed(lenientPair(der).orElseThrow(), (orderBits + 7) / 8);
  }

  private static byte[] fixed(BigInteger[] pair, int length) {
    byte[] fixed = new byte[2 * length];
    for (int i = 0; i < 2; i++) {
      byte[] bytes = pair[i].toByteArray();
      int count = Math.min(bytes.length, length);
      System.arraycopy(bytes, bytes.length - count, fixed, (i + 1) * length - count, count);
    }
    return fixed;
  }
}
