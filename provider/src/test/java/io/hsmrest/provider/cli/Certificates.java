package io.hsmrest.provider.cli;

import io.hsmrest.client.model.Octets;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.cert.X509Certificate;
import java.security.interfaces.EdECPrivateKey;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.jspecify.annotations.Nullable;

/** Certificates and certification requests to be shown. */
final class Certificates {
  private static final KeyPair KEYS = keys();

  private Certificates() {}

  private static KeyPair keys() {
    try {
      return KeyPairGenerator.getInstance("EC").generateKeyPair();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static ContentSigner signer() throws Exception {
    return new JcaContentSignerBuilder("SHA256withECDSA").build(KEYS.getPrivate());
  }

  static X509CertificateHolder certificate(String subject) {
    try {
      return new JcaX509v3CertificateBuilder(
              new X500Name("CN=Issuer"),
              new BigInteger("abcdef", 16),
              Date.from(Instant.parse("2026-01-01T00:00:00Z")),
              Date.from(Instant.parse("2027-01-01T00:00:00Z")),
              new X500Name(subject),
              KEYS.getPublic())
          .addExtension(Extension.basicConstraints, true, new BasicConstraints(1))
          .addExtension(
              Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
          .build(signer());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  static X509Certificate selfSigned(String name, KeyPair pair, @Nullable Provider provider) {
    String type = pair.getPrivate().getAlgorithm();
    String algorithm =
        pair.getPrivate() instanceof EdECPrivateKey key
            ? key.getParams().getName()
            : "SHA256with" + (type.equals("EC") ? "ECDSA" : type);
    try {
      X500Name subject = new X500Name("CN=" + name);
      Date now = Date.from(Instant.parse("2026-01-01T00:00:00Z"));
      return new JcaX509CertificateConverter()
          .getCertificate(
              new JcaX509v3CertificateBuilder(
                      subject, BigInteger.ONE, now, now, subject, pair.getPublic())
                  .build(signer(algorithm, provider).build(pair.getPrivate())));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static JcaContentSignerBuilder signer(String algorithm, @Nullable Provider provider) {
    JcaContentSignerBuilder builder = new JcaContentSignerBuilder(algorithm);
    return provider == null ? builder : builder.setProvider(provider);
  }

  /** The part of a certificate that is signed. */
  static Octets toBeSigned(String subject) {
    try {
      return Octets.of(certificate(subject).toASN1Structure().getTBSCertificate().getEncoded());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  static PKCS10CertificationRequest request(String subject) {
    try {
      ExtensionsGenerator extensions = new ExtensionsGenerator();
      extensions.addExtension(
          Extension.subjectAlternativeName,
          false,
          new GeneralNames(
              new GeneralName[] {
                new GeneralName(GeneralName.dNSName, "www.example.org"),
                new GeneralName(GeneralName.iPAddress, "192.0.2.1")
              }));
      extensions.addExtension(
          Extension.extendedKeyUsage, true, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
      return new JcaPKCS10CertificationRequestBuilder(new X500Name(subject), KEYS.getPublic())
          .addAttribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, extensions.generate())
          .build(signer());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
