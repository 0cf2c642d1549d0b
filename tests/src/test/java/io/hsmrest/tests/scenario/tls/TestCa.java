package io.hsmrest.tests.scenario.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A CA with a software key (P-256), valid for the names of the loopback address. */
public final class TestCa {
  private static final AtomicLong SERIAL = new AtomicLong(1);

  private final X500Name name = new X500Name("CN=Test CA (software)");
  private final KeyPair pair = ecPair();
  private final X509Certificate certificate;

  /** A new one. */
  public TestCa() {
    certificate =
        sign(
            new X500Name("CN=Test CA (software)"),
            SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()),
            true);
  }

  /** Its own. */
  public X509Certificate certificate() {
    return certificate;
  }

  /** A certificate of a key, leaf alone. */
  public X509Certificate issue(String commonName, PublicKey key) {
    return sign(
        new X500Name("CN=" + commonName),
        SubjectPublicKeyInfo.getInstance(key.getEncoded()),
        false);
  }

  /** A certificate whose public key says RSASSA-PSS, without parameters (RFC 4055 1.2). */
  X509Certificate issuePss(String commonName, RSAPublicKey key) throws IOException {
    return issuePss(commonName, key, null);
  }

  /** The same with parameters, which tie the key to them. */
  X509Certificate issuePss(
      String commonName, RSAPublicKey key, @org.jspecify.annotations.Nullable RSASSAPSSparams tied)
      throws IOException {
    ASN1ObjectIdentifier pss = PKCSObjectIdentifiers.id_RSASSA_PSS;
    SubjectPublicKeyInfo rsa = SubjectPublicKeyInfo.getInstance(key.getEncoded());
    return sign(
        new X500Name("CN=" + commonName),
        new SubjectPublicKeyInfo(
            tied == null ? new AlgorithmIdentifier(pss) : new AlgorithmIdentifier(pss, tied),
            rsa.parsePublicKey()),
        false);
  }

  /** A software key with a certificate of this CA. */
  public KeyStore softwareKey(String commonName) {
    KeyPair software = ecPair();
    return keyStore(software.getPrivate(), issue(commonName, software.getPublic()), certificate);
  }

  private static KeyStore keyStore(PrivateKey key, Certificate... chain) {
    try {
      KeyStore keyStore = emptyKeyStore();
      keyStore.setKeyEntry("software", key, new char[0], chain);
      return keyStore;
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** A trust store with this CA alone. */
  public KeyStore trustStore() {
    try {
      KeyStore keyStore = emptyKeyStore();
      keyStore.setCertificateEntry("ca", certificate);
      return keyStore;
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static KeyStore emptyKeyStore() throws GeneralSecurityException {
    try {
      KeyStore keyStore = KeyStore.getInstance("PKCS12");
      keyStore.load(null, null);
      return keyStore;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** A certificate in PEM. */
  public static String pem(Certificate certificate) {
    try {
      return "-----BEGIN CERTIFICATE-----\n"
          + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
          + "\n-----END CERTIFICATE-----\n";
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static String pem(PrivateKey key) {
    return "-----BEGIN PRIVATE KEY-----\n"
        + Base64.getMimeEncoder().encodeToString(key.getEncoded())
        + "\n-----END PRIVATE KEY-----\n";
  }

  private static KeyPair ecPair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", "SunEC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private X509Certificate sign(X500Name subject, SubjectPublicKeyInfo key, boolean isCa) {
    Instant now = Instant.now();
    try {
      X509v3CertificateBuilder builder =
          new X509v3CertificateBuilder(
              name,
              BigInteger.valueOf(SERIAL.getAndIncrement()),
              Date.from(now.minus(Duration.ofHours(1))),
              Date.from(now.plus(Duration.ofDays(30))),
              subject,
              key);
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(isCa));
      if (!isCa) {
        builder.addExtension(
            Extension.subjectAlternativeName,
            false,
            new GeneralNames(
                new GeneralName[] {
                  new GeneralName(GeneralName.dNSName, "localhost"),
                  new GeneralName(GeneralName.iPAddress, "127.0.0.1")
                }));
      }
      return new JcaX509CertificateConverter()
          .setProvider("SUN")
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder("SHA256withECDSA")
                      .setProvider("SunEC")
                      .build(pair.getPrivate())));
    } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
      throw new AssertionError(e);
    }
  }
}
