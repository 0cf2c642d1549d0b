package io.hsmrest.keystore;

import io.hsmrest.client.HsmClient;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.HsmProtocolException;
import io.hsmrest.client.HsmResponseException;
import io.hsmrest.client.model.ImportedKey;
import io.hsmrest.client.model.Octets;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * CA certificates kept in the HSM, each under a label computed from the certificate it issued: "the
 * issuer of this certificate". A key at the service holds one certificate and no chain (contract
 * 2.3), so the rest of a chain is kept this way; labels never collide, and a chain is read back as
 * it was given. A list tells for nothing which of them there are; but it may leave out certificates
 * without a key (contract U19), or be older than the certificate whose issuer is looked for, so
 * that a chain which cannot be completed otherwise is worth a question. Thread-safe.
 */
final class ChainLinks {
  /** Labels that begin so are this project's own and are never shown. */
  static final String PREFIX = "hsmrest.ca.";

  /** Generated labels stay within 64 characters (contract U18); 208 bits name a certificate. */
  private static final int FINGERPRINT_DIGITS = 52;

  private final HsmClient client;
  private final Partition partition;
  private final KeySettings settings;
  private final OnceLog log;
  private final BulkReader bulk = new BulkReader();
  private final SingleFlights<String, Optional<X509Certificate>> links;

  ChainLinks(
      HsmClient client, Partition partition, KeySettings settings, Clock clock, OnceLog log) {
    this.client = client;
    this.partition = partition;
    this.settings = settings;
    this.links = new SingleFlights<>(clock, settings.cacheTtl());
    this.log = log;
  }

  /** The stored issuer of {@code child}, unless a list that was read shows that there is none. */
  Optional<X509Certificate> listedIssuerOf(X509Certificate child) throws HsmException {
    Set<String> listed = partition.labelsIfRead();
    return listed == null || listed.contains(label(child)) ? issuerOf(child) : Optional.empty();
  }

  /** The stored issuer of {@code child}, listed or not. */
  Optional<X509Certificate> issuerOf(X509Certificate child) throws HsmException {
    String label = label(child);
    X509Certificate among = partition.linkAmongRead(label);
    Optional<X509Certificate> found = among == null ? read(label) : Optional.of(among);
    if (found.isPresent() && !Issuance.issued(found.get(), child)) {
      log.warn(
          "the certificate under '"
              + label
              + "' did not issue '"
              + child.getSubjectX500Principal()
              + "' and is ignored");
      return Optional.empty();
    }
    return found;
  }

  /** Reads the issuers of many certificates together, for those who will ask for each. */
  void prefetch(Collection<X509Certificate> children) throws HsmException {
    bulk.readAll(
        children.stream()
            .map(ChainLinks::label)
            .filter(label -> partition.linkAmongRead(label) == null)
            .toList(),
        this::read);
  }

  private Optional<X509Certificate> read(String label) throws HsmException {
    return links.get(label, () -> readNow(label));
  }

  private Optional<X509Certificate> readNow(String label) throws HsmException {
    Optional<Octets> der = client.readCertificate(label);
    try {
      return der.isEmpty()
          ? Optional.empty()
          : Optional.of(JdkCrypto.certificate(der.get(), label));
    } catch (HsmProtocolException e) {
      log.warn(e.getMessage() + "; it is ignored");
      return Optional.empty();
    }
  }

  /** Every link that the service lists; none where the settings let nothing be listed. */
  List<X509Certificate> listed() throws HsmException {
    if (settings.isExactInclude()) {
      return List.of();
    }
    List<String> labels =
        partition.allLabels().stream().filter(label -> label.startsWith(PREFIX)).toList();
    return bulk.readAll(labels, this::read).stream().flatMap(Optional::stream).toList();
  }

  /** Stores {@code issuer} as the issuer of {@code child}, one request unless it is there. */
  void store(X509Certificate child, X509Certificate issuer) throws HsmException {
    String label = label(child);
    if (readNow(label).filter(issuer::equals).isPresent()) {
      return;
    }
    try {
      client.importKey(
          ImportedKey.loneCertificate(label, serviceAlgorithm(issuer), JdkCrypto.encoded(issuer)));
    } catch (HsmResponseException e) {
      throw new HsmException(
          "CA certificate '"
              + issuer.getSubjectX500Principal()
              + "' of the chain cannot be kept in the HSM: "
              + e.getMessage()
              + "; the certificate of the key was not changed. Where a partition takes no"
              + " certificates without a key, put the CA certificates into a PEM file, name it in"
              + " chain.file, and set chain.store=none",
          e);
    }
    links.forget(label);
    partition.forget(label);
  }

  void forget() {
    links.forgetAll();
  }

  /** The service's name of the type of a certificate's key, which an import has to tell. */
  static String serviceAlgorithm(Certificate certificate) {
    String algorithm = certificate.getPublicKey().getAlgorithm();
    return switch (algorithm) {
      case "EdDSA", "Ed25519" -> "ED";
      case "RSASSA-PSS" -> "RSA";
      default -> algorithm;
    };
  }

  /** Under which label the issuer of {@code child} is kept. */
  static String label(X509Certificate child) {
    return label(JdkCrypto.encoded(child));
  }

  /** Under which label the issuer of a certificate, DER, is kept. */
  static String label(Octets child) {
    return PREFIX + JdkCrypto.sha256Hex(child.toByteArray()).substring(0, FINGERPRINT_DIGITS);
  }
}
