package io.hsmrest.keystore;

import io.hsmrest.client.HsmClient;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.model.ImportedKey;
import io.hsmrest.client.model.Octets;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * CA certificates kept in the HSM, each under a label computed from the certificate it issued: "the
 * issuer of this certificate". A key at the service holds one certificate and no chain (contract
 * 2.3), so the rest of a chain is kept this way; labels never collide, and a chain is read back as
 * it was given without listing anything.
 */
final class ChainLinks {
  /** Labels that begin so are this project's own and are never shown. */
  static final String PREFIX = "hsmrest.ca.";

  private final HsmClient client;
  private final Partition partition;
  private final KeySettings settings;
  private final Map<String, X509Certificate> known = new ConcurrentHashMap<>();

  ChainLinks(HsmClient client, Partition partition, KeySettings settings) {
    this.client = client;
    this.partition = partition;
    this.settings = settings;
  }

  /** The stored issuer of {@code child}. */
  Optional<X509Certificate> issuerOf(X509Certificate child) throws HsmException {
    String label = label(child);
    // Where listing is allowed the list tells for nothing that there is no such link.
    return settings.isExactInclude() || partition.allLabels().contains(label)
        ? read(label)
        : Optional.ofNullable(known.get(label));
  }

  private Optional<X509Certificate> read(String label) throws HsmException {
    X509Certificate found = known.get(label);
    if (found != null) {
      return Optional.of(found);
    }
    Optional<Octets> der = client.readCertificate(label);
    if (der.isEmpty()) {
      return Optional.empty();
    }
    X509Certificate issuer = JdkCrypto.certificate(der.get(), label);
    known.put(label, issuer);
    return Optional.of(issuer);
  }

  /** Every stored link, where the settings let the partition be listed. */
  List<X509Certificate> all() throws HsmException {
    List<X509Certificate> all = new ArrayList<>();
    if (settings.isExactInclude()) {
      return all;
    }
    for (String label : partition.allLabels()) {
      if (label.startsWith(PREFIX)) {
        read(label).ifPresent(all::add);
      }
    }
    return all;
  }

  /** Stores {@code issuer} as the issuer of {@code child}, one request unless it is there. */
  void store(X509Certificate child, X509Certificate issuer) throws HsmException {
    if (issuerOf(child).filter(issuer::equals).isPresent()) {
      return;
    }
    String label = label(child);
    client.importKey(
        ImportedKey.loneCertificate(label, serviceAlgorithm(issuer), JdkCrypto.encoded(issuer)));
    known.put(label, issuer);
    partition.forget(label);
  }

  void forget() {
    known.clear();
  }

  /** The service's name of the type of a certificate's key, which an import has to tell. */
  static String serviceAlgorithm(Certificate certificate) {
    String algorithm = certificate.getPublicKey().getAlgorithm();
    return switch (algorithm) {
      case "EdDSA" -> "ED";
      case "RSASSA-PSS" -> "RSA";
      default -> algorithm;
    };
  }

  private static String label(X509Certificate child) {
    return PREFIX + JdkCrypto.fingerprint(child);
  }
}
