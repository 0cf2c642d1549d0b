package io.hsmrest.provider;

import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.x500.X500Principal;

/** Finds out where a path that could not be built breaks off, by names alone. */
final class MissingIssuer {
  private MissingIssuer() {}

  /**
   * The first certificate above {@code target}, itself included, whose issuer's name nobody has;
   * empty where every name is there and something else was wrong.
   */
  static Optional<X509Certificate> above(
      X509Certificate target, Collection<X509Certificate> held, Set<TrustAnchor> anchors) {
    Deque<X509Certificate> open = new ArrayDeque<>();
    Set<X509Certificate> seen = new HashSet<>();
    open.add(target);
    while (!open.isEmpty()) {
      X509Certificate child = open.remove();
      X500Principal issuer = child.getIssuerX500Principal();
      if (!seen.add(child)
          || anchors.stream().anyMatch(anchor -> issuer.equals(nameOf(anchor)))
          || child.getSubjectX500Principal().equals(issuer)) {
        continue;
      }
      int before = open.size();
      held.stream()
          .filter(candidate -> candidate.getSubjectX500Principal().equals(issuer))
          .forEach(open::add);
      if (open.size() == before) {
        return Optional.of(child);
      }
    }
    return Optional.empty();
  }

  private static X500Principal nameOf(TrustAnchor anchor) {
    X509Certificate certificate = anchor.getTrustedCert();
    return certificate == null ? anchor.getCA() : certificate.getSubjectX500Principal();
  }
}
