package io.hsmrest.tests.scenario;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Keys outside of the HSM, and what they sign. The JDK's providers are named, because tests put
 * others in front of them.
 */
public final class SoftwareKeys {
  private static final AtomicLong SERIALS = new AtomicLong(1);

  private SoftwareKeys() {}

  /** New keys on P-256. */
  public static KeyPair newKeys() {
    return newKeys("EC", 256);
  }

  /** New keys, {@code RSA}, {@code EC} or {@code Ed25519}. */
  public static KeyPair newKeys(String algorithm, int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm, provider(algorithm));
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** A certificate signed with its own key, of no CA. */
  public static X509Certificate selfSigned(String commonName, KeyPair keys) {
    return sign(
        new X500Principal("CN=" + commonName),
        keys.getPrivate(),
        commonName,
        keys.getPublic(),
        new BasicConstraints(false));
  }

  /**
   * A certificate that is valid from yesterday on for a year: jarsigner warns in the last half
   * year.
   */
  static X509Certificate sign(
      X500Principal issuer,
      PrivateKey signer,
      String commonName,
      PublicKey key,
      BasicConstraints constraints,
      Extension... more) {
    Instant yesterday = Instant.now().minus(Duration.ofDays(1));
    String type = signer.getAlgorithm();
    String algorithm =
        switch (type) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> "Ed25519";
        };
    try {
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              issuer,
              BigInteger.valueOf(SERIALS.getAndIncrement()),
              Date.from(yesterday),
              Date.from(yesterday.plus(Duration.ofDays(366))),
              new X500Principal("CN=" + commonName),
              key);
      builder.addExtension(Extension.basicConstraints, true, constraints);
      for (Extension extension : more) {
        builder.addExtension(extension);
      }
      return new JcaX509CertificateConverter()
          .setProvider("SUN")
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder(algorithm)
                      .setProvider(provider(type))
                      .build(signer)));
    } catch (IOException | OperatorCreationException | GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static String provider(String algorithm) {
    return algorithm.equals("RSA") ? "SunRsaSign" : "SunEC";
  }
}
