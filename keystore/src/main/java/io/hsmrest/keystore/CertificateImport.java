package io.hsmrest.keystore;

import io.hsmrest.client.HsmException;
import io.hsmrest.client.HsmLogger;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Collectors;

/** Attaches a chain to a key: the leaf at the key, the rest as certificates of their own. */
final class CertificateImport {
  private static final System.Logger LOG = HsmLogger.of("io.hsmrest.keystore");

  private final HsmSession session;

  CertificateImport(HsmSession session) {
    this.session = session;
  }

  /**
   * Imports.
   *
   * @param chain leaf first, checked to be the key's
   */
  void run(String label, List<X509Certificate> chain) throws HsmException {
    boolean keepsChain = session.config().chain().store() == ChainSettings.Store.HSM;
    // From the top down: whoever reads the new leaf, or half of its chain, finds what is above it.
    for (int i = chain.size() - 2; keepsChain && i >= 0; i--) {
      session.links().store(chain.get(i), chain.get(i + 1));
    }
    session.client().importCertificate(label, JdkCrypto.encoded(chain.get(0)));
    session.certificateChanged(label);
    if (!keepsChain) {
      warnOfWhatIsLost(label, chain);
    }
  }

  private void warnOfWhatIsLost(String label, List<X509Certificate> chain) throws HsmException {
    List<X509Certificate> found = session.chains().chainOf(chain.get(0));
    String lost =
        chain.stream()
            .filter(certificate -> !found.contains(certificate))
            .map(certificate -> "'" + certificate.getSubjectX500Principal() + "'")
            .collect(Collectors.joining(", "));
    if (!lost.isEmpty()) {
      LOG.log(
          System.Logger.Level.WARNING,
          "chain.store=none: of the chain of ''{0}'' the HSM keeps the leaf alone, and chain.file"
              + " lacks {1}",
          label,
          lost);
    }
  }
}
