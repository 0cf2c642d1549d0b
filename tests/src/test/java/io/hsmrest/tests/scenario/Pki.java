package io.hsmrest.tests.scenario;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A CA in software, for what comes into the HSM from outside.
 *
 * @param keys the CA's
 * @param certificate the CA's, self-signed
 */
public record Pki(KeyPair keys, X509Certificate certificate) {
  private static final Instant TODAY = Instant.now().truncatedTo(ChronoUnit.DAYS);

  /** A new one. */
  public static Pki create() {
    KeyPair keys = newKeys("EC", 256);
    return new Pki(keys, sign("Test CA", keys.getPublic(), keys, true));
  }

  /** New software keys. */
  public static KeyPair newKeys(String algorithm, int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** A certificate signed with its own key. */
  public static X509Certificate selfSigned(String commonName, KeyPair keys) {
    return sign(commonName, keys.getPublic(), keys, "CN=" + commonName, false);
  }

  /** A certificate of this CA. */
  public X509Certificate issue(String commonName, PublicKey key) {
    return sign(commonName, key, keys, false);
  }

  private static X509Certificate sign(
      String commonName, PublicKey key, KeyPair signer, boolean isCa) {
    return sign(commonName, key, signer, "CN=Test CA", isCa);
  }

  private static X509Certificate sign(
      String commonName, PublicKey key, KeyPair signer, String issuer, boolean isCa) {
    String algorithm =
        switch (signer.getPrivate().getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> "Ed25519";
        };
    try {
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              new X500Principal(issuer),
              BigInteger.valueOf(Math.abs(commonName.hashCode()) + 1L),
              Date.from(TODAY),
              Date.from(TODAY.plus(365, ChronoUnit.DAYS)),
              new X500Principal("CN=" + commonName),
              key);
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(isCa));
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(new JcaContentSignerBuilder(algorithm).build(signer.getPrivate())));
    } catch (IOException | OperatorCreationException | GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** Certificates in PEM, one after the other. */
  public static String pem(X509Certificate... certificates) {
    StringBuilder text = new StringBuilder();
    try {
      for (X509Certificate certificate : certificates) {
        text.append("-----BEGIN CERTIFICATE-----\n")
            .append(
                Base64.getMimeEncoder(64, new byte[] {'\n'})
                    .encodeToString(certificate.getEncoded()))
            .append("\n-----END CERTIFICATE-----\n");
      }
    } catch (CertificateEncodingException e) {
      throw new AssertionError(e);
    }
    return text.toString();
  }

  /** Certificates in PKCS#7, DER. */
  public static byte[] pkcs7(X509Certificate... certificates) {
    try {
      CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
      generator.addCertificates(new JcaCertStore(List.of(certificates)));
      return generator.generate(new CMSProcessableByteArray(new byte[0])).getEncoded();
    } catch (CMSException | IOException | CertificateEncodingException e) {
      throw new AssertionError(e);
    }
  }
}
