package io.hsmrest.provider;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate for path building, part by part. */
final class PathCertificate {
  private static final AtomicLong SERIALS = new AtomicLong(1);

  private final X500Principal subject;
  private final PublicKey key;
  private final X500Principal issuer;
  private final PrivateKey issuerKey;
  private final List<Extension> extensions = new ArrayList<>();
  private String from = "2026-01-01";
  private String until = "2056-01-01";

  private PathCertificate(String subject, PublicKey key, String issuer, PrivateKey issuerKey) {
    this.subject = new X500Principal(subject);
    this.key = key;
    this.issuer = new X500Principal(issuer);
    this.issuerKey = issuerKey;
  }

  static PathCertificate of(String subject, KeyPair pair, String issuer, KeyPair issuerPair) {
    return new PathCertificate(subject, pair.getPublic(), issuer, issuerPair.getPrivate());
  }

  static X509Certificate root(String subject, KeyPair pair) {
    return of(subject, pair, subject, pair).ca().make();
  }

  PathCertificate valid(String first, String last) {
    from = first;
    until = last;
    return this;
  }

  PathCertificate ca() {
    return with(Extension.basicConstraints, true, new BasicConstraints(true))
        .with(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
  }

  PathCertificate ca(int pathLength) {
    return with(Extension.basicConstraints, true, new BasicConstraints(pathLength));
  }

  PathCertificate keyIdentifiers(PublicKey issuerPublicKey) {
    try {
      JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
      return with(
              Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(key))
          .with(
              Extension.authorityKeyIdentifier,
              false,
              identifiers.createAuthorityKeyIdentifier(issuerPublicKey));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  PathCertificate with(ASN1ObjectIdentifier oid, boolean critical, ASN1Encodable value) {
    try {
      extensions.add(new Extension(oid, critical, value.toASN1Primitive().getEncoded("DER")));
      return this;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  X509Certificate make() {
    try {
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              issuer,
              BigInteger.valueOf(SERIALS.getAndIncrement()),
              Date.from(Instant.parse(from + "T00:00:00Z")),
              Date.from(Instant.parse(until + "T00:00:00Z")),
              subject,
              key);
      for (Extension extension : extensions) {
        builder.addExtension(extension);
      }
      String algorithm =
          switch (issuerKey.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> "Ed25519";
          };
      return new JcaX509CertificateConverter()
          .getCertificate(builder.build(new JcaContentSignerBuilder(algorithm).build(issuerKey)));
    } catch (IOException | OperatorCreationException | GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
