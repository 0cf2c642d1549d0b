package io.hsmrest.provider.cli;

import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.PemText;
import io.hsmrest.keystore.der.DerElement;
import io.hsmrest.keystore.der.DerException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/**
 * Certificates and certification requests, whole or the part alone that is signed. They are read
 * here and strictly: the JDK takes an extension that it does not understand for one that is not
 * there, and others understand it.
 *
 * @param kind what it is, for people
 * @param isRequest whether it is a certification request
 * @param subject null where it cannot be read
 * @param issuer null in requests, and where it cannot be read
 * @param serialNumber null in requests
 * @param notBefore null in requests, and where it cannot be read
 * @param notAfter null in requests, and where it cannot be read
 * @param algorithm of the signature, as object identifier; null where it is not in what is signed
 * @param publicKey SubjectPublicKeyInfo, DER
 * @param extensions those of a certificate, or those that a request asks for
 * @param attributes other attributes of a request, as object identifiers
 * @param defects what cannot be read, or is there twice
 */
record DerContent(
    String kind,
    boolean isRequest,
    @Nullable X500Principal subject,
    @Nullable X500Principal issuer,
    @Nullable BigInteger serialNumber,
    @Nullable Instant notBefore,
    @Nullable Instant notAfter,
    @Nullable String algorithm,
    Octets publicKey,
    Extensions extensions,
    List<String> attributes,
    List<String> defects) {

  private static final String CERTIFICATE = "certificate";
  private static final String REQUEST = "certification request";
  private static final String TO_BE_SIGNED = " that is to be signed";

  private static final int INTEGER = 0x02;
  private static final int VERSION = 0xa0;
  private static final int ATTRIBUTES = 0xa0;

  /** How a sequence begins whose tag takes more bytes than it needs. */
  private static final int LONG_SEQUENCE = 0x3f;

  /** Longer than any digest, of which one in 256 begins like a sequence. */
  private static final int LONGEST_DIGEST = 64;

  DerContent {
    attributes = List.copyOf(attributes);
    defects = List.copyOf(defects);
  }

  /** DER, or PEM with its armour; empty when it is something else. */
  static Optional<DerContent> read(Octets content) {
    byte[] bytes = content.toByteArray();
    String text = new String(bytes, StandardCharsets.US_ASCII);
    try {
      byte[] der = text.startsWith("-----BEGIN ") ? PemText.decode(text).toByteArray() : bytes;
      return Optional.ofNullable(of(der));
    } catch (DerException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Whether it begins like DER, and only a reader that is less strict could say what it is. */
  static boolean isUnreadable(Octets content) {
    byte[] bytes = content.toByteArray();
    if (bytes.length <= LONGEST_DIGEST
        || bytes[0] != DerElement.SEQUENCE && bytes[0] != LONG_SEQUENCE) {
      return false;
    }
    try {
      DerElement.parse(bytes).children();
      return false;
    } catch (DerException e) {
      return PayloadText.readable(content) == null;
    }
  }

  private static @Nullable DerContent of(byte[] der) throws DerException {
    if (der.length == 0 || der[0] != DerElement.SEQUENCE) {
      return null;
    }
    List<DerElement> parts = DerElement.parse(der).children();
    if (parts.size() == 3 && isSequence(parts.get(0)) && isSequence(parts.get(1))) {
      DerContent signed = of(parts.get(0).encoded());
      return signed == null ? null : signed.called(signed.isRequest() ? REQUEST : CERTIFICATE);
    }
    // The version is left out of certificates of the first one.
    int serial = parts.isEmpty() || parts.get(0).tag() != VERSION ? 0 : 1;
    if (parts.size() >= serial + 6
        && parts.get(serial).tag() == INTEGER
        && parts.subList(serial + 1, serial + 6).stream().allMatch(DerContent::isSequence)) {
      return new DerContentReader()
          .certificate(CERTIFICATE + TO_BE_SIGNED, parts.subList(serial, parts.size()));
    }
    boolean isRequest =
        (parts.size() == 3 || parts.size() == 4 && parts.get(3).tag() == ATTRIBUTES)
            && parts.get(0).tag() == INTEGER
            && isSequence(parts.get(1))
            && isSequence(parts.get(2));
    return isRequest ? new DerContentReader().request(REQUEST + TO_BE_SIGNED, parts) : null;
  }

  private static boolean isSequence(DerElement element) {
    return element.tag() == DerElement.SEQUENCE;
  }

  private DerContent called(String name) {
    return new DerContent(
        name,
        isRequest,
        subject,
        issuer,
        serialNumber,
        notBefore,
        notAfter,
        algorithm,
        publicKey,
        extensions,
        attributes,
        defects);
  }
}
