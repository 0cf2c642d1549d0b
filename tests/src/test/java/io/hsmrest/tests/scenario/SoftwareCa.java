package io.hsmrest.tests.scenario;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/**
 * A CA outside of the HSM. What it issues is valid for the names of the loopback address, unless it
 * is one for another host.
 *
 * @param keys its own, on P-256
 * @param chain its certificate and those above it
 * @param names of the hosts that it certifies
 */
public record SoftwareCa(KeyPair keys, List<X509Certificate> chain, Extension names) {

  /** A root. */
  public static SoftwareCa root(String commonName) {
    return root(
        commonName,
        new GeneralName(GeneralName.dNSName, "localhost"),
        new GeneralName(GeneralName.iPAddress, "127.0.0.1"));
  }

  /** A root that certifies keys for that host alone. */
  public static SoftwareCa rootFor(String host) {
    return root("Test CA", new GeneralName(GeneralName.dNSName, host));
  }

  private static SoftwareCa root(String commonName, GeneralName... names) {
    KeyPair keys = SoftwareKeys.newKeys();
    return new SoftwareCa(
        keys,
        List.of(
            SoftwareKeys.sign(
                new X500Principal("CN=" + commonName),
                keys.getPrivate(),
                commonName,
                keys.getPublic(),
                new BasicConstraints(true))),
        extension(Extension.subjectAlternativeName, new GeneralNames(names)));
  }

  /** A CA below this one. */
  public SoftwareCa intermediate(String commonName) {
    KeyPair below = SoftwareKeys.newKeys();
    return new SoftwareCa(
        below, with(sign(commonName, below.getPublic(), new BasicConstraints(true))), names);
  }

  /** Its own. */
  public X509Certificate certificate() {
    return chain.get(0);
  }

  /** A certificate of this CA. */
  public X509Certificate issue(String commonName, PublicKey key) {
    return sign(commonName, key, new BasicConstraints(false), names);
  }

  /** The same and those above it, leaf first. */
  public List<X509Certificate> chainFor(String commonName, PublicKey key) {
    return with(issue(commonName, key));
  }

  /** A certificate that says where its issuer's can be had. */
  public X509Certificate withIssuerAt(String uri, PublicKey key) {
    AccessDescription where =
        new AccessDescription(
            AccessDescription.id_ad_caIssuers,
            new GeneralName(GeneralName.uniformResourceIdentifier, uri));
    return sign(
        "fetched",
        key,
        new BasicConstraints(false),
        names,
        extension(Extension.authorityInfoAccess, new AuthorityInformationAccess(where)));
  }

  /** A trust store with this CA alone. */
  public KeyStore trustStore() {
    try {
      KeyStore keyStore = emptyKeyStore();
      keyStore.setCertificateEntry("ca", certificate());
      return keyStore;
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** A software key with a certificate of this CA, {@code software}, under the empty password. */
  public KeyStore softwareKey(String commonName) {
    KeyPair software = SoftwareKeys.newKeys();
    try {
      KeyStore keyStore = emptyKeyStore();
      keyStore.setKeyEntry(
          "software",
          software.getPrivate(),
          new char[0],
          chainFor(commonName, software.getPublic()).toArray(new Certificate[0]));
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

  private List<X509Certificate> with(X509Certificate below) {
    List<X509Certificate> longer = new ArrayList<>(List.of(below));
    longer.addAll(chain);
    return List.copyOf(longer);
  }

  private X509Certificate sign(
      String commonName, PublicKey key, BasicConstraints constraints, Extension... more) {
    return SoftwareKeys.sign(
        certificate().getSubjectX500Principal(),
        keys.getPrivate(),
        commonName,
        key,
        constraints,
        more);
  }

  private static Extension extension(ASN1ObjectIdentifier type, ASN1Encodable value) {
    try {
      return Extension.create(type, false, value);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
