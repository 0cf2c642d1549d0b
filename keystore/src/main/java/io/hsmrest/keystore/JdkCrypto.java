package io.hsmrest.keystore;

import io.hsmrest.client.HsmProtocolException;
import io.hsmrest.client.model.Octets;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Parses certificates and public keys with the JDK's own providers, named by object: this code runs
 * inside key store accessors, where a lookup by name could come back to our provider.
 */
final class JdkCrypto {
  private JdkCrypto() {}

  static X509Certificate certificate(Octets der, String label) throws HsmProtocolException {
    try {
      return (X509Certificate)
          certificateFactory().generateCertificate(new ByteArrayInputStream(der.toByteArray()));
    } catch (CertificateException e) {
      throw new HsmProtocolException(
          "the certificate of '" + label + "' at the service cannot be parsed: " + e.getMessage(),
          e);
    }
  }

  /** Reads DER, PEM with any number of certificates, and PKCS#7; empty where there is none. */
  static List<X509Certificate> certificates(byte[] encoded) throws CertificateException {
    return certificateFactory()
        .generateCertificates(new ByteArrayInputStream(PemCertificates.toDer(encoded)))
        .stream()
        .map(X509Certificate.class::cast)
        .toList();
  }

  /** Parses a SubjectPublicKeyInfo; {@code serviceAlgorithm} is the service's name of the type. */
  static PublicKey publicKey(Octets spki, String serviceAlgorithm, String label)
      throws HsmProtocolException {
    String algorithm =
        switch (serviceAlgorithm) {
          case "ED" -> "EdDSA";
          default -> serviceAlgorithm;
        };
    byte[] der = spki.toByteArray();
    try {
      Optional<KeyFactory> factory = keyFactory(algorithm);
      return factory.isPresent()
          ? factory.get().generatePublic(new X509EncodedKeySpec(der))
          : PqcPublicKey.decode(der);
    } catch (GeneralSecurityException e) {
      throw new HsmProtocolException(
          "the public key of '"
              + label
              + "' ("
              + serviceAlgorithm
              + ") is of no type this Java knows: "
              + e.getMessage(),
          e);
    }
  }

  /** Whether both are the same key, whatever the certificate calls its algorithm (RSASSA-PSS). */
  static boolean sameKey(PublicKey one, PublicKey other) {
    if (one instanceof RSAPublicKey a && other instanceof RSAPublicKey b) {
      return a.getModulus().equals(b.getModulus())
          && a.getPublicExponent().equals(b.getPublicExponent());
    }
    Optional<PqcParameterSet> set = PqcParameterSet.of(one);
    if (set.isPresent() && set.equals(PqcParameterSet.of(other))) {
      // Where the JDK does not know the algorithm, its encoding of the key differs.
      return MessageDigest.isEqual(set.get().bareKey(one), set.get().bareKey(other));
    }
    return one.equals(other) || MessageDigest.isEqual(one.getEncoded(), other.getEncoded());
  }

  static Octets encoded(Certificate certificate) {
    try {
      return Octets.of(certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalArgumentException("a certificate that cannot be encoded", e);
    }
  }

  /** SHA-256 of the certificate's DER, in lower-case hex. */
  static String fingerprint(Certificate certificate) {
    return sha256Hex(encoded(certificate).toByteArray());
  }

  /** SHA-256 in lower-case hex. */
  static String sha256Hex(byte[] bytes) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256", jdk("SUN"));
      return HexFormat.of().formatHex(sha256.digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("no SHA-256 in this Java", e);
    }
  }

  private static CertificateFactory certificateFactory() throws CertificateException {
    return CertificateFactory.getInstance("X.509", jdk("SUN"));
  }

  private static Optional<KeyFactory> keyFactory(String algorithm) throws NoSuchAlgorithmException {
    for (String name : List.of("SunRsaSign", "SunEC", "SUN")) {
      Provider provider = Security.getProvider(name);
      if (provider != null && provider.getService("KeyFactory", algorithm) != null) {
        return Optional.of(KeyFactory.getInstance(algorithm, provider));
      }
    }
    return Optional.empty();
  }

  private static Provider jdk(String name) {
    Provider provider = Security.getProvider(name);
    if (provider == null) {
      throw new IllegalStateException("this Java has no security provider " + name);
    }
    return provider;
  }
}
