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
  private static final String AUTHORITY = "certificateAuthority";

  private static final Map<String, String> NAMES =
      Map.of(
          "signatureAlgorithm",
          "algorithm",
          "validity",
          "days valid",
          AUTHORITY,
          "CA",
          "keyUsage",
          "key usage",
          "extendedKeyUsage",
          "used for");

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
    facts.add("subject", subjectText(members));
    members.forEach(
        (name, value) -> {
          if (!name.equals("commonName")
              && !name.startsWith(ATTRIBUTES)
              && !name.equals("signKeyName")
              && !name.equals(CSR)) {
            // In its own words, which could be ours for something else.
            facts.add(NAMES.getOrDefault(name, Quoted.always(name)), value);
          }
        });
    Optional<DerContent> csr = csr(members);
    if (csr.isPresent()) {
      facts.heading("The certification request in it, made by the key's owner");
      CertificateText.add(facts, csr.get());
    }
  }

  /** The same in a few words. */
  static String inShort(Map<String, String> members) {
    return "a request for "
        + ("true".equals(members.get(AUTHORITY)) ? "a CA's certificate: " : "")
        + PayloadText.shortened(subjectText(members));
  }

  private static String subjectText(Map<String, String> members) {
    List<String> subject = new ArrayList<>();
    subject(members).forEach((name, value) -> subject.add(name + "=" + Quoted.inList(value)));
    return String.join(", ", subject);
  }

  /** Whether there is a certification request in it. */
  static boolean hasCsr(Map<String, String> members) {
    return members.containsKey(CSR);
  }

  /** The certification request in it; empty when there is none that can be read. */
  static Optional<DerContent> csr(Map<String, String> members) {
    String text = members.get(CSR);
    return text == null
        ? Optional.empty()
        : DerContent.read(Octets.of(text.getBytes(StandardCharsets.US_ASCII)));
  }
}
