package io.hsmrest.provider.cli;

import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.PemText;
import io.hsmrest.keystore.der.DerElement;
import io.hsmrest.keystore.der.DerException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.Security;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Certificates and certification requests, whole or the part alone that is signed. All of them are
 * read by the JDK as a certificate; what is missing for that is added and not shown.
 *
 * @param kind what it is, for people
 * @param read names, key and extensions
 * @param isRequest whether only subject, key and extensions are its own
 */
record DerContent(String kind, X509Certificate read, boolean isRequest) {
  private static final int INTEGER = 0x02;
  private static final int VERSION = 0xa0;
  private static final int ATTRIBUTES = 0xa0;
  private static final int EXTENSIONS = 0xa3;
  private static final String EXTENSION_REQUEST = "1.2.840.113549.1.9.14";

  /** SHA256withRSA. */
  private static final byte[] ANY_ALGORITHM = {
    0x30,
    0x0d,
    0x06,
    0x09,
    0x2a,
    (byte) 0x86,
    0x48,
    (byte) 0x86,
    (byte) 0xf7,
    0x0d,
    0x01,
    0x01,
    0x0b,
    0x05,
    0x00
  };

  /** CN=?. */
  private static final byte[] ANY_NAME = {
    0x30, 0x0c, 0x31, 0x0a, 0x30, 0x08, 0x06, 0x03, 0x55, 0x04, 0x03, 0x0c, 0x01, 0x3f
  };

  /** DER, or PEM with its armour; empty when it is something else. */
  static Optional<DerContent> read(Octets content) {
    byte[] bytes = content.toByteArray();
    String text = new String(bytes, StandardCharsets.US_ASCII);
    try {
      return Optional.ofNullable(
          of(text.startsWith("-----BEGIN ") ? PemText.decode(text).toByteArray() : bytes));
    } catch (DerException | CertificateException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static @Nullable DerContent of(byte[] der) throws DerException, CertificateException {
    if (der.length == 0 || der[0] != DerElement.SEQUENCE) {
      return null;
    }
    List<DerElement> parts = DerElement.parse(der).children();
    if (parts.size() == 3
        && parts.get(0).tag() == DerElement.SEQUENCE
        && parts.get(2).tag() == DerElement.BIT_STRING) {
      DerContent inner = of(parts.get(0).encoded());
      return inner == null
          ? null
          : inner.isRequest()
              ? new DerContent("certification request", inner.read(), true)
              : new DerContent("certificate", certificate(der), false);
    }
    // The version is left out of certificates of the first one.
    int serial = parts.isEmpty() || parts.get(0).tag() != VERSION ? 0 : 1;
    if (parts.size() >= serial + 6 && parts.get(serial).tag() == INTEGER) {
      byte[] algorithm = parts.get(serial + 1).encoded();
      return new DerContent(
          "certificate that is to be signed",
          certificate(sequence(der, algorithm, emptySignature())),
          false);
    }
    if (parts.size() >= 3
        && parts.size() <= 4
        && parts.get(0).tag() == INTEGER
        && parts.get(1).tag() == DerElement.SEQUENCE
        && parts.get(2).tag() == DerElement.SEQUENCE) {
      return new DerContent(
          "certification request that is to be signed", certificate(standIn(parts)), true);
    }
    return null;
  }

  /** A certificate with the subject, key and extensions of a certification request. */
  private static byte[] standIn(List<DerElement> request) throws DerException {
    byte[] time = element(0x17, "260101000000Z".getBytes(StandardCharsets.US_ASCII));
    byte[] toBeSigned =
        sequence(
            element(VERSION, element(INTEGER, new byte[] {2})),
            element(INTEGER, new byte[] {1}),
            ANY_ALGORITHM,
            ANY_NAME,
            sequence(time, time),
            request.get(1).encoded(),
            request.get(2).encoded(),
            extensions(request));
    return sequence(toBeSigned, ANY_ALGORITHM, emptySignature());
  }

  private static byte[] extensions(List<DerElement> request) throws DerException {
    if (request.size() > 3) {
      for (DerElement attribute : request.get(3).children(ATTRIBUTES)) {
        List<DerElement> typeAndValues = attribute.children(DerElement.SEQUENCE);
        if (typeAndValues.size() == 2 && typeAndValues.get(0).oid().equals(EXTENSION_REQUEST)) {
          return element(EXTENSIONS, typeAndValues.get(1).expect(DerElement.SET).content());
        }
      }
    }
    return new byte[0];
  }

  private static byte[] emptySignature() {
    return element(DerElement.BIT_STRING, new byte[] {0, 0});
  }

  private static X509Certificate certificate(byte[] der) throws CertificateException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509", Security.getProvider("SUN"))
            .generateCertificate(new ByteArrayInputStream(der));
  }

  private static byte[] sequence(byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    return element(DerElement.SEQUENCE, content.toByteArray());
  }

  private static byte[] element(int tag, byte[] content) {
    ByteArrayOutputStream der = new ByteArrayOutputStream();
    der.write(tag);
    if (content.length < 0x80) {
      der.write(content.length);
    } else {
      der.write(0x83);
      der.write(content.length >> 16);
      der.write(content.length >> 8);
      der.write(content.length);
    }
    der.writeBytes(content);
    return der.toByteArray();
  }
}
