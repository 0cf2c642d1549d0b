package io.hsmrest.client;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** A private CA for one test, and what it issues. */
public final class CertificateMaker {
  public static final String PASSWORD = "test-password";

  /** A key with its certificate and the issuer's. */
  public record Identity(
      PrivateKey key, X509Certificate certificate, List<X509Certificate> chain) {}

  private final KeyPair key;
  private final X509Certificate certificate;
  private long serial = 1;

  public CertificateMaker(String name) throws GeneralSecurityException {
    this.key = newKey();
    this.certificate = certificate(name, name, key, key, true, List.of());
  }

  public X509Certificate certificate() {
    return certificate;
  }

  /** A certificate for these names; those of digits and dots are addresses. */
  public Identity issue(String name, String... subjectAlternativeNames)
      throws GeneralSecurityException {
    KeyPair subject = newKey();
    X509Certificate issued =
        certificate(
            name,
            certificate.getSubjectX500Principal().getName().substring("CN=".length()),
            subject,
            key,
            false,
            List.of(subjectAlternativeNames));
    return new Identity(subject.getPrivate(), issued, List.of(issued, certificate));
  }

  private static KeyPair newKey() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private X509Certificate certificate(
      String subject, String issuer, KeyPair of, KeyPair by, boolean ca, List<String> names)
      throws GeneralSecurityException {
    Instant now = Instant.now();
    X509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            new X500Name("CN=" + issuer),
            BigInteger.valueOf(serial++),
            Date.from(now.minus(1, ChronoUnit.DAYS)),
            Date.from(now.plus(1, ChronoUnit.DAYS)),
            new X500Name("CN=" + subject),
            of.getPublic());
    try {
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(ca));
      if (!names.isEmpty()) {
        GeneralName[] alternative =
            names.stream()
                .map(
                    name ->
                        new GeneralName(
                            name.matches("[\\d.]+") ? GeneralName.iPAddress : GeneralName.dNSName,
                            name))
                .toArray(GeneralName[]::new);
        builder.addExtension(
            Extension.subjectAlternativeName, false, new GeneralNames(alternative));
      }
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(by.getPrivate())));
    } catch (IOException | OperatorCreationException e) {
      throw new GeneralSecurityException(e);
    }
  }

  public static Path writePem(Path file, X509Certificate... certificates)
      throws IOException, CertificateEncodingException {
    StringBuilder pem = new StringBuilder();
    for (X509Certificate certificate : certificates) {
      pem.append("# ").append(certificate.getSubjectX500Principal().getName()).append('\n');
      pem.append("-----BEGIN CERTIFICATE-----\n")
          .append(Base64.getMimeEncoder().encodeToString(certificate.getEncoded()))
          .append("\n-----END CERTIFICATE-----\n");
    }
    return Files.writeString(file, pem);
  }

  public static Path writePkcs12(Path file, Identity identity)
      throws IOException, GeneralSecurityException {
    try (OutputStream out = Files.newOutputStream(file)) {
      keyStore(identity).store(out, PASSWORD.toCharArray());
    }
    return file;
  }

  private static KeyStore keyStore(Identity identity) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "identity",
        identity.key(),
        PASSWORD.toCharArray(),
        identity.chain().toArray(new Certificate[0]));
    return store;
  }

  /**
   * TLS for a server.
   *
   * @param clientCa whose clients are trusted, null for nobody's
   */
  public static SSLContext serverContext(Identity identity, @Nullable X509Certificate clientCa)
      throws IOException, GeneralSecurityException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
    keys.init(keyStore(identity), PASSWORD.toCharArray());
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    for (X509Certificate ca : new ArrayList<>(clientCa == null ? List.of() : List.of(clientCa))) {
      trusted.setCertificateEntry("ca", ca);
    }
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    if (clientCa != null) {
      trust.init(trusted);
    }
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), clientCa == null ? null : trust.getTrustManagers(), null);
    return context;
  }
}
