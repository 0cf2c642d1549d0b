package io.hsmrest.keystore;

import static io.hsmrest.keystore.DerWriter.bitString;
import static io.hsmrest.keystore.DerWriter.element;
import static io.hsmrest.keystore.DerWriter.integer;
import static io.hsmrest.keystore.DerWriter.sequence;
import static io.hsmrest.keystore.DerWriter.set;

import io.hsmrest.client.HsmProtocolException;
import io.hsmrest.client.model.Octets;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.HexFormat;

/**
 * Stands in for the certificate of a key that has none ({@code keys.withoutCertificate=
 * placeholder}), so that keytool can make a CSR for it. It carries the right key and says what it
 * is: unsigned as RFC 9925 has it, never valid, with {@code OU=hsmrest placeholder} in its subject.
 * The same key and label always give the same certificate. It is made here and kept nowhere.
 */
final class PlaceholderCertificate {
  private static final int OBJECT_IDENTIFIER = 0x06;
  private static final int UTF8_STRING = 0x0C;
  private static final int UTC_TIME = 0x17;

  private static final byte[] VERSION_3 = element(0xA0, integer(BigInteger.TWO));

  /** id-alg-unsigned, 1.3.6.1.5.5.7.6.36: nobody can take it for a certificate that verifies. */
  private static final byte[] UNSIGNED =
      sequence(element(OBJECT_IDENTIFIER, HexFormat.of().parseHex("2b06010505070624")));

  private static final byte[] COMMON_NAME = HexFormat.of().parseHex("550403");
  private static final byte[] ORGANIZATIONAL_UNIT = HexFormat.of().parseHex("55040b");
  private static final byte[] EPOCH = element(UTC_TIME, ascii("700101000000Z"));
  private static final byte[] MARK = name(ORGANIZATIONAL_UNIT, "hsmrest placeholder");

  private PlaceholderCertificate() {}

  static X509Certificate of(String label, PublicKey publicKey) throws HsmProtocolException {
    byte[] spki = publicKey.getEncoded();
    byte[] subject = sequence(MARK, name(COMMON_NAME, label));
    byte[] toBeSigned =
        sequence(
            VERSION_3,
            integer(new BigInteger(JdkCrypto.sha256Hex(spki).substring(0, 30), 16)),
            UNSIGNED,
            subject,
            sequence(EPOCH, EPOCH),
            subject,
            spki);
    byte[] certificate = sequence(toBeSigned, UNSIGNED, bitString(new byte[0]));
    return JdkCrypto.certificate(Octets.of(certificate), label);
  }

  /** Whether a certificate is one of these, whoever carries it around. */
  static boolean is(X509Certificate certificate) {
    return certificate.getSigAlgOID().equals("1.3.6.1.5.5.7.6.36");
  }

  private static byte[] name(byte[] type, String value) {
    return set(
        sequence(
            element(OBJECT_IDENTIFIER, type),
            element(UTF8_STRING, value.getBytes(StandardCharsets.UTF_8))));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
