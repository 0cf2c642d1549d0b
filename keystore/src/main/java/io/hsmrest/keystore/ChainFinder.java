package io.hsmrest.keystore;

import io.hsmrest.client.HsmException;
import io.hsmrest.keystore.aia.IssuerDownload;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Completes the chain of a leaf certificate, leaf first: from the issuers stored with it and {@code
 * chain.file}; where that is not enough, from all certificates of the partition; and where that is
 * not enough and {@code chain.aia} is on, by downloading. A chain that stays incomplete is served
 * all the same and warned about once. Thread-safe.
 */
final class ChainFinder {
  /** Certificates downloaded for one chain. */
  static final int MOST_DOWNLOADS = 5;

  private final ChainLinks links;
  private final Partition partition;
  private final KeySettings keys;
  private final ChainFile file;
  private final Optional<IssuerDownload> download;
  private final Clock clock;
  private final OnceLog log;
  private final SingleFlights<X509Certificate, List<X509Certificate>> chains;
  private final AtomicReference<@Nullable PartitionSnapshot> prefetched = new AtomicReference<>();

  ChainFinder(
      ChainLinks links,
      Partition partition,
      KeySettings keys,
      ChainFile file,
      Optional<IssuerDownload> download,
      Clock clock,
      OnceLog log) {
    this.links = links;
    this.partition = partition;
    this.keys = keys;
    this.file = file;
    this.download = download;
    this.clock = clock;
    this.log = log;
    this.chains = new SingleFlights<>(clock, keys.cacheTtl());
  }

  /** The chain of {@code leaf}, itself first, as long as issuers are found. */
  List<X509Certificate> chainOf(X509Certificate leaf) throws HsmException {
    return chains.get(leaf, () -> find(leaf));
  }

  void forget() {
    chains.forgetAll();
    links.forget();
  }

  /** The certificates of {@code chain.file}, none when it is not set. */
  List<X509Certificate> fromFile() throws HsmException {
    return file.certificates();
  }

  /** Finds the issuer that was stored for a certificate. */
  @FunctionalInterface
  private interface StoredIssuer {
    Optional<X509Certificate> of(X509Certificate child) throws HsmException;
  }

  /** Everything that chains can be made of, without downloads. */
  List<X509Certificate> allCertificates() throws HsmException {
    PartitionSnapshot all = partition.snapshot();
    prefetchOnce();
    Set<X509Certificate> certificates = new LinkedHashSet<>(all.certificates());
    certificates.addAll(links.listed());
    certificates.addAll(file.certificates());
    Deque<X509Certificate> children = new ArrayDeque<>(certificates);
    while (!children.isEmpty()) {
      X509Certificate child = children.remove();
      if (!isSelfIssued(child)) {
        links.issuerOf(child).filter(certificates::add).ifPresent(children::add);
      }
    }
    return List.copyOf(certificates);
  }

  /** Issuers of {@code child} from the address inside it; none unless {@code chain.aia} is on. */
  List<X509Certificate> downloaded(X509Certificate child) {
    return download.isEmpty()
        ? List.of()
        : download.get().issuersOf(child).stream()
            .filter(issuer -> Issuance.issued(issuer, child))
            .toList();
  }

  private List<X509Certificate> find(X509Certificate leaf) throws HsmException {
    prefetchOnce();
    Instant now = clock.instant();
    List<X509Certificate> more = new ArrayList<>(file.certificates());
    // What is known already costs nothing; whatever issuer is missing then, one question.
    PartitionSnapshot all = partition.currentSnapshot();
    CertificateChain chain = ChainSearch.best(issuers(links::listedIssuerOf, more, all), leaf, now);
    if (!chain.isSound()) {
      chain = ChainSearch.best(issuers(more, all), leaf, now);
    }
    if (!chain.isSound() && all == null && !keys.isExactInclude()) {
      // Costs every certificate of the partition; where labels are exact nobody may list them.
      all = partition.snapshot();
      chain = ChainSearch.best(issuers(more, all), leaf, now);
    }
    for (int i = 0; i < MOST_DOWNLOADS && !chain.complete(); i++) {
      List<X509Certificate> found = downloaded(chain.last());
      if (found.isEmpty()) {
        break;
      }
      more.addAll(found);
      chain = ChainSearch.best(issuers(more, all), leaf, now);
    }
    warn(leaf, chain, now);
    return chain.certificates();
  }

  /** Whoever has read all entries asks for all their chains next. */
  private void prefetchOnce() throws HsmException {
    PartitionSnapshot all = partition.currentSnapshot();
    if (all != null && prefetched.getAndSet(all) != all) {
      links.prefetch(
          all.certificates().stream()
              .filter(certificate -> !isSelfIssued(certificate) && !hasIssuerIn(all, certificate))
              .toList());
    }
  }

  private static boolean hasIssuerIn(PartitionSnapshot all, X509Certificate child) {
    return all.named(child.getIssuerX500Principal()).stream()
        .anyMatch(issuer -> Issuance.issued(issuer, child));
  }

  private static boolean isSelfIssued(X509Certificate certificate) {
    return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
  }

  private ChainSearch.Issuers issuers(List<X509Certificate> more, @Nullable PartitionSnapshot all) {
    return issuers(links::issuerOf, more, all);
  }

  private static ChainSearch.Issuers issuers(
      StoredIssuer stored, List<X509Certificate> more, @Nullable PartitionSnapshot all) {
    return new ChainSearch.Issuers() {
      @Override
      public Optional<X509Certificate> stored(X509Certificate child) throws HsmException {
        return stored.of(child);
      }

      @Override
      public List<X509Certificate> named(X509Certificate child) {
        List<X509Certificate> named = new ArrayList<>();
        if (all != null) {
          named.addAll(all.named(child.getIssuerX500Principal()));
        }
        more.stream()
            .filter(c -> c.getSubjectX500Principal().equals(child.getIssuerX500Principal()))
            .forEach(named::add);
        return named;
      }
    };
  }

  private void warn(X509Certificate leaf, CertificateChain chain, Instant now) {
    if (!chain.complete()) {
      log.warn(
          "the chain of '"
              + leaf.getSubjectX500Principal()
              + "' is incomplete: no certificate of '"
              + chain.last().getIssuerX500Principal()
              + "', the issuer of '"
              + chain.last().getSubjectX500Principal()
              + "', is in the partition or in chain.file");
    }
    if (chain.unfit() > 0) {
      chain.certificates().stream()
          .skip(1)
          .filter(issuer -> !Issuance.mayIssue(issuer, now))
          .forEach(
              issuer ->
                  log.warn(
                      "the chain of '"
                          + leaf.getSubjectX500Principal()
                          + "' goes through '"
                          + issuer.getSubjectX500Principal()
                          + "' (serial number "
                          + issuer.getSerialNumber().toString(16)
                          + "), which "
                          + (Issuance.isValid(issuer, now) ? "is no CA" : "is not valid now")));
    }
  }
}
