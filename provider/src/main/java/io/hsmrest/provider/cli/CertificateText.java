package io.hsmrest.provider.cli;

import io.hsmrest.client.approval.Approvers;
import io.hsmrest.client.model.Octets;
import io.hsmrest.keystore.der.DerElement;
import io.hsmrest.keystore.der.DerException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;
import java.util.Map;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/** A certificate or certification request in words. */
final class CertificateText {
  private static final Map<String, String> EXTENDED_USAGES =
      Map.of(
          "2.5.29.37.0", "any",
          "1.3.6.1.5.5.7.3.1", "TLS server",
          "1.3.6.1.5.5.7.3.2", "TLS client",
          "1.3.6.1.5.5.7.3.3", "code signing",
          "1.3.6.1.5.5.7.3.4", "e-mail",
          "1.3.6.1.5.5.7.3.8", "time stamping",
          "1.3.6.1.5.5.7.3.9", "OCSP signing");

  private static final Map<String, String> KEY_TYPES =
      Map.of(
          "1.2.840.113549.1.1.1", "RSA",
          "1.2.840.113549.1.1.10", "RSASSA-PSS",
          "1.2.840.10045.2.1", "EC",
          "1.2.840.10040.4.1", "DSA",
          "1.3.101.112", "Ed25519");

  private CertificateText() {}

  /** Adds what it says to {@code facts}. */
  static void add(Facts facts, DerContent content) {
    Extensions extensions = content.extensions();
    facts.add("content", "a " + content.kind());
    facts.add("subject", name(content.subject()));
    if (!content.isRequest()) {
      BigInteger serial = content.serialNumber();
      facts.add("issuer", name(content.issuer()));
      facts.add("serial number", serial == null ? null : serial.toString(16));
      facts.add(
          "valid",
          content.notBefore() == null ? null : content.notBefore() + " to " + content.notAfter());
    }
    facts.add("its key", key(content.publicKey()));
    facts.add("names", joined(extensions.names()));
    facts.add("CA", authority(extensions.authority()));
    facts.add("key usage", joined(extensions.keyUsages()));
    List<String> extended = extensions.extendedKeyUsages();
    facts.add(
        "used for",
        extended == null
            ? null
            : joined(
                extended.stream().map(oid -> EXTENDED_USAGES.getOrDefault(oid, oid)).toList()));
    extensions.others().forEach(other -> facts.add("extension", other));
    content.attributes().forEach(other -> facts.add("attribute", other));
  }

  /** The same in a few words. */
  static String inShort(DerContent content) {
    return "a "
        + content.kind()
        + (content.extensions().isAuthority() ? " of a CA" : "")
        + ": "
        + PayloadText.shortened(name(content.subject()));
  }

  static String name(@Nullable X500Principal name) {
    return name == null ? "cannot be read" : name.getName();
  }

  private static @Nullable String joined(@Nullable List<String> texts) {
    return texts == null ? null : texts.isEmpty() ? "none" : String.join(", ", texts);
  }

  private static @Nullable String authority(Extensions.@Nullable Authority authority) {
    if (authority == null) {
      return null;
    }
    return !authority.isAuthority()
        ? "no"
        : authority.below() == null ? "yes" : "yes, at most " + authority.below() + " CAs below it";
  }

  private static String key(Octets encoded) {
    return type(encoded) + ", " + new Approvers(null).names(List.of(encoded)).replace("key ", "");
  }

  private static String type(Octets encoded) {
    String oid = "of an unknown type";
    try {
      DerElement algorithm = DerContentReader.first(DerElement.parse(encoded.toByteArray()));
      oid = DerContentReader.first(algorithm).oid();
      PublicKey key =
          KeyFactory.getInstance(KEY_TYPES.getOrDefault(oid, oid))
              .generatePublic(new X509EncodedKeySpec(encoded.toByteArray()));
      String size =
          key instanceof RSAKey rsa
              ? " " + rsa.getModulus().bitLength()
              : key instanceof ECKey ec ? " " + ec.getParams().getOrder().bitLength() : "";
      return key.getAlgorithm() + size;
    } catch (DerException | GeneralSecurityException e) {
      // One that this Java does not know may be all right.
      return KEY_TYPES.getOrDefault(oid, oid);
    }
  }
}
