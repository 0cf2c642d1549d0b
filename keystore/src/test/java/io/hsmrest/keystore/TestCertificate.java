package io.hsmrest.keystore;

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
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate for tests, part by part; a CA from 2026 to 2056 unless something else is said. */
public final class TestCertificate {
  private static final AtomicLong SERIALS = new AtomicLong(1_000);

  private final X500Principal subject;
  private final PublicKey key;
  private final List<Extension> extensions = new ArrayList<>();
  private X500Principal issuer;
  private PrivateKey issuerKey;
  private Instant from = Instant.parse("2026-01-01T00:00:00Z");
  private Instant until = Instant.parse("2056-01-01T00:00:00Z");
  private BasicConstraints constraints = new BasicConstraints(true);
  private String algorithm = "";

  private TestCertificate(String subject, PublicKey key, PrivateKey issuerKey) {
    this.subject = new X500Principal(subject);
    this.issuer = this.subject;
    this.key = key;
    this.issuerKey = issuerKey;
  }

  /** A self-signed one. */
  public static TestCertificate root(String subject, KeyPair pair) {
    return new TestCertificate(subject, pair.getPublic(), pair.getPrivate());
  }

  /** One that somebody else signs. */
  public static TestCertificate of(
      String subject, KeyPair pair, X509Certificate issuer, KeyPair issuerPair) {
    TestCertificate certificate =
        new TestCertificate(subject, pair.getPublic(), issuerPair.getPrivate());
    certificate.issuer = issuer.getSubjectX500Principal();
    return certificate;
  }

  public TestCertificate valid(String first, String last) {
    from = Instant.parse(first + "T00:00:00Z");
    until = Instant.parse(last + "T00:00:00Z");
    return this;
  }

  public TestCertificate endEntity() {
    constraints = new BasicConstraints(false);
    return this;
  }

  public TestCertificate withoutBasicConstraints() {
    constraints = null;
    return this;
  }

  public TestCertificate pathLength(int length) {
    constraints = new BasicConstraints(length);
    return this;
  }

  public TestCertificate keyUsage(int bits) {
    return with(Extension.keyUsage, true, new KeyUsage(bits));
  }

  /** Where its issuer's certificate can be had. */
  public TestCertificate issuerAt(String... locations) {
    AccessDescription[] descriptions = new AccessDescription[locations.length];
    for (int i = 0; i < locations.length; i++) {
      descriptions[i] =
          new AccessDescription(
              AccessDescription.id_ad_caIssuers,
              new GeneralName(GeneralName.uniformResourceIdentifier, locations[i]));
    }
    return with(Extension.authorityInfoAccess, false, new AuthorityInformationAccess(descriptions));
  }

  public TestCertificate with(ASN1ObjectIdentifier oid, boolean critical, ASN1Encodable value) {
    try {
      extensions.add(new Extension(oid, critical, value.toASN1Primitive().getEncoded("DER")));
      return this;
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }

  public TestCertificate signedWith(String name) {
    algorithm = name;
    return this;
  }

  public X509Certificate make() {
    try {
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              issuer,
              BigInteger.valueOf(SERIALS.getAndIncrement()),
              Date.from(from),
              Date.from(until),
              subject,
              key);
      if (constraints != null) {
        builder.addExtension(Extension.basicConstraints, true, constraints);
      }
      for (Extension extension : extensions) {
        builder.addExtension(extension);
      }
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder(algorithm.isEmpty() ? fitting() : algorithm)
                      .build(issuerKey)));
    } catch (CertIOException | OperatorCreationException | GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private String fitting() {
    return switch (issuerKey.getAlgorithm()) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      default -> "Ed25519";
    };
  }
}
