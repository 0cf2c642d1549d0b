package io.hsmrest.keystore;

import io.hsmrest.client.HsmException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks at every way from a leaf upward and keeps the best: cross-signed CAs have several issuers,
 * and a renewed CA several certificates. No name and key comes twice in a chain, so loops end; and
 * so does a maze, after a fixed number of steps, with the best that was seen.
 */
final class ChainSearch {
  /** The longest chains in practice have five. */
  private static final int LONGEST = 12;

  private static final int MOST_STEPS = 2_000;

  /** Where issuers come from. */
  interface Issuers {
    /** The one that was stored for this certificate. */
    Optional<X509Certificate> stored(X509Certificate child) throws HsmException;

    /** Others whose name is that of the issuer; not yet known to have issued. */
    List<X509Certificate> named(X509Certificate child) throws HsmException;
  }

  private final Issuers issuers;
  private final Instant now;
  private final List<X509Certificate> way = new ArrayList<>();
  private int detours;
  private int steps;
  private CertificateChain best;

  private ChainSearch(Issuers issuers, X509Certificate leaf, Instant now) {
    this.issuers = issuers;
    this.now = now;
    this.best = CertificateChain.of(List.of(leaf), Issuance.isSelfSigned(leaf), 0, now);
    way.add(leaf);
  }

  static CertificateChain best(Issuers issuers, X509Certificate leaf, Instant now)
      throws HsmException {
    ChainSearch search = new ChainSearch(issuers, leaf, now);
    if (!search.best.complete()) {
      search.extend(leaf, true);
    }
    return search.best;
  }

  private void extend(X509Certificate child, boolean isLeaf) throws HsmException {
    Optional<X509Certificate> stored = issuers.stored(child);
    List<X509Certificate> candidates = new ArrayList<>();
    stored.ifPresent(candidates::add);
    issuers.named(child).stream()
        .filter(candidate -> !candidates.contains(candidate))
        .filter(candidate -> Issuance.issued(candidate, child))
        .forEach(candidates::add);
    candidates.removeIf(this::isOnTheWay);
    if (candidates.isEmpty() || way.size() >= LONGEST) {
      if (!isLeaf) {
        offer(false);
      }
      return;
    }
    for (X509Certificate issuer : candidates) {
      int detour = stored.isPresent() && !stored.get().equals(issuer) ? 1 : 0;
      step(issuer, detour);
    }
  }

  private void step(X509Certificate issuer, int detour) throws HsmException {
    if (++steps > MOST_STEPS) {
      return;
    }
    way.add(issuer);
    detours += detour;
    if (Issuance.isSelfSigned(issuer)) {
      offer(true);
    } else {
      extend(issuer, false);
    }
    detours -= detour;
    way.remove(way.size() - 1);
  }

  private void offer(boolean complete) {
    CertificateChain offered = CertificateChain.of(way, complete, detours, now);
    boolean isFirst = best.certificates().size() == 1;
    if (isFirst || CertificateChain.BEST.compare(offered, best) < 0) {
      best = offered;
    }
  }

  private boolean isOnTheWay(X509Certificate candidate) {
    return way.stream()
        .anyMatch(
            certificate ->
                certificate.getSubjectX500Principal().equals(candidate.getSubjectX500Principal())
                    && certificate.getPublicKey().equals(candidate.getPublicKey()));
  }
}
