package io.hsmrest.provider.cli;

import io.hsmrest.client.approval.Approvers;
import io.hsmrest.client.model.KeyUsage;
import io.hsmrest.client.model.Octets;
import java.security.PublicKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
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

  private static final Map<Integer, String> NAME_TYPES =
      Map.of(1, "e-mail", 2, "DNS", 4, "directory", 6, "URI", 7, "IP", 8, "id");

  private CertificateText() {}

  /** Adds what it says to {@code facts}. */
  static void add(Facts facts, DerContent content) {
    X509Certificate read = content.read();
    facts.add("content", "a " + content.kind());
    facts.add("subject", read.getSubjectX500Principal().getName());
    if (!content.isRequest()) {
      facts.add("issuer", read.getIssuerX500Principal().getName());
      facts.add("serial number", read.getSerialNumber().toString(16));
      facts.add("valid", read.getNotBefore().toInstant() + " to " + read.getNotAfter().toInstant());
    }
    facts.add("its key", key(read.getPublicKey()));
    facts.add("names", names(read));
    facts.add("CA", authority(read));
    facts.add("key usage", usages(read.getKeyUsage()));
    facts.add("used for", extendedUsages(read));
  }

  private static String key(PublicKey key) {
    String size =
        key instanceof RSAKey rsa
            ? " " + rsa.getModulus().bitLength()
            : key instanceof ECKey ec ? " " + ec.getParams().getOrder().bitLength() : "";
    return key.getAlgorithm()
        + size
        + ", "
        + new Approvers(null).names(List.of(Octets.of(key.getEncoded()))).replace("key ", "");
  }

  private static @Nullable String authority(X509Certificate read) {
    int length = read.getBasicConstraints();
    if (length < 0) {
      return read.getExtensionValue("2.5.29.19") == null ? null : "no";
    }
    return length == Integer.MAX_VALUE ? "yes" : "yes, at most " + length + " CAs below it";
  }

  private static @Nullable String usages(boolean @Nullable [] bits) {
    if (bits == null) {
      return null;
    }
    // The service's names are in the order of the bits.
    KeyUsage[] usages = KeyUsage.values();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < Math.min(bits.length, usages.length); i++) {
      if (bits[i]) {
        names.add(usages[i].name());
      }
    }
    return String.join(", ", names);
  }

  private static @Nullable String extendedUsages(X509Certificate read) {
    try {
      List<String> usages = read.getExtendedKeyUsage();
      return usages == null
          ? null
          : String.join(
              ", ", usages.stream().map(oid -> EXTENDED_USAGES.getOrDefault(oid, oid)).toList());
    } catch (CertificateParsingException e) {
      return "cannot be read";
    }
  }

  private static @Nullable String names(X509Certificate read) {
    try {
      Collection<List<?>> names = read.getSubjectAlternativeNames();
      return names == null
          ? null
          : String.join(", ", names.stream().map(CertificateText::name).toList());
    } catch (CertificateParsingException e) {
      return "cannot be read";
    }
  }

  private static String name(List<?> typeAndValue) {
    Object value = typeAndValue.get(1);
    return NAME_TYPES.getOrDefault(typeAndValue.get(0), "other")
        + ":"
        + (value instanceof byte[] der ? der.length + " bytes" : value);
  }
}
