package io.hsmrest.simulator.operation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hsmrest.simulator.config.Behaviour.CertificateSubject;
import io.hsmrest.simulator.crypto.CertificateTemplate;
import io.hsmrest.simulator.crypto.ExtendedKeyUsageName;
import io.hsmrest.simulator.crypto.KeyUsageName;
import io.hsmrest.simulator.crypto.Reason;
import io.hsmrest.simulator.crypto.ServiceRefusal;
import io.hsmrest.simulator.crypto.SignatureAlgorithm;
import io.hsmrest.simulator.crypto.SubjectAlternativeName;
import io.hsmrest.simulator.crypto.SubjectAttributes;
import io.hsmrest.simulator.json.Fields;
import io.hsmrest.simulator.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the certificate calls have in common (contract 2.3.1). */
final class CertificateFields {
  private final Fields in;
  private final Dialect dialect;

  CertificateFields(Fields in, Dialect dialect) {
    this.in = in;
    this.dialect = dialect;
  }

  /** The answer of a call that made something; newer services say which version of the key did. */
  static ObjectNode answer(String keyLabel, String made, String pem, boolean newer) {
    ObjectNode answer = Json.object().put("label", keyLabel).put(made, pem);
    return newer ? answer.putNull("keyVersion") : answer;
  }

  /** The template of a certificate request, whose subject has one form only. */
  CertificateTemplate request() {
    return template(attributes(in.object("standardCertificateAttributes")), false, false);
  }

  /** The template of a self-signed certificate. */
  CertificateTemplate selfSigned() {
    return template(
        subject(false), Boolean.TRUE.equals(in.optionalFlag("certificateAuthority")), false);
  }

  /** The template of an issued certificate. */
  CertificateTemplate issued() {
    boolean copy = false;
    if (dialect.isNewerThan22()) {
      in.accept("keyName");
      copy =
          in.optionalChoice("copyExtensions", byName(List.of("COPY", "NO_COPY")))
              .filter("COPY"::equals)
              .isPresent();
    }
    return template(
        subject(true), Boolean.TRUE.equals(in.optionalFlag("certificateAuthority")), copy);
  }

  private CertificateTemplate template(
      SubjectAttributes subject, boolean certificateAuthority, boolean copy) {
    return new CertificateTemplate(
        in.choice("signatureAlgorithm", dialect::certificateAlgorithm)
            .orElseGet(() -> SignatureAlgorithm.of("SHA256_WITH_RSA")),
        subject,
        in.optionalNumber("validity"),
        certificateAuthority,
        in.choices("keyUsage", byName(List.of(KeyUsageName.values()))),
        in.choices("extendedKeyUsage", byName(List.of(ExtendedKeyUsageName.values()))),
        alternativeNames(),
        copy);
  }

  /** U6: the releases differ in the field that carries the subject. */
  private SubjectAttributes subject(boolean bothAllowed) {
    CertificateSubject form = dialect.certificateSubject();
    String commonName =
        form == CertificateSubject.STANDARD_ATTRIBUTES ? null : in.optionalText("commonName");
    Fields attributes =
        form == CertificateSubject.COMMON_NAME
            ? null
            : in.optionalObject("standardCertificateAttributes");
    if (attributes != null && commonName != null && !bothAllowed) {
      in.violate("Only one of 'commonName' and 'standardCertificateAttributes' must have a value.");
    }
    if (attributes != null) {
      return attributes(attributes);
    }
    if (commonName == null || commonName.isEmpty()) {
      in.violate(
          form == CertificateSubject.STANDARD_ATTRIBUTES
              ? "standardCertificateAttributes"
              : "commonName",
          "must not be empty");
    }
    return SubjectAttributes.ofCommonName(commonName == null ? "" : commonName);
  }

  private static SubjectAttributes attributes(Fields in) {
    return new SubjectAttributes(
        Optional.ofNullable(in.optionalText("commonName")).orElse(""),
        in.optionalText("country"),
        in.optionalText("stateOrProvinceName"),
        in.optionalText("locality"),
        in.optionalText("organizationName"),
        in.optionalText("organizationIdentifier"),
        in.optionalText("organizationUnitName"),
        in.optionalText("email"),
        in.optionalText("title"),
        in.optionalText("surname"),
        in.optionalText("givenName"),
        in.optionalText("initials"),
        in.optionalText("pseudonym"),
        in.optionalText("generationQualifier"));
  }

  private List<SubjectAlternativeName> alternativeNames() {
    List<SubjectAlternativeName> names = new ArrayList<>();
    if (!dialect.isNewerThan22()) {
      return names;
    }
    List<@Nullable Fields> objects = in.optionalObjects("subjectAlternativeNames");
    for (Fields name : objects == null ? List.<Fields>of() : objects) {
      if (name != null) {
        names.add(
            new SubjectAlternativeName(
                name.choice("sanType", byName(List.of(SubjectAlternativeName.Type.values())))
                    .orElse(SubjectAlternativeName.Type.DNS),
                name.text("sanValue")));
      }
    }
    return names;
  }

  /** Refuses a subject without common name: 411. */
  static void checkSubject(CertificateTemplate template) {
    if (template.subject().commonName().isEmpty()) {
      throw new ServiceRefusal(
          Reason.INVALID_CERTIFICATE_REQUEST, "The common name of the certificate is missing.");
    }
  }

  private static <T> Function<String, Optional<T>> byName(List<T> values) {
    return name -> values.stream().filter(v -> v.toString().equals(name)).findFirst();
  }
}
