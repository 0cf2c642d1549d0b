package io.hsmrest.provider.cli;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.naming.InvalidNameException;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/** The members of a request for a certificate (contract 2.3, 3.8, 3.9) in a certificate's terms. */
final class AskedCertificate {
  /** Object identifiers of the service's names for the algorithms of certificates. */
  static final Map<String, String> ALGORITHMS =
      Map.of(
          "SHA224_WITH_RSA", "1.2.840.113549.1.1.14",
          "SHA256_WITH_RSA", "1.2.840.113549.1.1.11",
          "SHA384_WITH_RSA", "1.2.840.113549.1.1.12",
          "SHA512_WITH_RSA", "1.2.840.113549.1.1.13",
          "SHA256_WITH_ECDSA", "1.2.840.10045.4.3.2",
          "SHA384_WITH_ECDSA", "1.2.840.10045.4.3.3",
          "SHA512_WITH_ECDSA", "1.2.840.10045.4.3.4",
          "EDDSA", "1.3.101.112");

  private static final Map<String, String> USAGES =
      Map.of(
          "ANY_EXTENDED_KEY_USAGE", "2.5.29.37.0",
          "SERVER_AUTH", "1.3.6.1.5.5.7.3.1",
          "CLIENT_AUTH", "1.3.6.1.5.5.7.3.2",
          "CODE_SIGNING", "1.3.6.1.5.5.7.3.3",
          "EMAIL_PROTECTION", "1.3.6.1.5.5.7.3.4",
          "TIME_STAMPING", "1.3.6.1.5.5.7.3.8",
          "OCSP_SIGNING", "1.3.6.1.5.5.7.3.9");

  /** The service's names of a subject's attributes. */
  private static final Map<String, String> ATTRIBUTES =
      Map.ofEntries(
          Map.entry("2.5.4.3", "commonName"),
          Map.entry("2.5.4.4", "surname"),
          Map.entry("2.5.4.6", "country"),
          Map.entry("2.5.4.7", "locality"),
          Map.entry("2.5.4.8", "stateOrProvinceName"),
          Map.entry("2.5.4.10", "organizationName"),
          Map.entry("2.5.4.11", "organizationUnitName"),
          Map.entry("2.5.4.12", "title"),
          Map.entry("2.5.4.42", "givenName"),
          Map.entry("2.5.4.43", "initials"),
          Map.entry("2.5.4.44", "generationQualifier"),
          Map.entry("2.5.4.97", "organizationIdentifier"),
          Map.entry("1.2.840.113549.1.9.1", "email"));

  private static final Map<String, String> NAME_TYPES =
      Map.of("DNS", "DNS:", "URI", "URI:", "EMAIL", "e-mail:", "IP", "IP:");

  private AskedCertificate() {}

  /** The subject's attributes that are asked for; the service ignores pseudonyms. */
  static Set<Map.Entry<String, String>> subject(Map<String, String> members) {
    Set<Map.Entry<String, String>> subject = new LinkedHashSet<>();
    CertificateRequestText.subject(members)
        .forEach(
            (name, value) -> {
              if (!name.equals("pseudonym")) {
                subject.add(Map.entry(name, value));
              }
            });
    return subject;
  }

  /** A name's attributes by the service's names for them. */
  static Set<Map.Entry<String, String>> attributes(X500Principal name) {
    Set<Map.Entry<String, String>> attributes = new LinkedHashSet<>();
    try {
      for (Rdn rdn : new LdapName(name.getName(X500Principal.RFC2253, ATTRIBUTES)).getRdns()) {
        for (Attribute attribute : java.util.Collections.list(rdn.toAttributes().getAll())) {
          for (Object value : java.util.Collections.list(attribute.getAll())) {
            attributes.add(Map.entry(attribute.getID(), String.valueOf(value)));
          }
        }
      }
    } catch (InvalidNameException e) {
      // Then it has none that could be compared.
    } catch (NamingException e) {
      throw new IllegalStateException("a name in memory cannot be read", e);
    }
    return attributes;
  }

  /** The elements of a list; null where there is none. */
  static @Nullable Set<String> list(@Nullable String text) {
    return text == null
        ? null
        : new LinkedHashSet<>(text.isEmpty() ? List.of() : List.of(text.split(", ")));
  }

  /** The object identifiers of extended key usages; null where there is no list. */
  static @Nullable Set<String> usages(@Nullable String text) {
    Set<String> names = list(text);
    Set<String> oids = new LinkedHashSet<>();
    if (names != null) {
      names.forEach(name -> oids.add(USAGES.getOrDefault(name, name)));
    }
    return names == null ? null : oids;
  }

  /** Alternative names as {@link GeneralName} writes them; null where there is no list. */
  static @Nullable Set<String> names(Map<String, String> members) {
    Set<String> names = new LinkedHashSet<>();
    for (int i = 0; ; i++) {
      String place = "subjectAlternativeNames[" + i + "].";
      String type = members.get(place + "sanType");
      String value = members.get(place + "sanValue");
      if (type == null || value == null) {
        return names.isEmpty() && !members.containsKey("subjectAlternativeNames") ? null : names;
      }
      String prefix = NAME_TYPES.getOrDefault(type, type + ":");
      names.add(prefix + Quoted.inList(type.equals("IP") ? address(value) : value));
    }
  }

  /** As Java writes it; a host's name is never looked up. */
  private static String address(String text) {
    try {
      return text.matches("[0-9.]+|[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*")
          ? InetAddress.getByName(text).getHostAddress()
          : text;
    } catch (UnknownHostException e) {
      return text;
    }
  }
}
