package io.hsmrest.keystore;

import io.hsmrest.client.HsmProtocolException;
import io.hsmrest.client.model.ExtendedKeyUsage;
import io.hsmrest.client.model.KeyUsage;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.SubjectAlternativeName;
import io.hsmrest.keystore.der.DerElement;
import io.hsmrest.keystore.der.DerException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What a certificate or CSR says, in the form it can be compared in.
 *
 * @param subject attributes of the subject as object identifier and text, in the order they are in
 * @param extensions by object identifier, what is inside the OCTET STRING
 * @param signatureOid the signature's algorithm
 */
record CertificateContent(
    List<Map.Entry<String, String>> subject, Map<String, Octets> extensions, String signatureOid) {
  static final String KEY_USAGE = "2.5.29.15";
  static final String ALTERNATIVE_NAMES = "2.5.29.17";
  static final String BASIC_CONSTRAINTS = "2.5.29.19";
  static final String EXTENDED_KEY_USAGE = "2.5.29.37";

  private static final int BOOLEAN = 0x01;

  static CertificateContent of(X509Certificate certificate, String label)
      throws HsmProtocolException {
    try {
      Map<String, Octets> extensions = new LinkedHashMap<>();
      for (Set<String> oids : extensionOids(certificate)) {
        for (String oid : oids) {
          byte[] wrapped = certificate.getExtensionValue(oid);
          extensions.put(
              oid, Octets.of(DerElement.parse(wrapped).expect(DerElement.OCTET_STRING).content()));
        }
      }
      return new CertificateContent(
          attributes(certificate.getSubjectX500Principal().getEncoded()),
          extensions,
          certificate.getSigAlgOID());
    } catch (DerException e) {
      throw unreadable("certificate", label, e);
    }
  }

  static CertificateContent of(CertificationRequest request, String label)
      throws HsmProtocolException {
    try {
      return new CertificateContent(
          attributes(request.subject().toByteArray()),
          request.extensions(),
          request.signatureOid());
    } catch (DerException e) {
      throw unreadable("CSR", label, e);
    }
  }

  private static HsmProtocolException unreadable(String what, String label, DerException e) {
    return new HsmProtocolException(
        "the " + what + " made with '" + label + "' cannot be read: " + e.getMessage(), e);
  }

  private static List<Set<String>> extensionOids(X509Certificate certificate) {
    return Stream.of(
            Optional.ofNullable(certificate.getCriticalExtensionOIDs()),
            Optional.ofNullable(certificate.getNonCriticalExtensionOIDs()))
        .flatMap(Optional::stream)
        .toList();
  }

  private static List<Map.Entry<String, String>> attributes(byte[] name) throws DerException {
    List<Map.Entry<String, String>> attributes = new ArrayList<>();
    for (DerElement relative : DerElement.parse(name).children(DerElement.SEQUENCE)) {
      for (DerElement attribute : relative.children(DerElement.SET)) {
        List<DerElement> typeAndValue = attribute.children(DerElement.SEQUENCE);
        attributes.add(Map.entry(typeAndValue.get(0).oid(), typeAndValue.get(1).text()));
      }
    }
    return attributes;
  }

  /** The key usages, by the service's names; empty without the extension. */
  Set<String> keyUsages() throws DerException {
    Set<String> usages = new TreeSet<>();
    Octets extension = extensions.get(KEY_USAGE);
    if (extension != null) {
      byte[] bits =
          DerElement.parse(extension.toByteArray()).expect(DerElement.BIT_STRING).content();
      // The service's names are in the order of the bits.
      KeyUsage[] names = KeyUsage.values();
      for (int bit = 0; bit < names.length; bit++) {
        int index = 1 + bit / 8;
        if (index < bits.length && (bits[index] & 0x80 >> bit % 8) != 0) {
          usages.add(names[bit].name());
        }
      }
    }
    return usages;
  }

  /** The extended key usages, by the service's names where it has one, else as identifiers. */
  Set<String> extendedKeyUsages() throws DerException {
    Set<String> usages = new TreeSet<>();
    Octets extension = extensions.get(EXTENDED_KEY_USAGE);
    if (extension != null) {
      for (DerElement usage :
          DerElement.parse(extension.toByteArray()).children(DerElement.SEQUENCE)) {
        usages.add(usageName(usage.oid()));
      }
    }
    return usages;
  }

  private static String usageName(String oid) {
    ExtendedKeyUsage usage =
        switch (oid) {
          case "2.5.29.37.0" -> ExtendedKeyUsage.ANY_EXTENDED_KEY_USAGE;
          case "1.3.6.1.5.5.7.3.1" -> ExtendedKeyUsage.SERVER_AUTH;
          case "1.3.6.1.5.5.7.3.2" -> ExtendedKeyUsage.CLIENT_AUTH;
          case "1.3.6.1.5.5.7.3.3" -> ExtendedKeyUsage.CODE_SIGNING;
          case "1.3.6.1.5.5.7.3.4" -> ExtendedKeyUsage.EMAIL_PROTECTION;
          case "1.3.6.1.5.5.7.3.8" -> ExtendedKeyUsage.TIME_STAMPING;
          case "1.3.6.1.5.5.7.3.9" -> ExtendedKeyUsage.OCSP_SIGNING;
          default -> null;
        };
    return usage == null ? oid : usage.name();
  }

  /** The alternative names, written as {@link SubjectAlternativeName#toString()} does. */
  Set<String> alternativeNames() throws DerException {
    Set<String> names = new TreeSet<>();
    Octets extension = extensions.get(ALTERNATIVE_NAMES);
    if (extension != null) {
      for (DerElement name :
          DerElement.parse(extension.toByteArray()).children(DerElement.SEQUENCE)) {
        names.add(GeneralNameText.of(name));
      }
    }
    return names;
  }

  /** What basic constraints say: {@code no}, {@code yes}, or {@code yes, path length n}. */
  String certificateAuthority() throws DerException {
    Octets extension = extensions.get(BASIC_CONSTRAINTS);
    if (extension == null) {
      return "no";
    }
    List<DerElement> members =
        DerElement.parse(extension.toByteArray()).children(DerElement.SEQUENCE);
    if (members.isEmpty() || members.get(0).tag() != BOOLEAN || members.get(0).content()[0] == 0) {
      return "no";
    }
    return members.size() == 1
        ? "yes"
        : "yes, path length " + new java.math.BigInteger(members.get(1).content());
  }
}
