package io.hsmrest.keystore;

import io.hsmrest.client.HsmClient;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.HsmProtocolException;
import io.hsmrest.client.HsmResponseException;
import io.hsmrest.client.model.Octets;
import java.security.cert.X509Certificate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Finds the chain certificates that nobody refers to: renewed certificates and deleted keys leave
 * theirs behind. Looks at every label of the partition, those that the settings hide included, and
 * finds nothing where one of them cannot be looked at.
 */
final class ChainCleanUp {
  private final HsmClient client;
  private final List<X509Certificate> fromFile;
  private final BulkReader bulk = new BulkReader();

  /**
   * Prepares it.
   *
   * @param fromFile certificates of {@code chain.file}, whose issuers are needed as well
   */
  ChainCleanUp(HsmClient client, List<X509Certificate> fromFile) {
    this.client = client;
    this.fromFile = fromFile;
  }

  List<UnusedChainCertificate> unused() throws HsmException {
    List<String> labels = client.listKeys();
    List<Optional<Octets>> read = bulk.readAll(labels, this::certificate);
    Map<String, Octets> links = new TreeMap<>();
    Deque<Octets> children = new ArrayDeque<>();
    fromFile.forEach(certificate -> children.add(JdkCrypto.encoded(certificate)));
    for (int i = 0; i < labels.size(); i++) {
      if (read.get(i).isPresent()) {
        if (labels.get(i).startsWith(ChainLinks.PREFIX)) {
          links.put(labels.get(i), read.get(i).get());
        } else {
          children.add(read.get(i).get());
        }
      }
    }
    links.keySet().removeAll(needed(children, links));
    List<UnusedChainCertificate> unused = new ArrayList<>();
    links.forEach((label, der) -> unused.add(described(label, der)));
    return unused;
  }

  private static Set<String> needed(Deque<Octets> children, Map<String, Octets> links) {
    Set<String> needed = new HashSet<>();
    while (!children.isEmpty()) {
      String label = ChainLinks.label(children.remove());
      Octets issuer = links.get(label);
      if (issuer != null && needed.add(label)) {
        children.add(issuer);
      }
    }
    return needed;
  }

  private Optional<Octets> certificate(String label) throws HsmException {
    try {
      return client.readCertificate(label);
    } catch (HsmResponseException | HsmProtocolException e) {
      throw new HsmException(
          "which chain certificates are in use cannot be told, because the certificate under '"
              + label
              + "' cannot be read: "
              + e.getMessage()
              + "; nothing was removed",
          e);
    }
  }

  private static UnusedChainCertificate described(String label, Octets der) {
    try {
      return new UnusedChainCertificate(
          label, JdkCrypto.certificate(der, label).getSubjectX500Principal().getName());
    } catch (HsmProtocolException e) {
      return new UnusedChainCertificate(label, "unreadable");
    }
  }
}
