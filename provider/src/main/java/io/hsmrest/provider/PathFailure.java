package io.hsmrest.provider;

import java.security.GeneralSecurityException;
import java.security.cert.CertSelector;
import java.security.cert.CertStore;
import java.security.cert.CertStoreException;
import java.security.cert.Certificate;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/**
 * Finds out why no path could be built: the JDK's builder says that there is none. Walks up from
 * the target by names and signatures; where no anchor is reached it names what is missing there,
 * and where one is reached it has the path validated and tells what was refused.
 */
final class PathFailure {
  private static final int MOST_TARGETS = 3;
  private static final int MOST_PATHS = 3;
  private static final int MOST_STEPS = 2_000;
  private static final int LONGEST = 12;

  private final PKIXBuilderParameters parameters;
  private final Collection<X509Certificate> held;
  private final List<X509Certificate> way = new ArrayList<>();
  private final List<Reaching> reachingAnAnchor = new ArrayList<>();
  private final Set<X509Certificate> withoutIssuer = new LinkedHashSet<>();
  private final Set<String> breaks = new LinkedHashSet<>();
  private final Map<List<X509Certificate>, Boolean> verified = new HashMap<>();
  private int steps;

  /** A path, target first, and the anchor that issued its last certificate. */
  private record Reaching(List<X509Certificate> path, TrustAnchor anchor) {}

  PathFailure(PKIXBuilderParameters parameters, Collection<X509Certificate> held) {
    this.parameters = parameters;
    this.held = held;
    List<X509Certificate> targets = targets();
    if (targets.isEmpty()) {
      breaks.add("no certificate in the partition matches the target constraints");
    }
    targets.stream().limit(MOST_TARGETS).forEach(this::walk);
  }

  /** Certificates on the way up of whose issuer there is no certificate at all. */
  Set<X509Certificate> withoutIssuer() {
    return withoutIssuer;
  }

  /** To be appended to the JDK's message; empty where nothing is to be said. */
  String explanation() {
    Set<String> reasons = new LinkedHashSet<>();
    reachingAnAnchor.stream()
        .map(reaching -> PathRefusal.of(reaching.path(), reaching.anchor(), parameters))
        .filter(reason -> !reason.isEmpty())
        .forEach(reasons::add);
    if (reasons.isEmpty()) {
      reasons.addAll(breaks);
    }
    return reasons.isEmpty() ? "" : "; " + String.join("; ", reasons);
  }

  private List<X509Certificate> targets() {
    CertSelector selector = parameters.getTargetCertConstraints();
    if (selector instanceof X509CertSelector x509 && x509.getCertificate() != null) {
      return List.of(x509.getCertificate());
    }
    return selector == null ? List.of() : matching(selector);
  }

  private void walk(X509Certificate certificate) {
    if (++steps > MOST_STEPS || reachingAnAnchor.size() >= MOST_PATHS || way.size() >= LONGEST) {
      return;
    }
    way.add(certificate);
    List<TrustAnchor> issuers =
        parameters.getTrustAnchors().stream()
            .filter(anchor -> isIssuer(anchor, certificate))
            .toList();
    issuers.forEach(anchor -> reachingAnAnchor.add(new Reaching(List.copyOf(way), anchor)));
    if (issuers.isEmpty()) {
      climb(certificate);
    }
    way.remove(way.size() - 1);
  }

  private void climb(X509Certificate child) {
    X500Principal issuer = child.getIssuerX500Principal();
    if (child.getSubjectX500Principal().equals(issuer) && isSignedWith(child, child)) {
      breaks.add("'" + name(child) + "', at which the path ends, is not among the trust anchors");
      return;
    }
    X509CertSelector byName = new X509CertSelector();
    byName.setSubject(issuer);
    List<X509Certificate> namesakes = matching(byName);
    List<X509Certificate> issuers =
        namesakes.stream().filter(candidate -> isSignedWith(child, candidate)).toList();
    if (!issuers.isEmpty()) {
      if (way.containsAll(issuers)) {
        breaks.add("the issuers of '" + name(child) + "' lead in a circle");
      }
      issuers.stream().filter(candidate -> !way.contains(candidate)).forEach(this::walk);
      return;
    }
    withoutIssuer.add(child);
    boolean anchorHasTheName =
        parameters.getTrustAnchors().stream().anyMatch(anchor -> issuer.equals(nameOf(anchor)));
    breaks.add(
        namesakes.isEmpty() && !anchorHasTheName
            ? "no certificate of '"
                + name(issuer)
                + "', the issuer of '"
                + name(child)
                + "', is in the partition, in chain.file or among the trust anchors"
            : "'"
                + name(child)
                + "' is not signed with the key of any certificate of its issuer '"
                + name(issuer)
                + "'");
  }

  private List<X509Certificate> matching(CertSelector selector) {
    Set<X509Certificate> matching = new LinkedHashSet<>();
    held.stream().filter(selector::match).forEach(matching::add);
    for (CertStore store : parameters.getCertStores()) {
      try {
        for (Certificate certificate : store.getCertificates(selector)) {
          if (certificate instanceof X509Certificate x509) {
            matching.add(x509);
          }
        }
      } catch (CertStoreException e) {
        // The builder has been through this as well, and gone on without.
      }
    }
    return List.copyOf(matching);
  }

  private boolean isIssuer(TrustAnchor anchor, X509Certificate child) {
    if (!child.getIssuerX500Principal().equals(nameOf(anchor))) {
      return false;
    }
    X509Certificate certificate = anchor.getTrustedCert();
    if (certificate != null) {
      return isSignedWith(child, certificate);
    }
    try {
      child.verify(anchor.getCAPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** Each pair is verified once, however many ways lead over it. */
  private boolean isSignedWith(X509Certificate child, X509Certificate issuer) {
    return verified.computeIfAbsent(
        List.of(child, issuer),
        pair -> {
          try {
            child.verify(issuer.getPublicKey());
            return true;
          } catch (GeneralSecurityException e) {
            return false;
          }
        });
  }

  private static @Nullable X500Principal nameOf(TrustAnchor anchor) {
    X509Certificate certificate = anchor.getTrustedCert();
    return certificate == null ? anchor.getCA() : certificate.getSubjectX500Principal();
  }

  static String name(X509Certificate certificate) {
    return name(certificate.getSubjectX500Principal());
  }

  private static String name(X500Principal name) {
    return name.getName().isEmpty() ? "an empty name" : name.getName();
  }
}
