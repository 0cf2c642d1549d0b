package io.hsmrest.keystore;

import io.hsmrest.keystore.der.DerElement;
import io.hsmrest.keystore.der.DerException;
import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who issued whom, and whether it may (RFC 5280 6.1 without the caller's inputs). */
final class Issuance {
  private static final String AUTHORITY_KEY_IDENTIFIER = "2.5.29.35";
  private static final String SUBJECT_KEY_IDENTIFIER = "2.5.29.14";
  private static final int KEY_CERT_SIGN = 5;

  private Issuance() {}

  /**
   * Whether the names match and the signature verifies; where this Java does not know the
   * signature's algorithm the key identifiers have to match instead.
   */
  static boolean issued(X509Certificate issuer, X509Certificate child) {
    if (!issuer.getSubjectX500Principal().equals(child.getIssuerX500Principal())) {
      return false;
    }
    try {
      child.verify(issuer.getPublicKey());
      return true;
    } catch (NoSuchAlgorithmException e) {
      return haveTheSameKeyIdentifier(issuer, child);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  static boolean isSelfSigned(X509Certificate certificate) {
    return issued(certificate, certificate);
  }

  /**
   * Whether it is valid at that time and allowed to issue. Certificates of version 1 have no word
   * for that, and old roots are of it.
   */
  static boolean mayIssue(X509Certificate certificate, Instant at) {
    boolean[] usage = certificate.getKeyUsage();
    return isValid(certificate, at)
        && (certificate.getVersion() < 3 || certificate.getBasicConstraints() >= 0)
        && (usage == null || usage[KEY_CERT_SIGN]);
  }

  static boolean isValid(X509Certificate certificate, Instant at) {
    return !at.isBefore(certificate.getNotBefore().toInstant())
        && !at.isAfter(certificate.getNotAfter().toInstant());
  }

  private static boolean haveTheSameKeyIdentifier(X509Certificate issuer, X509Certificate child) {
    try {
      byte[] named = keyIdentifierIn(child.getExtensionValue(AUTHORITY_KEY_IDENTIFIER), true);
      byte[] own = keyIdentifierIn(issuer.getExtensionValue(SUBJECT_KEY_IDENTIFIER), false);
      return named != null && java.util.Arrays.equals(named, own);
    } catch (DerException e) {
      return false;
    }
  }

  private static byte @Nullable [] keyIdentifierIn(byte @Nullable [] extension, boolean inSequence)
      throws DerException {
    if (extension == null) {
      return null;
    }
    DerElement value =
        DerElement.parse(DerElement.parse(extension).expect(DerElement.OCTET_STRING).content());
    if (!inSequence) {
      return value.content();
    }
    Optional<DerElement> identifier =
        value.children(DerElement.SEQUENCE).stream().filter(e -> e.tag() == 0x80).findFirst();
    return identifier.map(DerElement::content).orElse(null);
  }
}
