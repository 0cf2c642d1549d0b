package io.hsmrest.provider.cli;

import io.hsmrest.client.model.Octets;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The certificate that a request's members ask for (contract 2.3), in words. */
final class CertificateRequestText {
  private static final String ATTRIBUTES = "standardCertificateAttributes.";
  private static final String CSR = "certificateSigningRequest";

  private static final Map<String, String> NAMES =
      Map.of(
          "signatureAlgorithm", "algorithm",
          "validity", "days valid",
          "certificateAuthority", "CA",
          "keyUsage", "key usage",
          "extendedKeyUsage", "used for");

  private CertificateRequestText() {}

  /** The subject's attributes, by the service's names for them. */
  static Map<String, String> subject(Map<String, String> members) {
    Map<String, String> subject = new LinkedHashMap<>();
    members.forEach(
        (name, value) -> {
          if (name.equals("commonName") || name.startsWith(ATTRIBUTES)) {
            subject.put(
                name.startsWith(ATTRIBUTES) ? name.substring(ATTRIBUTES.length()) : name, value);
          }
        });
    return subject;
  }

  /** Adds everything that is asked for, known or not, to {@code facts}. */
  static void add(Facts facts, Map<String, String> members) {
    List<String> subject = new ArrayList<>();
    subject(members).forEach((name, value) -> subject.add(name + "=" + value));
    facts.add("subject", String.join(", ", subject));
    members.forEach(
        (name, value) -> {
          if (!name.equals("commonName")
              && !name.startsWith(ATTRIBUTES)
              && !name.equals("signKeyName")
              && !name.equals(CSR)) {
            facts.add(NAMES.getOrDefault(name, name), value);
          }
        });
    String csr = members.get(CSR);
    if (csr != null) {
      csr(facts, csr);
    }
  }

  private static void csr(Facts facts, String text) {
    Optional<DerContent> csr = DerContent.read(Octets.of(text.getBytes(StandardCharsets.US_ASCII)));
    if (csr.isPresent()) {
      facts.heading("The certification request in it, made by the key's owner");
      CertificateText.add(facts, csr.get());
    } else {
      facts.warn("the certification request in it cannot be read");
    }
  }
}
