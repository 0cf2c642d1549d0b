package io.hsmrest.keystore;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Software keys and certificates for tests. */
final class Certificates {
  private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant UNTIL = Instant.parse("2056-01-01T00:00:00Z");
  private static final AtomicLong SERIALS = new AtomicLong(1);

  private Certificates() {}

  static KeyPair ec() {
    return generate("EC", 256);
  }

  static KeyPair rsa() {
    return generate("RSA", 2048);
  }

  static KeyPair ed25519() {
    return generate("Ed25519", 255);
  }

  private static KeyPair generate(String algorithm, int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static X509Certificate selfSigned(String commonName, KeyPair pair) {
    return issue(commonName, pair.getPublic(), commonName, pair.getPrivate(), true);
  }

  /** A certificate for {@code subjectKey}, signed with the CA's key. */
  static X509Certificate issued(
      String commonName, PublicKey subjectKey, X509Certificate ca, PrivateKey caKey) {
    String issuer = ca.getSubjectX500Principal().getName().substring("CN=".length());
    return issue(commonName, subjectKey, issuer, caKey, true);
  }

  private static X509Certificate issue(
      String commonName, PublicKey subjectKey, String issuer, PrivateKey issuerKey, boolean ca) {
    try {
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              new X500Principal("CN=" + issuer),
              BigInteger.valueOf(SERIALS.getAndIncrement()),
              Date.from(FROM),
              Date.from(UNTIL),
              new X500Principal("CN=" + commonName),
              subjectKey);
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(ca));
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(new JcaContentSignerBuilder(algorithm(issuerKey)).build(issuerKey)));
    } catch (CertIOException | OperatorCreationException | GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static String algorithm(PrivateKey key) {
    return switch (key.getAlgorithm()) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      default -> "Ed25519";
    };
  }
}
