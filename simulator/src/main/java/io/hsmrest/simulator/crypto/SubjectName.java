package io.hsmrest.simulator.crypto;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x500.X500Name;
import org.jspecify.annotations.Nullable;

/**
 * Subjects of certificates (contract 2.3.1): the values are joined into the text of a name, most
 * specific first, without escaping, and the text is read by the JDK's rules. A comma in a value
 * therefore begins another attribute, unless the caller has escaped it.
 */
final class SubjectName {
  private static final Map<String, String> OIDS =
      Map.of(
          "EMAILADDRESS", "1.2.840.113549.1.9.1",
          "T", "2.5.4.12",
          "SURNAME", "2.5.4.4",
          "GIVENNAME", "2.5.4.42",
          "INITIALS", "2.5.4.43",
          "GENERATION", "2.5.4.44");

  private SubjectName() {}

  static X500Name of(SubjectAttributes subject) {
    if (subject.commonName().isEmpty()) {
      throw new ServiceRefusal(
          Reason.INVALID_CERTIFICATE_REQUEST, "The common name must not be empty.");
    }
    Map<String, @Nullable String> values = new LinkedHashMap<>();
    values.put("CN", subject.commonName());
    values.put("OU", subject.organizationUnitName());
    values.put("O", subject.organizationName());
    values.put("2.5.4.97", subject.organizationIdentifier());
    values.put("L", subject.locality());
    values.put("ST", subject.stateOrProvinceName());
    values.put("C", subject.country());
    values.put("EMAILADDRESS", subject.email());
    values.put("T", subject.title());
    values.put("SURNAME", subject.surname());
    values.put("GIVENNAME", subject.givenName());
    values.put("INITIALS", subject.initials());
    values.put("GENERATION", subject.generationQualifier());
    return parse(
        values.entrySet().stream()
            .filter(entry -> entry.getValue() != null && !entry.getValue().isEmpty())
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining(", ")));
  }

  private static X500Name parse(String joined) {
    try {
      return X500Name.getInstance(new X500Principal(joined, OIDS).getEncoded());
    } catch (IllegalArgumentException e) {
      throw new ServiceRefusal(Reason.IN_HSM, "Could not create the name: " + joined, e);
    }
  }
}
