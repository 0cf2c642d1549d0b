package io.hsmrest.simulator.crypto;

import java.io.IOException;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;

/** The extensions that a client asks for (contract 2.3.1). */
final class RequestedExtensions {
  private static final ASN1ObjectIdentifier USER_PRINCIPAL_NAME =
      new ASN1ObjectIdentifier("1.3.6.1.4.1.311.20.2.3");

  private RequestedExtensions() {}

  /** Adds what the template asks for, each replacing one that is already there. */
  static void add(CertificateTemplate template, ExtensionsGenerator to) throws IOException {
    if (template.certificateAuthority()) {
      put(to, Extension.basicConstraints, false, new BasicConstraints(true));
    }
    if (!template.extendedKeyUsage().isEmpty()) {
      put(to, Extension.extendedKeyUsage, true, extendedKeyUsage(template.extendedKeyUsage()));
    }
    if (!template.keyUsage().isEmpty()) {
      put(to, Extension.keyUsage, true, keyUsage(template.keyUsage()));
    }
    if (!template.subjectAlternativeNames().isEmpty()) {
      put(
          to,
          Extension.subjectAlternativeName,
          false,
          alternativeNames(template.subjectAlternativeNames()));
    }
  }

  private static void put(
      ExtensionsGenerator to, ASN1ObjectIdentifier oid, boolean critical, ASN1Encodable value)
      throws IOException {
    if (to.hasExtension(oid)) {
      to.replaceExtension(oid, critical, value);
    } else {
      to.addExtension(oid, critical, value);
    }
  }

  private static KeyUsage keyUsage(List<KeyUsageName> names) {
    int bits = 0;
    for (KeyUsageName name : names) {
      bits |=
          switch (name) {
            case DIGITAL_SIGNATURE -> KeyUsage.digitalSignature;
            case CONTENT_COMMITMENT -> KeyUsage.nonRepudiation;
            case KEY_ENCIPHERMENT -> KeyUsage.keyEncipherment;
            case DATA_ENCIPHERMENT -> KeyUsage.dataEncipherment;
            case KEY_AGREEMENT -> KeyUsage.keyAgreement;
            case KEY_CERT_SIGN -> KeyUsage.keyCertSign;
            case CRL_SIGN -> KeyUsage.cRLSign;
            case ENCIPHER_ONLY -> KeyUsage.encipherOnly;
            case DECIPHER_ONLY -> KeyUsage.decipherOnly;
          };
    }
    return new KeyUsage(bits);
  }

  private static ExtendedKeyUsage extendedKeyUsage(List<ExtendedKeyUsageName> names) {
    return new ExtendedKeyUsage(
        names.stream().distinct().map(RequestedExtensions::purpose).toArray(KeyPurposeId[]::new));
  }

  private static KeyPurposeId purpose(ExtendedKeyUsageName name) {
    return switch (name) {
      case ANY_EXTENDED_KEY_USAGE -> KeyPurposeId.anyExtendedKeyUsage;
      case SERVER_AUTH -> KeyPurposeId.id_kp_serverAuth;
      case CLIENT_AUTH -> KeyPurposeId.id_kp_clientAuth;
      case CODE_SIGNING -> KeyPurposeId.id_kp_codeSigning;
      case EMAIL_PROTECTION -> KeyPurposeId.id_kp_emailProtection;
      case TIME_STAMPING -> KeyPurposeId.id_kp_timeStamping;
      case OCSP_SIGNING -> KeyPurposeId.id_kp_OCSPSigning;
    };
  }

  private static GeneralNames alternativeNames(List<SubjectAlternativeName> names) {
    try {
      return new GeneralNames(
          names.stream().map(RequestedExtensions::generalName).toArray(GeneralName[]::new));
    } catch (IllegalArgumentException e) {
      throw new ServiceRefusal(
          Reason.INVALID_CERTIFICATE_REQUEST, "A subject alternative name is malformed.", e);
    }
  }

  private static GeneralName generalName(SubjectAlternativeName name) {
    String value = name.value();
    return switch (name.type()) {
      case DNS -> new GeneralName(GeneralName.dNSName, value);
      case IP -> new GeneralName(GeneralName.iPAddress, value);
      case URI -> new GeneralName(GeneralName.uniformResourceIdentifier, value);
      case EMAIL -> new GeneralName(GeneralName.rfc822Name, value);
      case OTHERNAME -> otherName(value);
    };
  }

  private static GeneralName otherName(String value) {
    int separator = value.indexOf(';');
    ASN1ObjectIdentifier oid =
        separator < 0
            ? USER_PRINCIPAL_NAME
            : new ASN1ObjectIdentifier(value.substring(0, separator));
    DERTaggedObject text =
        new DERTaggedObject(true, 0, new DERUTF8String(value.substring(separator + 1)));
    return new GeneralName(GeneralName.otherName, new DERSequence(new ASN1Encodable[] {oid, text}));
  }

  /** The identifier of a key: SHA-1 of its bits, as RFC 5280 method 1 and keytool have it. */
  static DEROctetString keyIdentifier(byte[] publicKeyBits) {
    return new DEROctetString(Hash.SHA1.of(publicKeyBits));
  }
}
