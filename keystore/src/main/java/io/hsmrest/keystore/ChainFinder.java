package io.hsmrest.keystore;

import io.hsmrest.client.HsmException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Completes the chain of a leaf certificate, leaf first: from the links stored with it, then from
 * {@code chain.file}, then from the other certificates of the partition. A chain that stays
 * incomplete is served all the same and warned about once. Thread-safe.
 */
final class ChainFinder {
  private static final System.Logger LOG = System.getLogger("io.hsmrest.keystore");

  /** Longer chains are loops; the longest in practice have five. */
  private static final int LONGEST = 12;

  private final ChainLinks links;
  private final Partition partition;
  private final KeySettings keys;
  private final ChainSettings settings;
  private final Clock clock;
  private final Map<X509Certificate, SingleFlight<List<X509Certificate>>> chains =
      new ConcurrentHashMap<>();
  private final Set<X509Certificate> warned = ConcurrentHashMap.newKeySet();

  ChainFinder(
      ChainLinks links,
      Partition partition,
      KeySettings keys,
      ChainSettings settings,
      Clock clock) {
    this.links = links;
    this.partition = partition;
    this.keys = keys;
    this.settings = settings;
    this.clock = clock;
  }

  /** The chain of {@code leaf}, itself first, as long as issuers are found. */
  List<X509Certificate> chainOf(X509Certificate leaf) throws HsmException {
    Instant oldest = clock.instant().minus(keys.cacheTtl());
    return chains
        .compute(
            leaf,
            (key, known) ->
                known == null || known.isOlderThan(oldest)
                    ? new SingleFlight<>(() -> find(leaf))
                    : known)
        .get(clock);
  }

  void forget() {
    chains.clear();
    links.forget();
  }

  private List<X509Certificate> find(X509Certificate leaf) throws HsmException {
    List<X509Certificate> chain = new ArrayList<>(List.of(leaf));
    X509Certificate last = leaf;
    while (!issued(last, last) && chain.size() < LONGEST) {
      Optional<X509Certificate> issuer = issuerOf(last);
      if (issuer.isEmpty()) {
        warnOnce(leaf, last);
        break;
      }
      last = issuer.get();
      if (chain.contains(last)) {
        break;
      }
      chain.add(last);
    }
    return List.copyOf(chain);
  }

  private Optional<X509Certificate> issuerOf(X509Certificate child) throws HsmException {
    Optional<X509Certificate> linked = links.issuerOf(child);
    if (linked.isPresent()) {
      return linked;
    }
    Optional<X509Certificate> listed = firstIssuer(fromFile(), child);
    if (listed.isPresent()) {
      return listed;
    }
    // Looking through the partition needs every certificate of it: never where labels are exact.
    return keys.isExactInclude()
        ? Optional.empty()
        : firstIssuer(partition.snapshot().certificates(), child);
  }

  private static Optional<X509Certificate> firstIssuer(
      List<X509Certificate> candidates, X509Certificate child) {
    return candidates.stream().filter(candidate -> issued(candidate, child)).findFirst();
  }

  /** The certificates of {@code chain.file}, none when it is not set. */
  List<X509Certificate> fromFile() throws HsmException {
    Path file = settings.file();
    if (file == null) {
      return List.of();
    }
    try {
      return JdkCrypto.certificates(file);
    } catch (IOException e) {
      throw new HsmException("chain.file " + file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** Whether the names match and the signature verifies. */
  static boolean issued(X509Certificate issuer, X509Certificate child) {
    if (!issuer.getSubjectX500Principal().equals(child.getIssuerX500Principal())) {
      return false;
    }
    try {
      child.verify(issuer.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private void warnOnce(X509Certificate leaf, X509Certificate last) {
    if (warned.add(last)) {
      LOG.log(
          System.Logger.Level.WARNING,
          "the chain of ''{0}'' is incomplete: no certificate of its issuer ''{1}'' in the"
              + " partition or in chain.file",
          leaf.getSubjectX500Principal(),
          last.getIssuerX500Principal());
    }
  }
}
