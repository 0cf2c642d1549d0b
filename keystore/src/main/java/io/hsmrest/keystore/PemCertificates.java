package io.hsmrest.keystore;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes the certificates out of a PEM file (RFC 7468) in which other things may lie as well: the
 * text that OpenSSL writes, keys, CRLs. The JDK's own reader takes dashes in such text for the
 * beginning of an object from some releases on.
 */
final class PemCertificates {
  private static final Pattern BLOCK =
      Pattern.compile(
          "-----BEGIN (CERTIFICATE|X509 CERTIFICATE|PKCS7|PKCS #7 SIGNED DATA|CMS)-----"
              + "(.*?)-----END \\1-----",
          Pattern.DOTALL);

  private PemCertificates() {}

  /** The DER of all of them, one after the other; {@code content} itself where it is no PEM. */
  static byte[] toDer(byte[] content) throws CertificateException {
    Matcher blocks = BLOCK.matcher(new String(content, StandardCharsets.ISO_8859_1));
    ByteArrayOutputStream der = new ByteArrayOutputStream();
    while (blocks.find()) {
      try {
        der.writeBytes(Base64.getMimeDecoder().decode(blocks.group(2)));
      } catch (IllegalArgumentException e) {
        throw new CertificateException("what is between BEGIN and END is no base64", e);
      }
    }
    return der.size() == 0 ? content : der.toByteArray();
  }
}
