package io.hsmrest.tests.scenario.certificates;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A CA outside of the HSM.
 *
 * @param pair its keys
 * @param chain its certificate and those above it
 */
public record SoftwareCa(KeyPair pair, List<X509Certificate> chain) {
  private static final AtomicLong SERIALS = new AtomicLong(1);

  /** A root. */
  public static SoftwareCa root(String commonName) {
    KeyPair pair = newKeys();
    return new SoftwareCa(
        pair, List.of(make(commonName, pair.getPublic(), commonName, pair, true)));
  }

  /** Software keys. */
  public static KeyPair newKeys() {
    try {
      return KeyPairGenerator.getInstance("EC").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** A CA below this one. */
  public SoftwareCa intermediate(String commonName) {
    KeyPair keys = newKeys();
    return new SoftwareCa(keys, with(make(commonName, keys.getPublic(), name(), pair, true)));
  }

  /** A server's certificate and those above it, leaf first. */
  public List<X509Certificate> chainFor(String host, PublicKey key) {
    return with(make(host, key, name(), pair, false));
  }

  /** A certificate that says where its issuer's can be had. */
  public X509Certificate withIssuerAt(String uri, PublicKey key) {
    AccessDescription where =
        new AccessDescription(
            AccessDescription.id_ad_caIssuers,
            new GeneralName(GeneralName.uniformResourceIdentifier, uri));
    return make("fetched", key, name(), pair, false, new AuthorityInformationAccess(where));
  }

  private List<X509Certificate> with(X509Certificate below) {
    List<X509Certificate> longer = new ArrayList<>(List.of(below));
    longer.addAll(chain);
    return List.copyOf(longer);
  }

  private String name() {
    return chain.get(0).getSubjectX500Principal().getName().substring("CN=".length());
  }

  private static X509Certificate make(
      String subject,
      PublicKey key,
      String issuer,
      KeyPair issuerPair,
      boolean ca,
      AuthorityInformationAccess... access) {
    try {
      Instant now = Instant.now();
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              new X500Principal("CN=" + issuer),
              BigInteger.valueOf(SERIALS.getAndIncrement()),
              Date.from(now.minus(Duration.ofDays(1))),
              Date.from(now.plus(Duration.ofDays(100))),
              new X500Principal("CN=" + subject),
              key);
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(ca));
      if (!ca) {
        builder.addExtension(
            Extension.subjectAlternativeName,
            false,
            new GeneralNames(new GeneralName(GeneralName.dNSName, subject)));
      }
      for (AuthorityInformationAccess where : access) {
        builder.addExtension(Extension.authorityInfoAccess, false, where);
      }
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder("SHA256withECDSA").build(issuerPair.getPrivate())));
    } catch (IOException | OperatorCreationException | GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
