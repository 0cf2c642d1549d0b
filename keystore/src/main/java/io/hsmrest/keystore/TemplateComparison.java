package io.hsmrest.keystore;

import io.hsmrest.client.HsmProtocolException;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.SubjectAttribute;
import io.hsmrest.keystore.der.DerException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Compares what the service made with what it was asked for: subject, usages, alternative names, CA
 * or not, validity, signature algorithm. What nobody can ask for (serial number, key identifiers,
 * criticality) is not compared.
 */
final class TemplateComparison {
  private static final String NONE = "none";
  private static final String SUBJECT = "subject ";
  private static final String VALIDITY = "validity";
  private static final String ALGORITHM = "signature algorithm";

  private final CertificateTemplate template;
  private final CertificateContent made;
  private final List<CertificateDifference> differences = new ArrayList<>();

  private TemplateComparison(CertificateTemplate template, CertificateContent made) {
    this.template = template;
    this.made = made;
  }

  /**
   * Compares a certificate.
   *
   * @param csr the request whose extensions were to be copied, null for none
   */
  static List<CertificateDifference> certificate(
      CertificateTemplate template,
      CertificateSignature algorithm,
      X509Certificate certificate,
      @Nullable CertificationRequest csr,
      String label)
      throws HsmProtocolException {
    TemplateComparison comparison =
        new TemplateComparison(template, CertificateContent.of(certificate, label));
    try {
      comparison.subject();
      comparison.algorithm(algorithm);
      comparison.validity(certificate);
      Set<String> copied = csr == null ? Set.of() : csr.extensions().keySet();
      comparison.compare(
          "certificate authority",
          template.certificateAuthority() ? "yes" : "no",
          comparison.made.certificateAuthority());
      comparison.extensions(copied);
      if (csr != null) {
        comparison.copied(csr);
      }
    } catch (DerException e) {
      throw unreadable(label, e);
    }
    return comparison.differences;
  }

  /** Compares a CSR, which can neither say CA nor a validity. */
  static List<CertificateDifference> csr(
      CertificateTemplate template,
      CertificateSignature algorithm,
      CertificationRequest csr,
      String label)
      throws HsmProtocolException {
    TemplateComparison comparison =
        new TemplateComparison(template, CertificateContent.of(csr, label));
    try {
      comparison.subject();
      comparison.algorithm(algorithm);
      comparison.extensions(Set.of());
    } catch (DerException e) {
      throw unreadable(label, e);
    }
    return comparison.differences;
  }

  /**
   * Whether what was made may be what was asked for, changed by the service: releases differ in
   * what they put in, and leave out attributes and extensions (contract 2.3, U11). Another subject,
   * alternative name, validity or algorithm is not of the service's making.
   */
  static boolean mayBeAsAsked(List<CertificateDifference> differences) {
    return differences.stream()
        .noneMatch(
            difference ->
                !difference.received().equals(NONE)
                    && (difference.part().startsWith(SUBJECT)
                        || difference.part().equals(VALIDITY)
                        || difference.part().equals(ALGORITHM)));
  }

  private static HsmProtocolException unreadable(String label, DerException e) {
    return new HsmProtocolException(
        "an extension of what was made with '" + label + "' cannot be read: " + e.getMessage(), e);
  }

  private void subject() {
    List<Map.Entry<String, String>> left = new ArrayList<>(made.subject());
    template
        .subject()
        .values()
        .forEach(
            (attribute, value) -> {
              if (!left.remove(Map.entry(attribute.oid(), value))) {
                List<Map.Entry<String, String>> others =
                    left.stream().filter(e -> e.getKey().equals(attribute.oid())).toList();
                left.removeAll(others);
                compare(
                    SUBJECT + attribute.memberName(),
                    "'" + value + "'",
                    others.isEmpty() ? NONE : "'" + others.get(0).getValue() + "'");
              }
            });
    left.forEach(
        extra -> compare(SUBJECT + nameOf(extra.getKey()), NONE, "'" + extra.getValue() + "'"));
  }

  private static String nameOf(String oid) {
    return Arrays.stream(SubjectAttribute.values())
        .filter(attribute -> attribute.oid().equals(oid))
        .findFirst()
        .map(SubjectAttribute::memberName)
        .orElse(oid);
  }

  private void algorithm(CertificateSignature asked) {
    compare(ALGORITHM, asked.jcaName(), CertificateSignature.nameOf(made.signatureOid()));
  }

  /** A day more or less is the service's way of counting, and the time of day it starts at. */
  private void validity(X509Certificate certificate) {
    Integer days = template.validityDays();
    if (days == null) {
      return;
    }
    Duration made =
        Duration.between(
            certificate.getNotBefore().toInstant(), certificate.getNotAfter().toInstant());
    if (made.minusDays(days).abs().compareTo(Duration.ofDays(1)) > 0) {
      compare(VALIDITY, days + " days", made.toDays() + " days");
    }
  }

  private void extensions(Set<String> copied) throws DerException {
    if (!copied.contains(CertificateContent.KEY_USAGE) || !template.keyUsage().isEmpty()) {
      compare("key usage", names(template.keyUsage()), made.keyUsages());
    }
    if (!copied.contains(CertificateContent.EXTENDED_KEY_USAGE)
        || !template.extendedKeyUsage().isEmpty()) {
      compare("extended key usage", names(template.extendedKeyUsage()), made.extendedKeyUsages());
    }
    Set<String> asked =
        template.subjectAlternativeNames().stream()
            .map(GeneralNameText::of)
            .collect(Collectors.toCollection(TreeSet::new));
    if (!copied.contains(CertificateContent.ALTERNATIVE_NAMES) || !asked.isEmpty()) {
      compare(SUBJECT + "alternative name", asked, made.alternativeNames());
    }
  }

  /** Extensions of the CSR that the template itself says nothing of. */
  private void copied(CertificationRequest csr) {
    csr.extensions()
        .forEach(
            (oid, value) -> {
              Octets there = made.extensions().get(oid);
              if (!isSetByTemplate(oid) && (there == null || !value.equals(there))) {
                compare("extension " + oid, "the CSR's", there == null ? NONE : "another value");
              }
            });
  }

  private boolean isSetByTemplate(String oid) {
    return switch (oid) {
      case CertificateContent.KEY_USAGE -> !template.keyUsage().isEmpty();
      case CertificateContent.EXTENDED_KEY_USAGE -> !template.extendedKeyUsage().isEmpty();
      case CertificateContent.ALTERNATIVE_NAMES -> !template.subjectAlternativeNames().isEmpty();
      // Compared by what it says; and the key identifier, which the issuer computes in its own way.
      case CertificateContent.BASIC_CONSTRAINTS, "2.5.29.14" -> true;
      default -> false;
    };
  }

  private static Set<String> names(List<? extends Enum<?>> asked) {
    return asked.stream().map(Enum::name).collect(Collectors.toCollection(TreeSet::new));
  }

  private void compare(String part, Collection<String> asked, Collection<String> received) {
    compare(part, text(asked), text(received));
  }

  private void compare(String part, String asked, String received) {
    if (!asked.equals(received)) {
      differences.add(new CertificateDifference(part, asked, received));
    }
  }

  private static String text(Collection<String> values) {
    return values.isEmpty() ? NONE : String.join(", ", values);
  }
}
