package io.hsmrest.provider;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.PolicyConstraints;
import org.bouncycastle.asn1.x509.PolicyInformation;

/**
 * A PKI made by chance, the same for the same seed: CAs of few names and few keys, so that they
 * share them, cross-sign each other, are renewed and expire; and a caller with some anchors and
 * wishes.
 */
final class RandomPki {
  private static final List<KeyPair> KEYS = keys();
  private static final String[] POLICIES = {"1.2.3.1", "1.2.3.2", "2.5.29.32.0"};

  private final Random random;
  private final List<Ca> cas = new ArrayList<>();
  private final List<X509Certificate> held = new ArrayList<>();
  private final List<X509Certificate> roots = new ArrayList<>();
  private final X509Certificate leaf;

  /** Somebody who issues. */
  private record Ca(String name, KeyPair pair) {}

  RandomPki(long seed) {
    random = new Random(seed);
    int count = 2 + random.nextInt(6);
    for (int i = 0; i < count; i++) {
      String country = chance(70) ? "CH" : "DE";
      cas.add(
          new Ca(
              "CN=CA " + random.nextInt(count) + ",O=Test,C=" + country,
              KEYS.get(random.nextInt(KEYS.size()))));
    }
    int rootCount = 1 + random.nextInt(2);
    for (int i = 0; i < count; i++) {
      if (i < rootCount) {
        X509Certificate root = issue(cas.get(i), cas.get(i));
        roots.add(root);
        add(root);
      }
      int issuers = i < rootCount ? (chance(25) ? 1 : 0) : 1 + random.nextInt(2);
      for (int j = 0; j < issuers; j++) {
        // Mostly downward from the roots; now and then anybody signs anybody.
        Ca issuer = cas.get(chance(85) && i > 0 ? random.nextInt(i) : random.nextInt(count));
        add(issue(cas.get(i), issuer));
        if (chance(15)) {
          add(issue(cas.get(i), issuer));
        }
      }
    }
    Ca issuer = cas.get(random.nextInt(count));
    leaf = leaf(issuer);
    if (chance(50)) {
      add(leaf);
    }
    Collections.shuffle(held, random);
  }

  private static List<KeyPair> keys() {
    try {
      List<KeyPair> keys = new ArrayList<>();
      KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
      rsa.initialize(2048);
      KeyPairGenerator ec = KeyPairGenerator.getInstance("EC");
      ec.initialize(256);
      KeyPairGenerator ed = KeyPairGenerator.getInstance("Ed25519");
      for (int i = 0; i < 3; i++) {
        keys.add(rsa.generateKeyPair());
        keys.add(ec.generateKeyPair());
        keys.add(ec.generateKeyPair());
        keys.add(ed.generateKeyPair());
      }
      return keys;
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private void add(X509Certificate certificate) {
    held.add(certificate);
  }

  private X509Certificate issue(Ca subject, Ca issuer) {
    PathCertificate certificate =
        PathCertificate.of(subject.name(), subject.pair(), issuer.name(), issuer.pair());
    validity(certificate);
    if (!chance(4)) {
      certificate.with(
          Extension.basicConstraints,
          chance(80),
          chance(15) ? new BasicConstraints(random.nextInt(3)) : new BasicConstraints(!chance(3)));
    }
    if (chance(70)) {
      certificate.with(
          Extension.keyUsage,
          true,
          new KeyUsage(chance(95) ? KeyUsage.keyCertSign | KeyUsage.cRLSign : KeyUsage.cRLSign));
    }
    if (chance(8)) {
      GeneralSubtree[] subtree = {
        new GeneralSubtree(new GeneralName(new X500Name("O=Test,C=" + (chance(60) ? "CH" : "DE"))))
      };
      certificate.with(
          Extension.nameConstraints,
          true,
          chance(60) ? new NameConstraints(subtree, null) : new NameConstraints(null, subtree));
    }
    policies(certificate, 60);
    if (chance(5)) {
      certificate.with(
          Extension.policyConstraints,
          true,
          new PolicyConstraints(java.math.BigInteger.valueOf(random.nextInt(2)), null));
    }
    identifiers(certificate, issuer);
    return certificate.make();
  }

  private X509Certificate leaf(Ca issuer) {
    PathCertificate certificate =
        PathCertificate.of(
            "CN=leaf,O=Test,C=" + (chance(80) ? "CH" : "DE"),
            KEYS.get(random.nextInt(KEYS.size())),
            issuer.name(),
            issuer.pair());
    validity(certificate);
    policies(certificate, 60);
    identifiers(certificate, issuer);
    if (chance(3)) {
      certificate.with(
          new ASN1ObjectIdentifier("1.2.3.4.5"), true, org.bouncycastle.asn1.DERNull.INSTANCE);
    }
    return certificate.make();
  }

  private void validity(PathCertificate certificate) {
    if (chance(5)) {
      certificate.valid("2020-01-01", "2026-05-31");
    } else if (chance(4)) {
      certificate.valid("2026-06-02", "2060-01-01");
    }
  }

  private void policies(PathCertificate certificate, int percent) {
    if (chance(percent)) {
      Set<String> chosen = new HashSet<>();
      do {
        chosen.add(POLICIES[random.nextInt(POLICIES.length)]);
      } while (chance(40));
      certificate.with(
          Extension.certificatePolicies,
          false,
          new CertificatePolicies(
              chosen.stream()
                  .sorted()
                  .map(oid -> new PolicyInformation(new ASN1ObjectIdentifier(oid)))
                  .toArray(PolicyInformation[]::new)));
    }
  }

  private void identifiers(PathCertificate certificate, Ca issuer) {
    if (chance(50)) {
      certificate.keyIdentifiers(issuer.pair().getPublic());
    }
  }

  List<X509Certificate> held() {
    return held;
  }

  /** A caller; calls in the same order give the same ones. */
  PKIXBuilderParameters caller() {
    try {
      X509CertSelector target = new X509CertSelector();
      if (chance(80)) {
        target.setCertificate(leaf);
      } else {
        target.setSubject(leaf.getSubjectX500Principal());
      }
      PKIXBuilderParameters caller = new PKIXBuilderParameters(anchors(), target);
      caller.setRevocationEnabled(false);
      caller.setDate(Date.from(Instant.parse("2026-06-01T12:00:00Z")));
      if (chance(40)) {
        caller.setMaxPathLength(random.nextInt(5) - 1);
      }
      if (chance(30)) {
        caller.setInitialPolicies(Set.of(POLICIES[random.nextInt(2)]));
      }
      caller.setExplicitPolicyRequired(chance(20));
      caller.setAnyPolicyInhibited(chance(15));
      caller.setPolicyMappingInhibited(chance(15));
      return caller;
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private Set<TrustAnchor> anchors() {
    Set<TrustAnchor> anchors = new HashSet<>();
    if (chance(80)) {
      roots.forEach(root -> anchors.add(new TrustAnchor(root, null)));
    }
    if (chance(20)) {
      anchors.add(new TrustAnchor(held.get(random.nextInt(held.size())), null));
    }
    if (chance(10) || anchors.isEmpty()) {
      Ca ca = cas.get(random.nextInt(cas.size()));
      anchors.add(
          new TrustAnchor(
              new javax.security.auth.x500.X500Principal(ca.name()), ca.pair().getPublic(), null));
    }
    return anchors;
  }
}
